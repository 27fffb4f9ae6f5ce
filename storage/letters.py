"""What lies in the outbox: as it is sent, and as it is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.messages import Address, Button, Media, Mode


@dataclass(frozen=True, slots=True)
class Letter:
    """A row ready to be sent; `remotes` are the platform's ids of the card it edits or replies to."""

    id: int
    to: Address
    text: str
    card: str | None
    mode: Mode
    replies_to: str | None
    buttons: tuple[Button, ...]
    media: tuple[Media, ...]
    priority: int
    silent: bool
    attempts: int
    remotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A row as `minqing outbox list` shows it."""

    id: int
    channel: str
    chat: str
    card: str | None
    mode: str
    state: str
    attempts: int
    not_before: datetime
    error: str | None
