"""A short way to write histories: who says what in which group, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from benchmarks.play import Play, Reads, Ticket
from domain.listening import AsksWhich, Line, Opens, Step, Voice
from domain.reading import Tier, Where
from nlu.reader import Reader

WORKER: Voice = "grid_worker"


@lru_cache(maxsize=1)
def reader() -> Reads:
    return Reader.load()


class Story:
    """Groups: "c" the community's, "u" the unit's (3幢2单元), "d" the district's."""

    def __init__(self) -> None:
        estate = "阳光花园"
        homes = {1: Where(estate), 2: Where(estate, "3", "2"), 3: Where()}
        tiers: dict[int, Tier] = {1: "community", 2: "unit", 3: "district"}
        self.play = Play(reader(), homes, tiers, {1: "c", 2: "u", 3: "d"}, (estate,))
        self.now = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)
        self.lines = 0
        self.steps: tuple[Step, ...] = ()

    def say(
        self, who: str, text: str, role: Voice = "resident", *, group: str = "c", after: float = 1, **more: Any
    ) -> int:
        """Says a line `after` so many minutes; answers its number. What it led to stands in `steps`."""
        self.now += timedelta(minutes=after)
        self.lines += 1
        number = next(n for n, key in self.play.keys.items() if key == group)
        line = Line(
            self.lines, number, self.play.person(who), who, role, text, self.now, self.play.tiers[number],
            mentions=tuple(name for name in self.play.people if "@" + name in text), **more,
        )  # fmt: skip
        self.steps = self.play.hear(line).steps
        return self.lines

    def work(self, text: str, who: str = "小李", **more: Any) -> int:
        return self.say(who, text, WORKER, **more)

    @property
    def tickets(self) -> list[Ticket]:
        """The real ones: sure from the first, or taken up by staff; not those taken back."""
        return [t for t in self.play.tickets.values() if t.raised_after is not None and not t.withdrawn]

    @property
    def only(self) -> Ticket:
        assert len(self.tickets) == 1, [t.known.texts for t in self.tickets]
        return self.tickets[0]

    def does(self) -> list[tuple[str, int]]:
        """What the last line did to which tickets."""
        return [(a["does"], a["ticket"]) for a in self.play.actions if a["at_message"] == self.lines]

    def action(self, key: str) -> str | None:
        """A detail (to, value) of what the last line did."""
        return next((a[key] for a in self.play.actions if a["at_message"] == self.lines and key in a), None)

    def opened(self) -> list[Opens]:
        return [step for step in self.steps if isinstance(step, Opens)]

    def asked_which(self) -> bool:
        return any(isinstance(step, AsksWhich) for step in self.steps)
