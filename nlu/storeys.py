"""Storeys: how they are written, and whether one is where something stands or only passed, counted or reached."""

from __future__ import annotations

import re

from nlu.numbers import ZH, number

_BASEMENT = (
    r"(?:负[一二三四1-4](?![\d一二三四五六七八九十.点号度%℃半元块分])|"
    r"(?<![0-9a-z座])b[1-4](?=电梯|楼道|楼梯|走廊|大[堂厅]))"
)
STOREY = rf"(?:(?:负|地下|-|b)?(?:\d{{1,2}}|[{ZH}]{{1,4}})(?:楼半|层半|楼|层|f(?![a-z]))|{_BASEMENT})"

# 二楼到三楼, 5楼和6楼之间, 一楼往上
UP_TO = re.compile(rf"\s?(?:[到至和与跟、~-]\s?(?:{STOREY}|顶楼)|[往以][上下](?![爬跳扔倒泼掉]))")
_PASSING = re.compile(
    r"(?:(?<![看见听])[到从]|至|爬了?|走|往|上下|只停|按了?|不爬|送|比|厚厚|隔|起|架了?|搭|我说|特别是|别墅的?|"
    r"按?[键钮] ?)$"
)
# 加一层, 上面还有六层, 六层老楼: so many storeys, not the one of that number.
_RAISED = re.compile(r"(?:[加盖建有压爬走]着?了?|高[了出])\s?$")
_HOUSE = re.compile(r"[老旧矮]?(?:楼(?![道梯顶板下上面里口])|房子)")
_PASSED = re.compile(
    r"(?:[到道至和与跟、~-]?(?:第?[\d一二三四五六七八九十]+|顶)[楼层]|以上|以下|往[上下](?![爬跳扔倒泼])|走(?!廊|道)|数|上到|"
    r"拖|吵|到|爬了|不同意|两户|说|要补偿|挡光|"
    r"睡|不?[肯敢]|道|正好|高的?|都|吧|了(?:$|[ ,，])|的破洞|挂|一下|也是|按了)"
)
_STOREY_ALONE = re.compile(
    r"那[家户]|的?(?:管道?井|电井|电梯厅|楼道|住户|商铺|平台|楼梯|走廊|过道|扶栏|栏杆|窗[沿户口台])"
)
_STANDS = re.compile(
    r"那[家户]|门缝|的?(?:窗|阳台|雨棚|平台|天井|外面的?空调|空调外机)|商铺|厨房|厕所|卧室|"
    r"没?停(?:住|稳|着|下)|卡(?:住|着)"
)
# 有人从四楼掉下来了, 线从三楼吊下来: where it fell from is where one has to look.
_FALLS = re.compile(r"(?:直接)?(?:往[下外][爬跳扔倒泼浇砸掉]|[掉滚摔跌翻跳抛丢扔倒泼吊垂][了着]?(?:下|出|根)|扔|泼)")
_ABOUT = re.compile(r"[二三四五六七八九]?十[一二三四五六七八九]{2}")  # 十五六层: the fifteenth or the sixteenth
_INSIDE = re.compile(r"[城场所室店厅馆厂厦街宅茶校]$|(?<![老养福敬])院$")
_LIST = re.compile(r"[层顶底]$|[\d一二三四五六七八九十]楼$|[楼层][到道至和与跟、]$|停车楼$|茶楼$|酒楼$")


def storey(said: str) -> str | None:
    """五楼 → "5", 负一楼 and 地下一层 → "B1"; None where it cannot be a floor."""
    below = said.startswith(("负", "地下", "-", "b"))
    value = number(said.lstrip("负地下-b").rstrip("楼层半f"))
    if value is None or not 0 < value < (10 if below else 70):
        return None
    return f"B{value}" if below else str(value)


def stands(text: str, match: re.Match[str]) -> bool:
    """False where one passes a storey (从一楼走到六楼), counts layers (一层灰), or it is one of a market."""
    said, before, after = match.group("f"), text[max(0, match.start() - 6) : match.start()], text[match.end() :][:8]
    counted = "层" in said and not said.startswith(("负", "地下"))
    if counted and (_RAISED.search(before) or _HOUSE.match(after)):
        return False
    if said in ("一层", "二层", "两层", "三层", "1层", "2层", "3层") and not _STOREY_ALONE.match(after):
        return False
    digits = said.rstrip("楼层半f")
    if _ABOUT.fullmatch(digits):
        return False
    if len(digits) == 2 and not set(digits) & set("十廿拾负b-") and not digits.isdecimal():
        return False  # 二三楼: the second and the third
    if _INSIDE.search(before) or _LIST.search(before):
        return False
    if _PASSING.search(before):
        if before.endswith("从") and _FALLS.match(after):
            return True
        return bool(_STANDS.match(after)) and before.endswith(("从", "到", "往"))
    return not _PASSED.match(after) or after.startswith(said)
