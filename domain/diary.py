"""Diary entries (民情日记): what a worker saw and heard. Most are notes; few become tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

EntryKind: TypeAlias = Literal["resident", "enterprise", "other"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an entry is about, beside its household: one row each, so that it is found from both sides."""

    kind: Literal["household", "resident", "firm", "ticket"]
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `household` is the door as written (3-2-402) or the firm's name, empty for other; `id` 0 until
    stored; `visit` the care plan that it ticks off; `ticket` what came out of it."""

    worker: int
    at: datetime
    kind: EntryKind
    text: str
    household: str = ""
    area: int | None = None
    person_name: str | None = None
    subjects: tuple[Subject, ...] = ()
    tags: tuple[str, ...] = ()
    visit: int | None = None
    ticket: int | None = None
    id: int = 0


def title_of(entry: Entry, limit: int = 24) -> str:
    """The line that lists show: the door and the beginning of the text."""
    words = " ".join(entry.text.split())
    short = words if len(words) <= limit else words[: limit - 1] + "…"
    # What was said on a visit begins with the door more often than not.
    return short if words.startswith(entry.household) else f"{entry.household} {short}"
