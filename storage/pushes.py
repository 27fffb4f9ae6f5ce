"""How many unasked, non-urgent messages a person was sent on a day, and when a line was last said. The outbox knows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from storage.prepared import Prepared
from storage.tables import outbox


def push_key(person: int, day: date, about: str) -> str:
    """The `once` key of a push that counts towards the day's number."""
    return f"push:{person}:{day.isoformat()}:{about}"


# From a prefix to the next after all that begin with it: the keys have their order by bytes, and an index finds them.
_ON = Prepared(
    select(func.count())
    .select_from(outbox)
    .where(
        or_(
            and_(outbox.c.once >= bindparam("first"), outbox.c.once < bindparam("after")),
            outbox.c.once == bindparam("morning"),
        )
    )
)


class Pushes:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def on(self, person: int, day: date) -> int:
        """Pushes and the morning list of that day."""
        prefix = push_key(person, day, "")
        after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        morning = f"morning:{person}:{day.isoformat()}"
        return int(_ON.scalar(self._c, {"first": prefix, "after": after, "morning": morning}) or 0)

    def last(self, card: str) -> datetime | None:
        """When anything was last said under this key."""
        at: datetime | None = self._c.execute(
            select(func.max(outbox.c.created_at)).where(outbox.c.card == card)
        ).scalar_one()
        return at
