"""The settings of deadlines and of the emergency ladder: the figures of SERVICE.md §2 as defaults.

domain/sla.py reckons with them; domain/settings.py holds them with all the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from domain.calendar import Span

Call: TypeAlias = Literal[
    "grid_worker",
    "property_duty",
    "staff_group",
    "community_staff",
    "secretary",
    "street_duty",
    "district_admin",
]

_Number = TypeVar("_Number", int, float)


def within(default: _Number, low: _Number, high: _Number) -> _Number:
    """A number field with the bounds that bot/config.py holds it to."""
    number: Any = field(default=default, metadata={"low": low, "high": high})
    return number  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Clock:
    """Deadlines of a category, each for urgency 1 and urgency 2. `step` is what must have happened on the way
    (made safe, on site, first meeting); "" none."""

    first: tuple[Span, Span]
    solve: tuple[Span, Span]
    step: tuple[Span | None, Span | None] = (None, None)


def _clock(first: str, solve: str, step: str = "/") -> Clock:
    one, two = (Span.parse(part.strip()) for part in first.split("/"))
    three, four = (Span.parse(part.strip()) for part in solve.split("/"))
    before, after = (Span.parse(part.strip()) if part.strip() else None for part in step.split("/"))
    return Clock((one, two), (three, four), (before, after))


@dataclass(frozen=True, slots=True)
class Clocks:
    """SERVICE.md §2, one for each category that has deadlines of its own, and one for suggestions (建议)."""

    public_repair: Clock = field(default=_clock("4 duty hours / 30 minutes", "3 working days / 24 hours", "/ 2 hours"))
    home_repair: Clock = field(default=_clock("2 duty hours / 30 minutes", "2 working days / 24 hours", "/ 2 hours"))
    complaint: Clock = field(default=_clock("4 duty hours / 1 hour", "5 working days / 24 hours", "/ 2 hours"))
    community_report: Clock = field(default=_clock("4 duty hours / 1 hour", "3 working days / 24 hours"))
    legal_dispute: Clock = field(
        default=_clock("8 duty hours / 2 hours", "15 working days / 15 working days", "3 working days / same day")
    )
    renovation: Clock = field(
        default=_clock("4 duty hours / 30 minutes", "2 working days / 2 working days", "/ 2 hours")
    )
    public_security: Clock = field(
        default=_clock("2 duty hours / 15 minutes", "3 working days / 24 hours", "/ 30 minutes")
    )
    consultation: Clock = field(default=_clock("4 duty hours / 1 hour", "1 working day / 4 hours"))
    suggestion: Clock = field(default=_clock("8 duty hours / 8 duty hours", "15 working days / 15 working days"))


@dataclass(frozen=True, slots=True)
class Sla:
    """The clocks and what belongs to all of them."""

    clocks: Clocks = Clocks()
    consultation_with_department: Span = field(default=Span(3, "working days"))
    warn_share: float = within(0.8, 0.1, 0.99)
    max_pause_days: int = within(10, 0, 60)
    upper_tier_takes: Span = field(default=Span(2, "duty hours"))
    bounce_within: Span = field(default=Span(2, "duty hours"))


@dataclass(frozen=True, slots=True)
class Rung:
    """After so many minutes without anybody taking it, these are called; `ring`: by telephone or SMS."""

    minutes: int = within(0, 0, 240)
    calls: tuple[Call, ...] = ()
    ring: bool = False


@dataclass(frozen=True, slots=True)
class Emergency:
    """What holds for category emergency and urgency 3 (wall clock)."""

    taken: Span = field(default=Span(5, "minutes"))
    first: Span = field(default=Span(30, "minutes"))
    solve: Span = field(default=Span(2, "hours"))
    update_minutes: int = within(30, 5, 240)
    ladder: tuple[Rung, ...] = (
        Rung(0, ("grid_worker", "property_duty", "staff_group")),
        Rung(3, ("community_staff",)),
        Rung(6, ("secretary",)),
        Rung(10, ("street_duty",), True),
        Rung(15, ("district_admin",)),
    )
