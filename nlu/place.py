"""Where: building, unit, floor and room as written in any of the usual ways, the estate, and a spot in free words.

Conventions: `floor` only where a floor is said; what has several candidates is left out; relative words
(楼上, 对门) are not entered. Never a date, a price, a score, a bus line, a phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.reading import Where
from nlu.address import address_parts
from nlu.numbers import ZH, number
from nlu.spots import estate_in, spot_in
from nlu.storeys import STOREY, UP_TO, stands, storey

_D = r"(?<![0-9a-z./¥])(?<!\d[:：])"
_N2 = rf"(?:\d{{1,2}}|[{ZH}]{{1,4}})"
_GAP = r"[ ,，、的/]{0,2}"
_BUILDING_WORD = (
    r"(?:[幢栋](?!楼(?![下上道顶梯里外前后东西南北门]))|橦|憧|"
    r"[撞床状壮](?=[一二三四五六七八九十\d]{1,2}[单丹])|號楼|号楼|号幢|号栋|#楼|#|座(?![车位椅])|"
    r"期(?=\d+幢)|号别墅)"
)
# 6座1梯 is what the south says for a unit; 两梯四户 is how many lifts there are.
_STAIR = rf"梯(?![子台级间次度队形]|[\d{ZH}]{{1,2}}户)"
_UNIT_WORD = r"(?:[单丹][元园圆源员原缘无]|门洞|门栋|号门洞)"
_ROOM = rf"(?:\d{{3,4}}(?!\d)|[{ZH[:-3]}]{{3,4}}(?![{ZH}]))"
_ROOM_WORD = r"(?:号房|房间|室|号室|房(?![子东租型产价]))"
_MEASURE = (
    r"(?:天(?!天)|点|个|月|号(?!楼)|日|元|块|次|年|岁|小时|分|米|斤|人|条|比|%|％|路|期|级|度|w|k|℃|"
    r"步|×|公|平|升|克|户|辆|台|只|"
    r"周(?![一二三四五六日天末])|星期|礼拜|遍|种|位|折|名|份|张|件|袋|层|秒|楼以|倍|本|套|盒|瓶|支|杯|箱|线|时|刻|钟|m|厘|毫|"
    r"万|千|百|寸|包|片|点钟|坨|滩|堆|盏|根|棵|头|圈|趟|下(?![水面边层周个月])|[国省县]道|胶|:)"
)

FULL = re.compile(
    rf"{_D}(?<![这那每整哪])(?P<b>\d{{1,2}}|[{ZH}]{{1,3}}(?!座)|[a-h]\d{{0,2}}(?=座|栋|幢|号楼))\s*{_BUILDING_WORD}"
    rf"(?:(?P<side>[东南西北]边?套?|边套|中间套)?{_GAP}-?(?P<u>{_N2}|[东西甲乙a-h])\s*{_UNIT_WORD}"
    rf"|{_GAP}-?(?P<u2>\d{{1,2}}|[{ZH}]{{1,2}})(?:门(?!口|卫|禁)|-(?=\d{{3,4}}(?!\d))|{_STAIR})"
    rf"|(?<=#)-?(?P<u3>\d)(?!\d|{_MEASURE}))?"
    rf"(?:{_GAP}[-#]?(?P<r>{_ROOM})(?:{_ROOM_WORD}|号(?!楼))?(?!{_MEASURE})|{_GAP}(?P<f>{STOREY}))?"
)
TRIPLE = re.compile(
    rf"{_D}(?P<b>\d{{1,2}})(?P<sep>[-/])(?P<u>\d{{1,2}})(?P=sep)(?:(?P<r>\d{{3,4}})(?![\d/-])|(?P<f>{STOREY}))"
)
PAIR = re.compile(
    rf"{_D}(?P<b>\d{{1,2}}|[{ZH[3:-3]}十]{{1,3}})-(?:(?P<r>\d{{3,4}})(?![\d-])|(?P<u>\d|"
    rf"[{ZH[3:-4]}](?![{ZH}]))(?![\d.-]|{_MEASURE}))"
    rf"(?:{_GAP}(?P<f>{STOREY}))?"
)
NUMBERED = re.compile(
    rf"{_D}(?P<b>\d{{1,2}}|[{ZH}]{{1,3}})号\s?(?:(?P<u>{_N2})(?:{_UNIT_WORD}|门(?![口卫禁诊])){_GAP}-?(?P<r>\d{{3,4}})?|"
    rf"-?(?P<r2>\d{{3,4}}))(?!\d|{_MEASURE})"
)
UNIT = re.compile(
    rf"{_D}(?P<u>\d{{1,2}}|[{ZH}]{{1,3}}|[东西甲乙a-h](?=单元))\s*{_UNIT_WORD}"
    rf"(?:{_GAP}-?(?P<r>{_ROOM})(?:{_ROOM_WORD}|号(?!楼))?(?!{_MEASURE})|{_GAP}(?P<f>{STOREY}))?"
)
FLOOR = re.compile(
    rf"(?<![0-9a-z.隔每几这那整一二三四五六七八九十百两号第上])(?P<f>{STOREY})(?P<r>{_ROOM})?(?![高阶多盘市])"
)
ROOM = re.compile(rf"(?<![0-9a-z.:×*比-]){_ROOM}")
_ROOM_AFTER = re.compile(
    rf"\s*(?:{_ROOM_WORD}|的|住户|业主|户|家|那|这|门口|租客|楼上|邻居|独居|老|阿|大|小|厨|卫|阳台|"
    rf"客厅|主卧|次卧|马桶|在|有|把|隔壁|窗|门|$|[ ,，。!！])"
)
_ROOM_BEFORE = re.compile(
    r"(?:^|[ ,，。!！:：@]|我是?|我家|住|楼上|楼下|隔壁|对面|对门|我们|跟|和|与|让|叫|请|在|是|认识|到|给|家|找|"
    r"师傅来)$"
)
_LABEL = re.compile(r"(?:尾号|尾数|单号|后四位|编号|字尾|号码|密码|手机|电话)\s*(?:是|为|[:：])?$")
_HOTLINES = {"110", "119", "120", "122", "114", "911", "315", "996", "360", "365"}
_CHANT = re.compile(r"(?:不对|不是|[说打搞讲]?错了?|更正|应该是|[哦噢啊呃]是|不不)\s*[,，]?\s*(?:是|我|就是)?\s*$")


_HINT = re.compile(
    rf"\d|负[一二三四]|[{ZH}甲乙东西][幢栋楼层门单丹号座期-]|b\d|[{ZH}]{{3}}|[a-h]\d{{0,2}}(?:[座栋幢]|号楼|单元)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One address in the text; `rank` is higher the more surely it is one."""

    start: int
    end: int
    slots: dict[str, str]
    rank: int


def where(folded: str, text: str) -> Where:
    """Where the matter is. `folded` is the text in one way of writing, of the same length as `text`."""
    slots = _as_form(folded) or _merge(folded, list(_addresses(folded)))
    estate = estate_in(folded, text)
    return Where(
        estate=estate,
        building=slots.get("building"),
        unit=slots.get("unit"),
        floor=slots.get("floor"),
        room=slots.get("room"),
        place=_within(estate, spot_in(folded, text)),
    )


def _within(estate: str | None, place: str | None) -> str | None:
    """云溪苑北面 is the north side of that estate; 湘江花园那边 is the estate itself."""
    if estate is None or place is None or not place.startswith(estate):
        return place
    rest = place.removeprefix(estate)
    return rest if len(rest) > 1 and rest not in ("那边", "里面") else None


# A form's field, or a line that is nothing but an address from the road down.
_FIELD = re.compile(r"(?:地址|住址)(?:是|为)?\s*[:：]\s*(?P<line>[^,，。;；!！?？\n]{4,60})")
_POSTAL = re.compile(
    r"\s*(?P<line>[一-龥]{2,12}(?:省|市|区|县|镇|街道)[一-龥]{0,12}(?:路|街|大道|巷|弄|村)\d{1,4}[号弄]"
    r"[^,，。;；!！?？:：]{0,24}[\d幢栋座元楼层室号])\s*"
)


def _as_form(text: str) -> dict[str, str]:
    found = _FIELD.search(text) or _POSTAL.fullmatch(text)
    return address_parts(found["line"]) if found else {}


def _addresses(text: str) -> Iterator[Found]:
    if not _HINT.search(text):
        return
    taken = [False] * (len(text) + 1)
    for pattern, rank in ((FULL, 3), (TRIPLE, 3), (NUMBERED, 3), (PAIR, 2), (UNIT, 2), (FLOOR, 1)):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if (pattern is PAIR and not _is_pair(text, match)) or (pattern is FLOOR and not stands(text, match)):
                continue
            slots = _slots(match)
            if "floor" in slots and rank > 1 and UP_TO.match(text, match.end()):
                del slots["floor"]  # 三单元二楼到三楼: no single one
            from_another = taken[max(0, match.start() - 2)]  # 6号楼5单元到7号楼那段
            if slots.keys() == {"building"} and not from_another and _no_house(text, match):
                continue
            if slots:
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                yield Found(match.start(), match.end(), slots, rank)
    for match in ROOM.finditer(text):
        if any(taken[match.start() : match.end()]) or not _is_room(text, match):
            continue
        value = number(match.group())
        if value is not None:
            yield Found(match.start(), match.end(), {"room": str(value)}, 1)


# 一栋人都没睡, 前面一幢: a whole house or another one, not the first.
_WHOLE = re.compile(r"(?:楼)?(?:的)?(?:都|全|人|老小|住户都)")
_OTHER = re.compile(r"(?:[前后对][面头]|隔壁|另|有|同|那么大) ?$")
# 从西门到11幢: a way that is walked, along which something lies.
_WAY = re.compile(r"从[^,，。!！?？\n]{1,8}到$")
_STRETCH = re.compile(r"[这那]?(?:一?段|条路|一路)")


def _no_house(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :][:6]
    if match.group("b") == "一" and (_WHOLE.match(after) or _OTHER.search(before)):
        return True
    return before.endswith("到") and bool(_WAY.search(before) or _STRETCH.match(after))


def _slots(match: re.Match[str]) -> dict[str, str]:
    got = match.groupdict()
    slots: dict[str, str] = {}
    for key, said in (("building", got.get("b")), ("unit", got.get("u") or got.get("u2") or got.get("u3"))):
        if said:
            value = number(said)
            if value is None:
                slots[key] = said.upper()
            elif 0 < value < 100:
                slots[key] = str(value)
            else:
                return {}
    if slots.get("unit") == slots.get("building") and got.get("u2"):
        del slots["unit"]  # 廿六幢 26-803: the building said twice
    room = got.get("r") or got.get("r2")
    if room:
        value = number(room)
        if value is not None and value > 100:
            slots["room"] = str(value)
    if got.get("f"):
        level = storey(got["f"])
        if level:
            slots["floor"] = level
    return slots


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """3-2 and 14-602 are addresses where they stand free; 3-2 is also a score, a span of days or a size."""
    before, after = text[: match.start()], text[match.end() :]
    if before and re.search(rf"[0-9a-z~至到比赢输]$|{_MEASURE}$", before) and not before.endswith(("户", "台")):
        return False
    if match.group("r"):
        return True
    if re.match(r"\s*(?:赢|输|平(?![台房])|领先|落后|险胜|战胜|拿下)", after):
        return False
    return not re.search(r"(?:比分|赢|输|打成|每天|大约|差不多|等|需要|要|了|过)\s*$", before)


def _is_room(text: str, match: re.Match[str]) -> bool:
    """A bare number is a room where it stands as people call a neighbour: 302 阳台漏水, 找501的."""
    said = match.group()
    after, before = text[match.end() :], text[: match.start()]
    value = number(said)
    if (
        said in _HOTLINES
        or said.startswith("0")
        or _LABEL.search(before)
        or value is None
        or not 101 <= value <= 4920
        or not 1 <= value % 100 <= 24
    ):
        return False
    if re.match(rf"\s*{_MEASURE}", after) or re.match(r"[0-9a-z.-]", after):
        return False
    if re.match(rf"\s*{_ROOM_WORD}", after):
        return True
    if said.isdecimal():
        return bool(_ROOM_BEFORE.search(before)) or bool(_ROOM_AFTER.match(after))
    return "零" in said or "〇" in said


def _other_kind(said: dict[str, str], instead: dict[str, str]) -> bool:
    """七幢 不对七单元: the same number, of another kind."""
    return len(said) == len(instead) == 1 and said != instead and [*said.values()] == [*instead.values()]


def _merge(text: str, found: list[Found]) -> dict[str, str]:
    """One value a slot: what was corrected goes, the fullest address leads, what is left in dispute is left out."""
    if not found:
        return {}
    found.sort(key=lambda one: one.start)
    kept: list[Found] = []
    settled = False
    for one in found:
        between = text[kept[-1].end : one.start].strip() if kept else ""
        if kept and between == "不是" and text[: kept[-1].start].endswith("是"):
            continue
        instead = _CHANT.search(between) or (
            bool(kept) and (between == "是" and text[: kept[-1].start].endswith("不是"))
        )
        again = not between and settled and kept[-1].end < one.start
        if kept and instead and _other_kind(kept[-1].slots, one.slots):
            kept[-1] = one
            continue
        if kept and (instead or again) and set(one.slots) <= set(kept[-1].slots):
            settled = True
            kept[-1] = Found(kept[-1].start, one.end, kept[-1].slots | one.slots, kept[-1].rank)
            continue
        settled = False
        kept.append(one)
    anchored = any("building" in one.slots or "unit" in one.slots for one in kept)
    housed = any("room" in one.slots and len(one.slots) > 1 for one in kept)
    slots: dict[str, str] = {}
    for key in ("building", "unit", "room", "floor"):
        having = [one for one in kept if key in one.slots]
        if key == "room" and housed:
            having = [one for one in having if len(one.slots) > 1]
        if key == "floor" and anchored:
            # A storey told apart from the house is mostly somebody's: 电梯坏了 3幢 我住十八楼.
            having = [one for one in having if len(one.slots) > 1]
        values = list(dict.fromkeys(one.slots[key] for one in having))
        if len(values) == 1:
            slots[key] = values[0]
        elif values and having[-1].slots[key] == max(values, key=[one.slots[key] for one in having].count):
            slots[key] = having[-1].slots[key]  # said again after a slip: 一单元还是二单元 哦二单元
        elif key == "floor" and values and not anchored:
            slots[key] = values[0]
    return slots
