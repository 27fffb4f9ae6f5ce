"""Letters that could not be said because their reader had not written for too long: queued again when he has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.outbox import Letter
from storage.store import Store
from storage.tables import outbox

# What such a letter failed with; `minqing outbox list` shows it.
WAITS = "waits until the reader writes again"


def again_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> int:
    """Queue again what waits for this room: the latest, if written since then; what is older stays as it is."""
    ids = _waiting(store, channel, chat, since, most)
    return store.outbox.retry(ids) if ids else 0


def waiting_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[Letter]:
    """The same, to be said at once; the earliest first."""
    return store.outbox.letters(sorted(_waiting(store, channel, chat, since, most)))


def _waiting(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[int]:
    chosen = (
        select(outbox.c.id)
        .where(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.state == "failed")
        .where(outbox.c.error == WAITS, outbox.c.created_at > since)
        .order_by(outbox.c.id.desc())
        .limit(most)
    )
    return list(store.connection.execute(chosen).scalars())
