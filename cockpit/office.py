"""What the pages need of the running office; bot/office.py provides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from domain.capabilities import Capabilities
from domain.messages import Raw
from domain.settings import Settings
from storage.database import Database


class Office(Protocol):
    """The one way from a page into the house: deliveries go in through intake, answers come out of the outbox.

    `doors` are the platforms that the playground can act as, `door` the one it acts as now ("playground": itself)."""

    database: Database
    settings: Settings

    doors: Mapping[str, Capabilities]
    door: str

    def now(self) -> datetime:
        """The office's time (virtual in the playground), aware UTC."""

    async def submit(self, raw: Raw) -> None:
        """Receive a delivery; returns once it is committed, and it is handled after that."""

    async def advance(self, to: datetime) -> None:
        """Move the virtual clock on, running the tick at every due time on the way; the outbox is drained."""

    async def settle(self) -> None:
        """Wait until inbox and outbox are empty."""

    def act_as(self, door: str) -> None:
        """Have the playground hear and speak as that platform would; a name that is none of `doors`: as itself."""

    async def play_day(self, on_step: Callable[[str], None] | None = None) -> None:
        """Play the scripted day; `on_step` is told what happens next."""
