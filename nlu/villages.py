"""Houses of a village as people say them: 3组12号, 12号门口, 我家28号, 3组老王家.

Only where the talk is of villages: elsewhere 12号 is a day, a gate or a bus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.reading import Reading, Where
from nlu.normalize import fold
from nlu.numbers import number
from nlu.place import where
from nlu.when import when

_ZH = "一二三四五六七八九十"
_GROUP = (
    rf"(?<![\d{_ZH}])第?(?P<g>\d{{1,2}}|[{_ZH}]{{1,3}})(?:村民小|生产|小)?(?P<of>[组队社])"
    r"(?![长员织成合建团会保数图照]|里?(?:群|开会))"
)
_NUMBER = (
    rf"(?<![\d.:/-])(?P<n>\d{{1,4}}(?:-\d{{1,2}})?|(?<![{_ZH}])[{_ZH}]{{1,3}})号(?P<part>[甲乙丙丁](?!方))?"
    # What is numbered besides houses.
    r"(?!楼(?![上下顶里])|[线井泵机闸桩塔坝台渠阀变库仓桌球病船车坑棚文令]|电[杆线箱池站话]|杆|公告|通知|路(?!灯|口|边|上))"
)
# A day of the month, before the number and behind it.
_OF_MONTH = re.compile(
    r"(?:月|每月|[这上下本]个月|截止|截至|到|至|[\d号]-|周[一二三四五六日天]|推到|改到|等到|日期是?)$"
)
_DAY = re.compile(
    r"[,，]?(?:上午|下午|早上|早晨|晚上|中午|半夜|夜里|凌晨|一早|[早晚](?=[上点\d])|之?前(?![面门后])|以[前后]|之后|后(?![面门院山头])|"
    r"起|开始|到|至|-|那天|当天|这天|左右|周[一二三四五六日天]|星期|[（(]周|\d|开[会工始业]|领|交|报名|选举|投票|"
    r"放假|会(?!议)|要(?!是)|将|就(?:要|是|开)|再|过来|去(?!世)|体检|打疫苗|发[放钱]|结婚|办酒|摆酒|搬|"
    r"[停断][水电气](?!了|好|已|到现在|快|大半|半天))"
)
_OWN = re.compile(r"(?:我家|我们家|我屋|我这|住在?|家在|我是)(?:村里|上面|下面)?$")
# In front of a house, beside it: where all may pass.
_BESIDE = re.compile(
    r"(?:家)?的?(?:大?门口|大?门前|屋后|屋前|房后|房前|后门口?|门外|屋边|屋旁|房子(?:后面|旁边|边上|前面)|"
    r"[前后东南西北][面边头]|旁边?|边上|隔壁|对面|附近|路口|那里|那边|那段|那一段|背后|墙边|坎下|屋角)"
)
_HOUSE = re.compile(
    rf"{_GROUP}(?:\s*(?:村民)?\s*(?:{_NUMBER}|(?:的)?(?P<who>(?:老|小|阿)[一-龥]|[一-龥]{{2,3}})家"
    rf"(?![具政电长庭畜禽养])))?|(?P<alone>){_NUMBER.replace('?P<n>', '?P<n2>').replace('?P<part>', '?P<part2>')}"
)
_NOBODY = re.compile(r"[我你他她它谁哪全几多每各两]|^(?:人|大|自|别人|农|有|村民|是|的)")
_DASHED = re.compile(r"\s*(\d{1,2})-(\d{1,3})\s*")


@dataclass(frozen=True, slots=True)
class House:
    """A house named from `start` to `end`: its group (3组) and its number or name (12号, 老王家), either may be None;
    `beside` is the spot next to it (12号门口), which is not the house itself."""

    start: int
    end: int
    group: str | None = None
    house: str | None = None
    beside: str | None = None

    @property
    def code(self) -> str:
        return f"{self.group or ''}{self.house or ''}"


def houses_in(text: str) -> tuple[House, ...]:
    """Every house, and every group, that the words name; 12号 as a day is none."""
    folded = fold(text)
    answer = _DASHED.fullmatch(folded)
    if answer is not None:
        return (House(0, len(text), f"{answer[1]}组", f"{answer[2]}号"),)
    return tuple(_found(folded))


def _found(text: str) -> Iterator[House]:
    for match in _HOUSE.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        said = match["n"] or match["n2"]
        group = f"{number(match['g'])}{match['of']}" if match["g"] else None
        if match["n2"] and not _OWN.search(before) and (_OF_MONTH.search(before) or _DAY.match(after)):
            continue
        if match["who"] and _NOBODY.search(match["who"]):
            yield House(match.start(), match.end("of"), group)
            continue
        house = f"{match['who']}家" if match["who"] else None
        if said:
            house = f"{number(said) if said[0] in _ZH else said}号{match['part'] or match['part2'] or ''}"
        beside = _BESIDE.match(after) if house else None
        end = match.end() + (beside.end() if beside else 0)
        yield House(match.start(), end, group, house, f"{house}{beside[0]}" if beside else None)


def house_of_name(name: str) -> Where | None:
    """The house that a villager goes by (28号老王, 3组12号阿芳, 三组小陈)."""
    found = houses_in(name)
    return Where(building=found[0].group, room=found[0].house) if len(found) == 1 and found[0].house else None


def in_village(read: Callable[[str], Reading], text: str, villages: Sequence[str], sent_at: datetime | None) -> Reading:
    """The reading of a line said where the houses are those of these villages."""
    reading = read(text)
    estate, bare = _without_names(text, villages)
    found = houses_in(bare)
    if not found and estate is None:
        return reading
    town = read(_as_in_town(bare, found))
    if town.confidence > reading.confidence:
        reading = replace(town, personal=reading.personal)
    for one in found:
        bare = f"{bare[: one.start]}{' ' * (one.end - one.start)}{bare[one.end :]}"
    place = where(fold(bare), bare)
    groups = {one.group for one in found if one.group}
    houses = {(one.house, one.beside) for one in found if one.house}
    house, beside = next(iter(houses)) if len(houses) == 1 else (None, None)
    there = Where(
        estate=estate,
        building=groups.pop() if len(groups) == 1 else None,
        floor=place.floor,
        room=house if beside is None else None,
        # 7号和9号中间 is one spot.
        place=beside or place.place or (reading.where.place if len(houses) > 1 else None),
    )
    said = reading.when
    if said is not None and said.text not in bare:
        said = when(fold(bare), bare, sent_at)
    return replace(reading, where=there, when=said)


def _as_in_town(text: str, found: Sequence[House]) -> str:
    """As the model has learned to hear it: with 3幢 for 3组, and without the number of a house."""
    for one in reversed(found):
        said = f"{one.group[:-1]}幢" if one.group else ""
        text = f"{text[: one.start]}{said}{one.beside or ''}{text[one.end :]}"
    return text.strip()


def _without_names(text: str, villages: Sequence[str]) -> tuple[str | None, str]:
    """The village that is named, and the words with blanks in its place: 上王村 or 上王, where it is a name of two."""
    for village in sorted(villages, key=len, reverse=True):
        bare = village.removesuffix("村")
        found = re.search(rf"{re.escape(bare)}村?", text) if len(bare) > 1 else None
        if found is not None:
            return village, f"{text[: found.start()]}{' ' * len(found[0])}{text[found.end() :]}"
    return None, text
