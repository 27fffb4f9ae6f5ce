"""Household files (民情档案): who lives where, and who is to be looked after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Refused
from domain.reading import Where

_PLAIN = re.compile(r"([0-9A-Za-z]{1,4})[-－—](?:([0-9A-Za-z]{1,3})[-－—])?([0-9A-Za-z]{1,5})")
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
    """A door as people write it: 3-2-402 is building 3, unit 2, room 402; 8-101 has no unit."""

    building: str
    unit: str | None
    room: str

    @classmethod
    def parse(cls, text: str) -> HouseholdKey:
        """Reads 3-2-402, 3幢2单元402室 and the like; Refused where it is none."""
        said = text.strip()
        found = _PLAIN.fullmatch(said) or _SPOKEN.fullmatch(said)
        if found is None:
            raise Refused("refused.bad_household", text=text)
        return cls(found[1], found[2], found[3])

    def __str__(self) -> str:
        return "-".join(part for part in (self.building, self.unit, self.room) if part)

    def fits(self, said: str) -> bool:
        """Whether somebody who says "201", "1-201" or "3-1-201" can mean this door."""
        whole = str(self)
        return bool(said) and (whole == said or whole.endswith(f"-{said}"))

    @property
    def where(self) -> Where:
        return Where(building=self.building, unit=self.unit, room=self.room)


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


@dataclass(frozen=True, slots=True)
class Firm:
    """A shop or company in the area, visited like a household."""

    id: int
    area: int
    name: str
    contact: str = ""
    phone: str | None = None


def walking_order(key: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which 3-2-402 stands before 3-10-101 and 10-1-101: numbers as numbers."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in key.split("-"))
