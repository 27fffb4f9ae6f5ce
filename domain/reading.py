"""What one message says, as the reader understands it (nlu/ makes these)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, get_args

Tier: TypeAlias = Literal["unit", "community", "district"]
Category: TypeAlias = Literal[
    "public_repair",
    "complaint",
    "community_report",
    "home_repair",
    "legal_dispute",
    "renovation",
    "emergency",
    "public_security",
    "consultation",
]
Nature: TypeAlias = Literal["咨询", "求助", "投诉", "举报", "建议", "表扬"]
PersonalKind: TypeAlias = Literal["phone", "id_number", "plate"]

TIERS: tuple[Tier, ...] = get_args(Tier)
CATEGORIES: tuple[Category, ...] = get_args(Category)
# Whose very words tell of somebody's home or life; those of the others tell of what all use.
OF_A_HOME: frozenset[Category] = frozenset({"home_repair", "legal_dispute", "consultation"})
NATURES: tuple[Nature, ...] = get_args(Nature)


@dataclass(frozen=True, slots=True)
class Where:
    """A place as named; digits or letters as text ("3", "B1"), None where nothing was said."""

    estate: str | None = None
    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None
    place: str | None = None

    def __bool__(self) -> bool:
        return any((self.estate, self.building, self.unit, self.floor, self.room, self.place))

    @property
    def house(self) -> bool:
        """The room is a house of a village: 12号, 老王家."""
        return self.room is not None and ("号" in self.room or self.room.endswith("家"))


@dataclass(frozen=True, slots=True)
class When:
    """A time as said, and when that was or began (aware UTC), where it can be told."""

    text: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """A stretch of the text to mask before it is shown: start and end index, and what it is."""

    kind: PersonalKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One message understood. `confidence` is the calibrated probability that it is a report, 0 to 1;
    `urgency` 0 none, 1 ordinary, 2 soon, 3 now; `danger` the chance that people are in danger now; `why` names the
    rules and features that spoke."""

    report: bool
    confidence: float
    category: Category | None = None
    urgency: int = 0
    where: Where = field(default_factory=Where)
    when: When | None = None
    keywords: tuple[str, ...] = ()
    nature: Nature | None = None
    tags: tuple[str, ...] = ()
    personal: tuple[Personal, ...] = ()
    why: tuple[str, ...] = ()
    danger: float = 0.0


NOTHING = Reading(report=False, confidence=0.0)
