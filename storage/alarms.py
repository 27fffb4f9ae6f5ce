"""Alarms: a row is the alert. `due` is an indexed column; one alarm for each kind and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, func, select, update

from storage.memory import know, once, once_each, recall
from storage.prepared import Prepared
from storage.tables import alarms
from storage.upsert import insert_for

_KINDS = Prepared(select(alarms.c.kind).where(alarms.c.subject == bindparam("of")))
_CLEAR = Prepared(
    delete(alarms).where(alarms.c.kind.in_(bindparam("kinds", expanding=True)), alarms.c.subject == bindparam("of")),
    "kinds",
)


@Prepared
def _SET(dialect: str) -> Executable:
    """Setting an alarm that is set already moves it."""
    statement = insert_for(dialect, alarms)
    moved = {name: statement.excluded[name] for name in ("district_id", "due", "data", "failures")}
    return statement.on_conflict_do_update(index_elements=["kind", "subject"], set_=moved)


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
        values = {
            "kind": kind,
            "subject": subject,
            "district_id": district,
            "due": due,
            "data": data or {},
            "failures": 0,
        }
        known: frozenset[str] | None = recall(self._c, ("alarms of", subject), (alarms,), ("alarms of", subject))
        _SET.later(self._c, values, (("alarms of", subject),), one_of=("kind", "subject"))
        if known is not None:
            self._know(subject, known | {kind})

    def clear(self, kinds: Sequence[str], subject: int) -> None:
        """Where none is set nothing is written."""
        known = self._kinds(subject)
        if not known.isdisjoint(kinds):
            _CLEAR.write(self._c, {"kinds": list(kinds), "of": subject}, (("alarms of", subject),))
            self._know(subject, known.difference(kinds))

    def _kinds(self, subject: int) -> frozenset[str]:
        def load() -> frozenset[str]:
            return frozenset(_KINDS.scalars(self._c, {"of": subject}))

        return once(self._c, ("alarms of", subject), (alarms,), load, ("alarms of", subject))

    def _know(self, subject: int, kinds: frozenset[str]) -> None:
        know(self._c, ("alarms of", subject), kinds, (alarms,))

    def due(self, now: datetime, limit: int, lane: int | None = None) -> list[Alarm]:
        """What is due, the earliest first; of one district if a lane is given (0: of none). On a server the rows are
        ours until the transaction ends, and what another clock holds is passed over."""
        statement = select(alarms).where(alarms.c.due <= now).order_by(alarms.c.due, alarms.c.id).limit(limit)
        if lane is not None:
            statement = statement.where(func.coalesce(alarms.c.district_id, 0) == lane)
        if self._c.dialect.name == "postgresql":
            statement = statement.with_for_update(skip_locked=True)
        rows = self._c.execute(statement)
        return [
            Alarm(row.id, row.district_id, row.kind, row.subject, row.due, dict(row.data), row.failures) for row in rows
        ]

    def lanes(self, now: datetime) -> list[int]:
        """Districts where something is due (0: what belongs to none), the one that waits longest first."""
        lane = func.coalesce(alarms.c.district_id, 0)
        return list(
            self._c.execute(
                select(lane).where(alarms.c.due <= now).group_by(lane).order_by(func.min(alarms.c.due))
            ).scalars()
        )

    def next_due(self) -> datetime | None:
        """When the earliest alarm is due: the virtual clock goes from one to the next."""
        # min() over the typed column keeps the UTC conversion.
        return self._c.execute(select(func.min(alarms.c.due, type_=alarms.c.due.type))).scalar()

    def move(self, moved: Sequence[Alarm], to: datetime) -> None:
        """All of these to one moment."""
        if moved:
            of = [alarm.id for alarm in moved]
            self._c.execute(update(alarms).where(alarms.c.id.in_(of)).values(due=to, data={}, failures=0))

    def settle_each(self, acted: Sequence[Alarm]) -> None:
        """As `settle`, for those of one moment."""
        of, due = [alarm.id for alarm in acted], {alarm.due for alarm in acted}
        self._c.execute(delete(alarms).where(alarms.c.id.in_(of), alarms.c.due.in_(due)))

    def settle(self, alarm: Alarm) -> None:
        """Take away an alarm that was acted upon, unless acting set it anew."""
        self._c.execute(delete(alarms).where(alarms.c.id == alarm.id, alarms.c.due == alarm.due))

    def postpone(self, alarm: Alarm, until: datetime) -> None:
        """After a failure: later again, counted."""
        self._c.execute(update(alarms).where(alarms.c.id == alarm.id).values(due=until, failures=alarms.c.failures + 1))

    def data(self, kind: str, subject: int) -> dict[str, Any] | None:
        """What the alarm of this kind carries; None where none is set."""
        found = self.data_of(kind, [subject])[0]
        return dict(found) if found is not None else None

    def data_of(self, kind: str, subjects: Sequence[int]) -> list[dict[str, Any] | None]:
        """As `data` for several at once."""

        def load(of: Sequence[int]) -> dict[int, dict[str, Any] | None]:
            rows = self._c.execute(
                select(alarms.c.subject, alarms.c.data).where(alarms.c.kind == kind, alarms.c.subject.in_(of))
            )
            return dict.fromkeys(of) | {row.subject: row.data for row in rows}

        return once_each(self._c, f"data of {kind}", subjects, (alarms,), load, "alarms of")

    def exists(self, kind: str, subject: int) -> bool:
        return kind in self._kinds(subject)
