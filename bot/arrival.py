"""Deliveries that came together, and whoever waits to see them committed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from domain.messages import Raw


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
