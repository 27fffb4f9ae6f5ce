"""Alarms: a row is the alert. `due` is an indexed column; one alarm for each kind and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from storage.tables import alarms
from storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is due: `kind` names the file in handlers/timed, `subject` a ticket, person or area."""

    id: int
    district: int | None
    kind: str
    subject: int
    due: datetime
    data: dict[str, Any]
    failures: int


class Alarms:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def set(
        self, kind: str, subject: int, due: datetime, *, district: int | None, data: dict[str, Any] | None = None
    ) -> None:
        """Set or move the one alarm of this kind for this subject."""
        values = {"district_id": district, "due": due, "data": data or {}, "failures": 0}
        self._c.execute(
            upsert(self._c, alarms)
            .values(kind=kind, subject=subject, **values)
            .on_conflict_do_update(index_elements=["kind", "subject"], set_=values)
        )

    def clear(self, kinds: Sequence[str], subject: int) -> None:
        self._c.execute(delete(alarms).where(alarms.c.kind.in_(kinds), alarms.c.subject == subject))

    def due(self, now: datetime, limit: int) -> list[Alarm]:
        rows = self._c.execute(
            select(alarms).where(alarms.c.due <= now).order_by(alarms.c.due, alarms.c.id).limit(limit)
        )
        return [
            Alarm(row.id, row.district_id, row.kind, row.subject, row.due, dict(row.data), row.failures) for row in rows
        ]

    def next_due(self) -> datetime | None:
        """When the earliest alarm is due: the virtual clock goes from one to the next."""
        # min() over the typed column keeps the UTC conversion.
        return self._c.execute(select(func.min(alarms.c.due, type_=alarms.c.due.type))).scalar()

    def settle(self, alarm: Alarm) -> None:
        """Take away an alarm that was acted upon, unless acting set it anew."""
        self._c.execute(delete(alarms).where(alarms.c.id == alarm.id, alarms.c.due == alarm.due))

    def postpone(self, alarm: Alarm, until: datetime) -> None:
        """After a failure: later again, counted."""
        self._c.execute(update(alarms).where(alarms.c.id == alarm.id).values(due=until, failures=alarms.c.failures + 1))

    def exists(self, kind: str, subject: int) -> bool:
        return (
            self._c.execute(select(alarms.c.id).where(alarms.c.kind == kind, alarms.c.subject == subject)).first()
            is not None
        )
