"""Letters that could not be said because their reader had not written for too long: queued again when he has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.letters import NOTHING_TO_EDIT, WAITS, Letter
from storage.store import Store
from storage.tables import outbox

__all__ = ["NOTHING_TO_EDIT", "WAITS", "again_for", "waiting_for"]


def again_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> int:
    """Queue again what waits for this room: the latest, if written since then; the older stays as it is. How many."""
    ids = _waiting(store, channel, chat, since, most)
    return store.outbox.retry(ids) if ids else 0


def waiting_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[Letter]:
    """The same, to be said at once; the earliest first."""
    return store.outbox.letters(sorted(_waiting(store, channel, chat, since, most)))


def _waiting(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[int]:
    """Of each card its newest wording, as something new; what only changed a card that is there is old news."""
    found = store.connection.execute(
        select(outbox.c.id, outbox.c.card, outbox.c.mode, outbox.c.error)
        .where(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.state == "failed")
        .where(outbox.c.error.in_((WAITS, NOTHING_TO_EDIT)), outbox.c.created_at > since, outbox.c.text.is_not(None))
        .order_by(outbox.c.id.desc())
    )
    cards: dict[str | int, list[Any]] = {}
    for row in found:
        cards.setdefault(row.card or row.id, []).append(row)
    unsaid = [some for some in cards.values() if any(one.error == WAITS and one.mode != "edit" for one in some)][:most]
    chosen, outdated = [some[0].id for some in unsaid], [one.id for some in unsaid for one in some[1:]]
    store.connection.execute(update(outbox).where(outbox.c.id.in_(chosen)).values(mode="new"))
    gone = update(outbox).where(outbox.c.id.in_(outdated))
    store.connection.execute(gone.values(state="dropped", error="superseded"))
    return chosen
