"""Is the reporter asked where it is? Only where nobody could find the spot, and where it stands still."""

from __future__ import annotations

import re

from domain.reading import Category
from handlers.listening.alarms import dangers
from handlers.listening.places import named
from handlers.listening.window import Window
from nlu.shops import TRADE
from nlu.similar import gist

_NO_PLACE_NEEDED = frozenset(
    {"fees", "wages", "rent", "benefit", "school", "hiring", "loan", "scam", "attitude", "network", "permit", "damages"}
)
_NO_PLACE_ASKED: frozenset[Category] = frozenset({"legal_dispute", "consultation", "public_security"})
# 3-2-501, 9栋小叶, 21号老耿, 8楼住户, 理发店阿勇: whoever goes finds his door, and with him the place.
_HIS_DOOR = re.compile(
    rf"\d+\s*(?:幢|栋|号|座|楼|#)|\d+[-—]\d+|(?<!\d)\d{{3,4}}(?!\d)|[一二三四五六七八九十]+(?:幢|栋|号楼|座|楼)|{TRADE}"
)
# Of these one is known to all: the pond, the goal, the old well; 茶馆门口, 冷库后面.
_KNOWN_TO_ALL = re.compile(
    r"球场|篮球架|篮板|健身器材|扭腰|漫步机|滑梯|秋千|水景|喷泉|减速带|快递[柜架]|自提柜|垃圾[池站房]|锅炉房|打谷场|晒谷场|"
    r"冷库|澡堂|礼堂|变压器|老井|戏台|大树|榕树|樟树|槐树|[一-鿿]树下|[湖江溪河]水?[边岸里]|河[沟滩]|[南北]岸|桥上|"
    r"后山|山脚|山坡|护坡|挡墙|海涂|坝|[路街巷村]口(?=那|的)|村[东西南北]|"
    r"(?:店|铺|馆|室|房|摊|行|厂|院|所|站|库|校|园)(?:门口|门前|后[面头]|前[面头]|旁边?|边上|隔壁|楼下)"
)
_WANDERS = re.compile(
    r"没回(?:来|家)|不见了|没影|走丢|唔见|(?:谁|有人|有没有|哪个)[^，。]{0,4}[看见][到见过]*(?:[^，。]{0,3}我|一个)"
)


def asks_where(view: Window, category: Category | None, lines: tuple[int, ...]) -> bool:
    """One question at most: never in a unit group, for private matters, or of somebody who wanders."""
    line = view.line
    at_home = line.tier == "unit" and view.scene.home.building is not None
    if at_home or category in _NO_PLACE_ASKED or gist(view.text).things & _NO_PLACE_NEEDED:
        return False
    if _HIS_DOOR.search(line.name) or "走失" in dangers(view.text) or _WANDERS.search(view.text):
        return False
    told = [old for old in view.scene.recent if old.id in lines] + [line]
    return not any(named(old) or _KNOWN_TO_ALL.search(old.text) for old in told)
