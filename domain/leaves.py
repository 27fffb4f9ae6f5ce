"""Leave: from which day to which somebody is away, and who stands in for him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, TypeAlias

Half: TypeAlias = Literal["morning", "afternoon"]

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Leave:
    """Both days included; `half`: only that half of its one day. `deputy`: who was told last that he stands in;
    `listed`: the last day whose list he was given. `id` 0: not kept yet."""

    id: int
    person: int
    first: date
    last: date
    half: Half | None = None
    deputy: int | None = None
    listed: date | None = None

    def on(self, day: date) -> bool:
        """Whether he is away on that day, be it for half of it."""
        return self.first <= day <= self.last

    def at(self, local: datetime) -> bool:
        """Whether he is away at that moment of the office's clock."""
        in_half = self.half is None or (local.time() < NOON) == (self.half == "morning")
        return self.on(local.date()) and in_half

    def has_begun(self, local: datetime) -> bool:
        """Whether its list is no longer his at that moment. A morning off leaves it to him."""
        later = self.half == "afternoon" and self.first == local.date() and local.time() < NOON
        return self.first <= local.date() and not later


def settled(planned: Sequence[Leave], asked: Leave, today: date) -> tuple[Leave, tuple[Leave, ...]]:
    """What becomes of a leave beside those that were asked for before (in their order): the one that it makes with
    those that it meets, and of these the ones that go. What is said anew of the same days counts; one day more within
    a longer leave changes nothing."""
    met = [one for one in planned if one.first <= asked.last and asked.first <= one.last]
    if not met:
        return asked, ()
    old, rest = met[0], tuple(met[1:])
    within = asked.first == asked.last and old.first != old.last and old.on(asked.first)
    if within or (asked.first, asked.last, asked.half) == (old.first, old.last, old.half):
        return old, ()
    if old.half is not None and asked.half is not None:
        # Two halves make a day.
        return replace(old, half=None), rest
    if asked.first == asked.last or old.half is not None:
        listed = old.listed if asked.half is None else None
        return replace(old, first=asked.first, last=asked.last, half=asked.half, listed=listed), rest
    if asked.first <= max(old.first, today):
        first = old.first if old.first <= today else asked.first
        return replace(old, first=first, last=asked.last), rest
    return replace(old, last=max(old.last, asked.last)), rest
