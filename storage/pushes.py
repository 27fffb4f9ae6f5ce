"""How many unasked, non-urgent messages a person was sent on a day, and when a line was last said. The outbox knows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, or_, select

from storage.tables import outbox


def push_key(person: int, day: date, about: str) -> str:
    """The `once` key of a push that counts towards the day's number."""
    return f"push:{person}:{day.isoformat()}:{about}"


class Pushes:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def on(self, person: int, day: date) -> int:
        """Pushes and the morning list of that day."""
        prefix = push_key(person, day, "")
        morning = f"morning:{person}:{day.isoformat()}"
        counted = or_(outbox.c.once.startswith(prefix, autoescape=True), outbox.c.once == morning)
        return self._c.execute(select(func.count()).select_from(outbox).where(counted)).scalar_one()

    def last(self, card: str) -> datetime | None:
        """When anything was last said under this key."""
        at: datetime | None = self._c.execute(
            select(func.max(outbox.c.created_at)).where(outbox.c.card == card)
        ).scalar_one()
        return at
