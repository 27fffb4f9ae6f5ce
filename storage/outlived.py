"""That something has passed through, long after: deliveries, letters, and where their cards stand. Deleted a portion at
a time, so that the writer is let go in between."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, select

from storage.received import HANDLED
from storage.tables import cards, inbox, outbox

_WAITING = ("queued", "inflight")


class Old(NamedTuple):
    """A letter, the card that it was of, and whether it still waits."""

    id: int
    card: str | None
    waits: bool


class Outlived:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def deliveries(self, before: datetime, limit: int) -> int:
        """Delete what was received before then and no longer waits: should a platform hand it over again, it would be
        new. How many."""
        ids: list[int] = []
        for state in HANDLED:  # one after the other, so that each is found by the index
            old = select(inbox.c.id).where(inbox.c.state == state, inbox.c.received_at < before)
            ids += self._c.execute(old.order_by(inbox.c.received_at).limit(limit - len(ids))).scalars()
        self._c.execute(delete(inbox).where(inbox.c.id.in_(ids)))
        return len(ids)

    def letters(self, before: datetime, behind: int, limit: int) -> list[Old]:
        """The next letters behind that row, as far as they were written before then."""
        columns = (outbox.c.id, outbox.c.card, outbox.c.state, outbox.c.created_at)
        rows = self._c.execute(select(*columns).where(outbox.c.id > behind).order_by(outbox.c.id).limit(limit)).all()
        old = takewhile(lambda row: row.created_at < before, rows)
        return [Old(row.id, row.card, row.state in _WAITING) for row in old]

    def delete_letters(self, letters: Collection[Old]) -> None:
        """And of a card the last of whose letters is gone, where it stands: who answers to it there has only talked."""
        self._c.execute(delete(outbox).where(outbox.c.id.in_([one.id for one in letters])))
        said_since = exists(select(outbox.c.id).where(outbox.c.card == cards.c.card))
        keys = {one.card for one in letters if one.card is not None}
        self._c.execute(delete(cards).where(cards.c.card.in_(keys), ~said_since))
