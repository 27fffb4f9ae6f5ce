"""Alarms: a row is the alert. `due` is an indexed column; one alarm for each kind and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, Select, bindparam, delete, func, select, update

from storage.memory import know, once, recall
from storage.prepared import Prepared
from storage.tables import alarms
from storage.upsert import insert_for

_KINDS = Prepared(select(alarms.c.kind).where(alarms.c.subject == bindparam("of")))
_CLEAR = Prepared(
    delete(alarms).where(alarms.c.kind.in_(bindparam("kinds", expanding=True)), alarms.c.subject == bindparam("of")),
    "kinds",
)


_FIELDS = ("id", "district_id", "kind", "subject", "due", "data", "failures")
_lane = func.coalesce(alarms.c.district_id, 0)
_BY_DUE = (
    select(*(alarms.c[name] for name in _FIELDS))
    .where(alarms.c.due <= bindparam("now"))
    .order_by(alarms.c.due, alarms.c.id)
    .limit(bindparam("most"))
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_MOVE = Prepared(
    update(alarms).where(alarms.c.id.in_(_IDS)).values(due=bindparam("to"), data={}, failures=0),
    "ids",
)
_SETTLE_EACH = Prepared(
    delete(alarms).where(alarms.c.id.in_(_IDS), alarms.c.due.in_(bindparam("moments", expanding=True))),
    "ids",
    "moments",
)
_DATA_OF = Prepared(
    select(alarms.c.subject, alarms.c.data).where(
        alarms.c.kind == bindparam("of"), alarms.c.subject.in_(bindparam("subjects", expanding=True))
    ),
    "subjects",
)


def _ours(statement: Select[Any], dialect: str) -> Select[Any]:
    """On a server the rows are ours until the transaction ends, and what another clock holds is passed over."""
    return statement.with_for_update(skip_locked=True) if dialect == "postgresql" else statement


@Prepared
def _DUE(dialect: str) -> Executable:
    return _ours(_BY_DUE, dialect)


@Prepared
def _DUE_IN(dialect: str) -> Executable:
    return _ours(_BY_DUE.where(_lane == bindparam("lane")), dialect)


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
        """What is due, the earliest first; of one district if a lane is given (0: of none)."""
        values = {"now": now, "most": limit}
        due = _DUE.all(self._c, values) if lane is None else _DUE_IN.all(self._c, values | {"lane": lane})
        return [Alarm(*row) for row in due]

    def lanes(self, now: datetime) -> list[int]:
        """Districts where something is due (0: what belongs to none), the one that waits longest first."""
        return list(
            self._c.execute(
                select(_lane).where(alarms.c.due <= now).group_by(_lane).order_by(func.min(alarms.c.due))
            ).scalars()
        )

    def next_due(self) -> datetime | None:
        """When the earliest alarm is due: the virtual clock goes from one to the next."""
        # min() over the typed column keeps the UTC conversion.
        return self._c.execute(select(func.min(alarms.c.due, type_=alarms.c.due.type))).scalar()

    def move(self, moved: Sequence[Alarm], to: datetime) -> None:
        """All of these to one moment."""
        if moved:
            _MOVE.write(self._c, {"ids": [alarm.id for alarm in moved], "to": to})

    def settle_each(self, acted: Sequence[Alarm]) -> None:
        """As `settle`, for those of one moment."""
        if not acted:
            return
        moments = {alarm.due for alarm in acted}
        _SETTLE_EACH.write(self._c, {"ids": [alarm.id for alarm in acted], "moments": list(moments)})

    def settle(self, alarm: Alarm) -> None:
        """Take away an alarm that was acted upon, unless acting set it anew."""
        self._c.execute(delete(alarms).where(alarms.c.id == alarm.id, alarms.c.due == alarm.due))

    def postpone(self, alarm: Alarm, until: datetime) -> None:
        """After a failure: later again, counted."""
        self._c.execute(update(alarms).where(alarms.c.id == alarm.id).values(due=until, failures=alarms.c.failures + 1))

    def data(self, kind: str, subject: int) -> dict[str, Any] | None:
        """What the alarm of this kind carries; None where none is set."""
        return self.data_of(kind, [subject]).get(subject)

    def data_of(self, kind: str, subjects: Sequence[int]) -> dict[int, dict[str, Any]]:
        """As `data` for several at once; without those for whom none is set."""
        rows = _DATA_OF.all(self._c, {"of": kind, "subjects": subjects})
        return {row.subject: row.data for row in rows}

    def exists(self, kind: str, subject: int) -> bool:
        return kind in self._kinds(subject)
