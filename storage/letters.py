"""What lies in the outbox: as it is sent, and as it is listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from domain.messages import Address, Button, Media, Mode
from storage.cipher import Cipher

OFFERS = "outbox.offers"


# Said, or about to be.
THERE = ("queued", "inflight", "sent")
# What a letter failed with whose reader has not written for too long; and the change of a card that was never said.
WAITS = "waits until the reader writes again"
NOTHING_TO_EDIT = "there is no message to edit"
# What a letter is shown with that may have arrived, where a repeat would do harm.
ENDED = "the process ended while sending"


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
class Standing:
    """Where a message of a card is, or is about to be."""

    channel: str
    chat: str
    thread: str | None
    mode: Mode
    state: str
    not_before: datetime


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


def in_order(rows: Sequence[Any]) -> list[int]:
    """Those of a channel's that may go now. An edit needs its card's id on the platform first: it waits for the next
    round, and so does what was written after it into the same room."""
    going: list[int] = []
    cards_going: set[tuple[str, str]] = set()
    held: set[str] = set()
    for row in rows:
        if row.card is not None and row.waits:
            if (row.chat, row.card) in cards_going:
                held.add(row.chat)
        elif row.chat not in held:
            going.append(row.id)
            if row.card is not None:
                cards_going.add((row.chat, row.card))
    return going


def offers_of(buttons: Sequence[Button], cipher: Cipher) -> bytes | None:
    """Buttons as they lie in the table: sealed, since their commands may hold what somebody said."""
    return cipher.seal(_told(tuple(buttons)), OFFERS) if buttons else None


@lru_cache(maxsize=256)
def _told(buttons: tuple[Button, ...]) -> str:
    """Many letters offer the same."""
    return json.dumps([[one.label, one.command] for one in buttons], ensure_ascii=False)


def buttons_in(offers: bytes | None, cipher: Cipher) -> tuple[Button, ...]:
    return tuple(Button(label, command) for label, command in cipher.open_json(offers, OFFERS) or ())
