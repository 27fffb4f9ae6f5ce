"""What the office sees of the inbox, and may do with it by hand; and how its bodies are forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from storage.prepared import Prepared
from storage.tables import inbox
from storage.tables.columns import written

# All states but `new`.
HANDLED = ("done", "failed", "dropped")
_UNFINISHED = Prepared(
    select(inbox.c.state, func.count().label("count"))
    .where(inbox.c.state.in_([written("new"), written("failed")]))
    .group_by(inbox.c.state)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as `minqing inbox list` shows it."""

    id: int
    channel: str
    chat: str
    state: str
    attempts: int
    reference: str | None
    error: str | None
    received_at: datetime


class Received:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def kept(self, states: Sequence[str], limit: int) -> list[Kept]:
        columns = [inbox.c[name] for name in Kept.__slots__]
        rows = self._c.execute(
            select(*columns).where(inbox.c.state.in_(states)).order_by(inbox.c.id.desc()).limit(limit)
        )
        return [Kept(*row) for row in rows]

    def retry(self, row_ids: Sequence[int] | None) -> int:
        """Put failed rows (all of them if None) back in line."""
        statement = update(inbox).where(inbox.c.state == "failed", inbox.c.body.is_not(None))
        if row_ids is not None:
            statement = statement.where(inbox.c.id.in_(row_ids))
        return self._c.execute(statement.values(state="new", attempts=0, reference=None, error=None)).rowcount

    def forget_bodies(self, before: datetime, since: datetime | None = None) -> tuple[int, datetime]:
        """Wipe what was received (since some moment) before then and no longer waits, with what an error quotes of it;
        the keys stay, so that a late redelivery is still known. What failed and was not mended by then is lost.
        Returns how many, and since when to look the next time."""
        old = and_(inbox.c.received_at < before, *([inbox.c.received_at >= since] if since is not None else []))
        count = self._c.execute(
            update(inbox)
            .where(inbox.c.state.in_(HANDLED), old, inbox.c.body.is_not(None))
            .values(body=None, error=None)
        ).rowcount
        oldest = select(func.min(inbox.c.received_at, type_=inbox.c.received_at.type))
        waits: datetime | None = self._c.execute(oldest.where(inbox.c.state == written("new"))).scalar()
        return count, min(before, waits or before)

    def unfinished(self) -> dict[str, int]:
        """How many wait or failed; of those that are done there are ever more."""
        return {"new": 0, "failed": 0} | {row.state: row.count for row in _UNFINISHED.all(self._c, {})}

    def counts(self) -> dict[str, int]:
        rows = self._c.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
        return {row.state: row[1] for row in rows}
