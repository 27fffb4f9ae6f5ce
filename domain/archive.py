"""Household files (民情档案): who lives where, and who is to be looked after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Refused
from domain.reading import Where

_PLAIN = re.compile(r"([0-9A-Za-z]{1,4})[-－—](?:([0-9A-Za-z]{1,3})[-－—])?([0-9A-Za-z]{1,5})")
# 3组12号, 12-1号, 12号乙, 12号2楼: a house of a village, by its group and number.
_ZH = "一二三四五六七八九"
_COUNT = rf"[0-9]{{1,3}}|[{_ZH}]?十[{_ZH}]?|[{_ZH}]"
_VILLAGE = re.compile(
    rf"(?:第?(?P<group>{_COUNT})(?:村民小?|生产|小)?(?P<of>[组队社]))?\s*"
    rf"(?P<number>[0-9]{{1,4}}(?:[-－—][0-9]{{1,2}})?)\s*(?P<sign>号)?(?P<part>[甲乙丙丁戊]|附[0-9]{{1,2}})?"
    rf"\s*(?:(?P<floor>[1-9]|[{_ZH}])楼)?"
)
_STORED = re.compile(r"(?P<group>[0-9]{1,3}[组队社])?(?P<house>[0-9]{1,4}(?:-[0-9]{1,2})?号.{0,5})")
# As such a door was written before there were villages, and as workers still say it (nlu/doors.py): 3-12.
_GROUP = re.compile(r"^[0-9]{1,3}[组队社]")
_DASHED = re.compile(r"([0-9]{1,3})-([0-9]{1,4})")
_PARTS = re.compile(r"-|(?<=[0-9])(?=[^0-9-])|(?<=[^0-9-])(?=[0-9])")
_SPOKEN = re.compile(
    r"([0-9A-Za-z]{1,4})\s*(?:号楼|[幢栋座])\s*(?:([0-9A-Za-z]{1,3})\s*(?:单元|门))?\s*([0-9A-Za-z]{1,5})\s*[室号]?"
)


class Flag(StrEnum):
    """Why somebody is in special care, or a matter is tagged."""

    OLD = "涉老"
    YOUNG = "涉小"
    FIRM = "涉企"
    DISABLED = "涉残"
    HAZARD = "隐患"
    ALONE = "独居"
    POOR = "低保"
    ILL = "重病"


@dataclass(frozen=True, slots=True)
class HouseholdKey:
    """A door as people write it: 3-2-402 is building 3, unit 2, room 402; 8-101 has no unit. A village's 3组12号 is
    group 3组 in the place of the building and room 12号; 12号 alone has no building."""

    building: str
    unit: str | None
    room: str

    @classmethod
    def parse(cls, text: str) -> HouseholdKey:
        """Reads 3-2-402, 3幢2单元402室, 3组12号 and the like; Refused where it is none."""
        said = text.strip()
        house = _VILLAGE.fullmatch(said)
        if house is not None and (house["sign"] or house["group"]):
            group = f"{_figure(house['group'])}{house['of']}" if house["group"] else ""
            floor = f"{_figure(house['floor'])}楼" if house["floor"] else ""
            return cls(group, None, f"{re.sub('[－—]', '-', house['number'])}号{house['part'] or ''}{floor}")
        found = _PLAIN.fullmatch(said) or _SPOKEN.fullmatch(said)
        if found is None:
            raise Refused("refused.bad_household", text=text)
        return cls(found[1], found[2], found[3])

    def __str__(self) -> str:
        return f"{self.building}{self.room}" if self.of_village else "-".join(filter(None, self._parts))

    @property
    def _parts(self) -> tuple[str | None, ...]:
        return self.building, self.unit, self.room

    @property
    def of_village(self) -> bool:
        """12号 and 3组12号, not 3-2-402."""
        return "号" in self.room

    @property
    def where(self) -> Where:
        return Where(building=self.building or None, unit=self.unit, room=self.room)


@dataclass(frozen=True, slots=True)
class Household:
    """One home; `area` is the smallest area it lies in, `worker` the person who looks after it."""

    id: int
    area: int
    key: str
    estate: str = ""
    worker: int | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives there. `phone` and `health` are personal; health, minors' and family data are kept
    only where `consent_on` says that he (or a parent) agreed."""

    id: int
    household: int
    name: str
    called: str = ""
    phone: str | None = None
    born: int | None = None
    health: str | None = None
    flags: frozenset[str] = frozenset()
    consent_on: date | None = None
    person: int | None = None


def fits(key: str, said: str) -> bool:
    """Whether somebody who says "201" or "1-201" can mean the door 3-1-201, "12号" or "12" 3组12号, "3-12" 3组12号."""
    if not said:
        return False
    if key == said or key.endswith(f"-{said}"):
        return True
    house = _STORED.fullmatch(key)
    if house is None:
        return False
    number = house["house"].removesuffix("号")
    return said in (house["house"], number) or said in dashed(key)


def dashed(key: str) -> tuple[str, ...]:
    """How the files of before wrote a house of a village: 3-12 for 3组12号, 1-12 for 12号; nothing for other doors."""
    house = _STORED.fullmatch(key)
    if house is None or not (number := house["house"].removesuffix("号")).isdecimal():
        return ()
    return (f"{house['group'][:-1] if house['group'] else 1}-{number}",)


def is_whole(code: str) -> bool:
    """It tells more than a room or a number alone: 3-2-402, 3-402, 3组12号."""
    return "-" in code or (code[:1].isdecimal() and _GROUP.search(code) is not None)


def room_of(code: str) -> str:
    """402 of 3-2-402, 12号 of 3组12号."""
    return _GROUP.sub("", code) if "号" in code else code.rpartition("-")[2]


def in_village(code: str) -> str:
    """What a worker's line names with a dash is in a village a group's house: 3-12 is 3组12号."""
    found = _DASHED.fullmatch(code)
    return f"{found[1]}组{found[2]}号" if found is not None else code


def walking_order(key: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which 3-2-402 stands before 3-10-101 and 10-1-101: numbers as numbers."""
    parts = _PARTS.split(key) if _STORED.fullmatch(key) else key.split("-")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _figure(said: str) -> int:
    """十二 is 12, as groups and storeys are counted (`_COUNT`)."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    value = {figure: worth for worth, figure in enumerate(_ZH, start=1)}
    return 10 * value.get(tens, 1) * len(ten) + value.get(ones, 0)
