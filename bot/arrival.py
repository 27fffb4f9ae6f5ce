"""Deliveries that came together, whoever waits to see them committed, and what has to wait until they are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile

from domain.messages import Raw
from storage.inbox import Waiting


@dataclass(frozen=True, slots=True)
class Arrival:
    """Whoever hung up meanwhile is not told."""

    raws: Sequence[Raw]
    kept: asyncio.Future[None]

    def settle(self) -> None:
        if not self.kept.done():
            self.kept.set_result(None)

    def fail(self, error: Exception) -> None:
        if not self.kept.done():
            self.kept.set_exception(error)


class Coming:
    """What is being committed. On SQLite work shares a transaction: handled in the one in which it came, a message that
    kills the process would take its receipt with it, and nobody would count that death."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()

    @contextmanager
    def until_committed(self, arrivals: Sequence[Arrival]) -> Iterator[list[Raw]]:
        raws = [raw for arrival in arrivals for raw in arrival.raws]
        keys = {(raw.channel, raw.key) for raw in raws}
        self._keys |= keys
        try:
            yield raws
        finally:
            self._keys -= keys

    def before(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Those that wait longer than anything that is only coming in."""
        return list(takewhile(lambda row: (row.raw.channel, row.raw.key) not in self._keys, waiting))
