"""The doors that a worker names in one line, in order; a stair said once holds for the rooms that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.archive import in_village, is_whole
from nlu import villages
from nlu.numbers import number

_ZH = "一二三四五六七八九十"
_N = rf"(?:[A-Za-z]?\d{{1,3}}|[A-Za-z](?=[栋座幢])|[{_ZH}]{{1,3}}|幺)"
_ONES = "一二三四五六七八九幺"
_SPOKEN = (
    rf"(?:[一二三]千[{_ONES}]?百?零?[{_ONES}]|[一二三幺][{_ONES}零〇][零〇幺一二][{_ONES}零〇]|"
    rf"[{_ONES}](?:[零〇幺]|百零)[{_ONES}])(?![{_ONES}零〇十百])"
)
_B = r"(?:幢|栋|号楼?|楼|座|#|杠)"
_U = r"(?:单元|门洞?|梯|杠)"
_DASH = r"\s*[-—－–]\s*"
_R = rf"(?:\d{{3,4}}(?!\d)|{_SPOKEN})"
# A figure with one of these after it counts or measures something; with one of those before, it is a pressure or price.
_MEASURE = (
    r"(?:年|元|块|斤|路(?!口)|号线|点|米|人(?![都也不好没在还很挺])|个(?:人|月|小时)|户(?![主口])|度|次|分|毫|步|"
    r"万|公斤|平[方米]|多(?!亏)|来[个块]|天|克|升|%|％|/|／|℃|安|伏|瓦|的?变压器|月|日|：\d|:\d)"
)
# 301/302都在 are two doors, 130/80 is a blood pressure.
_AND_NEXT = re.compile(r"[/／](?P<next>\d{3,4})(?!\d|[/／.]\d{1,2}(?!\d))")
_NOT_A_ROOM = rf"(?![/／]\d{{3,4}}(?!\d|[/／.]\d{{1,2}}(?!\d))){_MEASURE}"
# Behind a building and a unit hardly anything is counted: 5-1-101年画贴倒了, 2-1-201户主.
_COUNTED = r"(?:元|块|点|米|个|度|次|分|[%％])"
_NO_ROOM = re.compile(
    r"(?:血压|血糖|高压|低压|量了?|压|糖|体温|尾号|电话|手机|花了?|交了?|发了?|[打拨]了?|才|共|第|[少多][了]?|"
    r"欠|报警|\d[到至])\s*[:：]?$"
)
_GROUP_HOUSE = r"(?:[一-鿿]{1,4}?(?:家(?![里的政庭长])|屋里)|老[一-鿿]头)"

_DOOR = re.compile(
    rf"(?<![\d./])(?<!\d\d:)(?<![^-]\d:)(?P<b>{_N})(?:\s*{_B}\s*[-—－]?|{_DASH})(?P<u>{_N})(?:\s*{_U}\s*的?\s*|{_DASH})"
    rf"(?:(?<=[元门洞梯])(?:\d{{1,2}}|[{_ZH}]{{1,3}})[楼层]\s*)?(?P<r>{_R}|{_N}(?=室))(?!{_COUNTED})"
    # 7/1/302, and no date
    r"|(?<![\d./])(?P<b4>\d{1,2})\s?/\s?(?P<u4>\d{1,2})\s?/\s?(?P<r5>(?!(?:19|20)\d\d)\d{3,4})(?![\d/])"
    rf"|(?<![\d./])(?<!\d\d:)(?<![^-]\d:)(?P<vb>{_N})\s*组\s*(?:(?P<vr>{_N})\s*号|(?P<vn>{_GROUP_HOUSE}))"
    rf"|(?<![\d./])(?<!\d\d:)(?<![^-]\d:)(?P<b2>{_N})\s*(?:幢|栋|号楼|座|#)\s*[-—－]?\s*(?P<r2>{_R})(?!{_MEASURE})"
    rf"|(?<![\d./-])(?<!\d\d:)(?<![^-]\d:)(?P<b3>\d{{1,2}}){_DASH}(?P<r3>\d{{3,4}})(?!\d|{_DASH}\d|{_MEASURE})"
    rf"|(?<![\d./])(?<!\d\d:)(?<![^-]\d:)(?P<sb>{_N})\s*(?:幢|栋|号楼|座|#)\s*[-—－。，]?\s*(?P<su>{_N})\s*{_U}"
    rf"|(?<![\d./-])(?<!\d\d:)(?<![^-]\d:)(?P<sb2>\d{{1,2}})[-—－](?P<su2>\d{{1,2}})(?=\s*(?:[：:]|楼道|单元|"
    rf"[{_ZH}\d]楼|[，,、的]\s*\d{{3,4}}(?!\d|{_MEASURE})))"
    rf"|(?<![\d./])(?<!\d\d:)(?<![^-]\d:)(?P<ob>{_N})\s*(?:幢|栋|号楼)|(?P<ou>{_N})\s*(?:单元|门洞)(?!口)|"
    rf"(?P<group>{_N})\s*组(?=[，,：: ])"
    rf"|(?<![\d./A-Za-z-])(?<!\d\d:)(?<![^-]\d:)(?P<r4>{_R})(?:室|号|房)?(?!{_NOT_A_ROOM}|[-—－]\d)"
)
# 201老姑妈眼睛糊，202没人，11幢3单元: rooms alone are on the stair which a clause of its own names behind them.
_STAIR_AFTER = re.compile(
    rf"[，,。；;]\s*[一-鿿]{{0,6}}?(?P<b>{_N})\s*(?:幢|栋|号楼)\s*(?P<u>{_N})\s*{_U}的?(?=$|[，,。；;])"
)
_HOTLINES = frozenset({"110", "114", "119", "120", "122", "315", "996", "360", "365"})
_NEXT_HOUSE = re.compile(rf"(?:^|[，,；;、：:\s])(?P<vn>{_GROUP_HOUSE})")


@dataclass(frozen=True, slots=True)
class Door:
    """A door named from `start` to `end`. `code` is building-unit-room as far as it is known from the line (402 alone
    is completed by the place of the talk), in a village the group with the number or name of the house. `whole`: it
    stands there in full. `doubtful`: 2-301 by itself may be a score or a bus. `person`: the name by which it was
    meant, with `choices` where several have it (nlu/cared.py)."""

    start: int
    end: int
    code: str
    whole: bool = False
    doubtful: bool = False
    person: str | None = None
    choices: tuple[str, ...] = ()


def doors_in(text: str, building: str | None = None) -> tuple[Door, ...]:
    """All doors of a line; a stair without a room is none. `building`: where the speaker is, for a unit said alone."""
    doors = tuple(door for first in _named(text, building) for door in _with_next(text, first))
    after = _STAIR_AFTER.search(text, doors[0].end) if doors and all("-" not in door.code for door in doors) else None
    if after is None:
        return doors
    stair = f"{_value(after['b'])}-{_value(after['u'])}"
    return tuple(replace(door, code=f"{stair}-{door.code}", whole=True) for door in doors)


def houses_in(text: str) -> tuple[Door, ...]:
    """As `doors_in` where people live in villages: 3组12号, 12号, and what is written with a dash in full (3-2-402)."""
    houses = tuple(Door(one.start, one.end, one.code, whole=True) for one in villages.houses_in(text) if one.house)
    left = text
    for one in houses:
        left = f"{left[: one.start]}{' ' * (one.end - one.start)}{left[one.end :]}"
    more = [door if door.code.count("-") == 2 else replace(door, code=in_village(door.code)) for door in doors_in(left)]
    return tuple(sorted((*houses, *(door for door in more if is_whole(door.code))), key=lambda door: door.start))


@lru_cache(maxsize=2048)
def stair_in(text: str) -> str | None:
    """Building and unit (3-1) of the last door that a line names in full, or of the stair that it names alone."""
    named = [door.code.rpartition("-")[0] for door in doors_in(text) if door.code.count("-") == 2]
    if named:
        return named[-1]
    alone = [found for found in _DOOR.finditer(text) if found["sb"]]
    return f"{_value(alone[-1]['sb'])}-{_value(alone[-1]['su'])}" if alone else None


def _with_next(text: str, door: Door) -> Iterator[Door]:
    """The door, and those that a stroke adds to it (2-1-201/202)."""
    yield door
    while (more := _AND_NEXT.match(text, door.end)) and _is_room(more["next"]):
        stair = door.code.rpartition("-")[0]
        door = replace(door, start=more.start("next"), end=more.end(), code=f"{stair}-{more['next']}".lstrip("-"))
        yield door


def _named(text: str, known: str | None) -> Iterator[Door]:
    building = unit = None
    for found in _DOOR.finditer(text):
        got = {key: value for key, value in found.groupdict().items() if value}
        start, end = found.span()
        if "b" in got:
            building, unit = _value(got["b"]), _value(got["u"])
            yield Door(start, end, f"{building}-{unit}-{_value(got['r'])}", whole=True)
        elif "b4" in got:
            if _is_room(got["r5"]):
                building, unit = got["b4"], got["u4"]
                yield Door(start, end, f"{building}-{unit}-{got['r5']}", whole=True)
        elif "vr" in got:
            yield Door(start, end, f"{_value(got['vb'])}-{_value(got['vr'])}", whole=True)
        elif "vn" in got:
            yield from _village(text, found, _value(got["vb"]))
        elif "group" in got:
            yield from _village(text, found, _value(got["group"]))
        elif "b2" in got:
            building, unit = _value(got["b2"]), None
            yield Door(start, end, f"{building}-{_value(got['r2'])}", whole=True)
        elif "b3" in got:
            if _is_room(got["r3"]) and not _NO_ROOM.search(text[:start]):
                yield Door(start, end, f"{got['b3']}-{got['r3']}", doubtful=True)
        elif "sb" in got or "sb2" in got:
            building, unit = (_value(got.get(key) or got[f"{key}2"]) for key in ("sb", "su"))
        elif "ob" in got:
            building, unit = _value(got["ob"]), None
        elif "ou" in got:
            building, unit = building or known, _value(got["ou"])
        elif "r4" in got and not _NO_ROOM.search(text[:start]):
            room = _value(got["r4"])
            if _is_room(room) and room not in _HOTLINES:
                stair = [part for part in (building, unit) if part] if building else []
                yield Door(start, end, "-".join([*stair, room]), whole=len(stair) == 2)


def _village(text: str, found: re.Match[str], group: str) -> Iterator[Door]:
    """3组老李家; after 六组： every house named at the beginning of a clause is one of that group."""
    named = found.groupdict().get("vn")
    if named:
        yield Door(found.start(), found.end(), f"{group}组{named}", whole=True)
        return
    for more in _NEXT_HOUSE.finditer(text, found.end()):
        yield Door(more.start("vn"), more.end(), f"{group}组{more['vn']}", whole=True)


def _value(said: str) -> str:
    if said[-1:].isdigit():
        return said
    if "千" in said:
        thousands, _, rest = said.partition("千")
        return str((number(thousands) or 0) * 1000 + (number(rest) or 0))
    value = number(said)
    return said if value is None else str(value)


def _is_room(room: str) -> bool:
    """402 and 1203 may be rooms, 160 and 2026 hardly: the last two figures count the doors of a floor."""
    return room.isdecimal() and room[0] != "0" and 1 <= int(room[-2:]) <= 24 and int(room[:-2]) <= 60
