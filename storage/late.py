"""Letters that could not be said because their reader had not written for too long: queued again when he has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from storage.letters import NOTHING_TO_EDIT, WAITS, Letter
from storage.mailroom import STUCK
from storage.prepared import Prepared
from storage.store import Store
from storage.tables import outbox
from storage.tables.columns import written

__all__ = ["NOTHING_TO_EDIT", "WAITS", "again_for", "waiting_for"]

# Asked for with every message to an account that only answers.
_LATE = Prepared(
    select(outbox.c.id, outbox.c.card, outbox.c.mode, outbox.c.error)
    .where(outbox.c.channel == bindparam("of"), outbox.c.chat == bindparam("room"))
    .where(STUCK, outbox.c.state == written("failed"), outbox.c.text.is_not(None))
    .where(or_(outbox.c.error == bindparam("waits"), outbox.c.error == bindparam("no_card")))
    .where(outbox.c.created_at > bindparam("since", type_=outbox.c.created_at.type))
    .order_by(outbox.c.id.desc())
)


def again_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> int:
    """Queue again what waits for this room: the latest, if written since then; the older stays as it is. How many."""
    ids = _waiting(store, channel, chat, since, most)
    return store.outbox.retry(ids) if ids else 0


def waiting_for(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[Letter]:
    """The same, to be said at once; the earliest first."""
    return store.outbox.letters(sorted(_waiting(store, channel, chat, since, most)))


def _waiting(store: Store, channel: str, chat: str, since: datetime, most: int) -> list[int]:
    """Of each card its newest wording, as something new; what only changed a card that is there is old news."""
    asked = {"of": channel, "room": chat, "since": since, "waits": WAITS, "no_card": NOTHING_TO_EDIT}
    cards: dict[str | int, list[Any]] = {}
    for row in _LATE.all(store.connection, asked):
        cards.setdefault(row.card or row.id, []).append(row)
    unsaid = [some for some in cards.values() if any(one.error == WAITS and one.mode != "edit" for one in some)][:most]
    chosen, outdated = [some[0].id for some in unsaid], [one.id for some in unsaid for one in some[1:]]
    store.connection.execute(update(outbox).where(outbox.c.id.in_(chosen)).values(mode="new"))
    gone = update(outbox).where(outbox.c.id.in_(outdated))
    store.connection.execute(gone.values(state="dropped", error="superseded"))
    return chosen
