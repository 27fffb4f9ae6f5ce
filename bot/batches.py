"""What of the inbox is handled as one: each delivery alone, but the parts of an album together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from domain.albums import gather
from domain.messages import Incoming, Raw
from storage.inbox import Waiting

# What a row means, or why nobody can tell.
Meaning: TypeAlias = list[Incoming] | Exception


class Understands(Protocol):
    """A channel, or what works beside them: knows what its deliveries mean. Pure; called in a writer's transaction."""

    def to_incoming(self, raw: Raw) -> list[Incoming]: ...


def understood(unit: Sequence[Waiting], meanings: Mapping[int, Meaning]) -> list[Incoming]:
    """What one row means, or the parts of an album together; raises why nobody can tell."""
    found: list[Incoming] = []
    for row in unit:
        meaning = meanings[row.id]
        if isinstance(meaning, Exception):
            raise meaning
        found += meaning
    return gather(found) if len(unit) > 1 else found


def units(rows: Sequence[Waiting]) -> list[list[Waiting]]:
    """What is handled as one: each row alone, but the parts of an album together, in the place of the first."""
    found: dict[object, list[Waiting]] = {}
    for row in rows:
        found.setdefault((row.raw.chat, row.raw.album) if row.raw.album else row.id, []).append(row)
    return list(found.values())
