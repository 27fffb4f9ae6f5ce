"""Leaves: who is away from when to when, and who was told that he stands in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from domain.leaves import Leave
from storage.memory import once, once_each
from storage.prepared import Prepared
from storage.tables import leaves, people

_FIELDS = [leaves.c[name] for name in ("id", "person_id", "first_on", "last_on", "half", "deputy_id", "listed_on")]
_LEAVES = select(*_FIELDS).order_by(leaves.c.first_on, leaves.c.id)
_OF = Prepared(
    _LEAVES.where(
        leaves.c.person_id.in_(bindparam("persons", expanding=True)),
        leaves.c.last_on >= bindparam("day", type_=leaves.c.last_on.type),
    ),
    "persons",
)


class Leaves:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def of(self, person: int, day: date) -> tuple[Leave, ...]:
        """His leaves that are not over on that day, those to come included, the earliest first."""
        return self.of_each([person], day).get(person, ())

    def of_each(self, persons: Collection[int], day: date) -> dict[int, tuple[Leave, ...]]:
        """As `of` for several at once; who has none is left out."""

        def load(missing: Sequence[int]) -> dict[int, tuple[Leave, ...]]:
            found: dict[int, tuple[Leave, ...]] = dict.fromkeys(missing, ())
            for row in _OF.all(self._c, {"persons": missing, "day": day}):
                found[row.person_id] += (_leave(row),)
            return found

        ids = list(dict.fromkeys(persons))
        each = once_each(self._c, f"leaves from {day}", ids, (leaves,), load, "leaves of")
        return {one: his for one, his in zip(ids, each, strict=True) if his}

    def find(self, leave_id: int) -> Leave | None:
        """None where it was taken back."""
        row = self._c.execute(_LEAVES.where(leaves.c.id == leave_id)).first()
        return _leave(row) if row is not None else None

    def in_district(self, district: int, day: date) -> list[Leave]:
        """Those that are not over on that day, of everybody who is still with us."""
        ours = _LEAVES.join(people, people.c.id == leaves.c.person_id).where(
            leaves.c.district_id == district, leaves.c.last_on >= day, people.c.active
        )
        return [_leave(row) for row in self._c.execute(ours)]

    def of_deputy(self, deputy: int, day: date) -> tuple[Leave, ...]:
        """Those whose list of that day he was given."""

        def load() -> tuple[Leave, ...]:
            given = leaves.c.deputy_id == deputy, leaves.c.listed_on == day, leaves.c.last_on >= day
            return tuple(_leave(row) for row in self._c.execute(_LEAVES.where(*given)))

        return once(self._c, ("stands in", deputy, day), (leaves,), load)

    def keep(self, leave: Leave, district: int) -> Leave:
        """Write it down, or what has changed of it."""
        days = {"first_on": leave.first, "last_on": leave.last, "half": leave.half}
        values: dict[str, Any] = {**days, "deputy_id": leave.deputy, "listed_on": leave.listed}
        if leave.id:
            changed = update(leaves).where(leaves.c.id == leave.id).values(**values)
            return _leave(self._c.execute(changed.returning(*_FIELDS)).one())
        added = insert(leaves).values(person_id=leave.person, district_id=district, **values)
        return _leave(self._c.execute(added.returning(*_FIELDS)).one())

    def told(self, leave: Leave, deputy: int, listed: date | None) -> None:
        """Who stands in, and the last day whose list he was given."""
        values = {"deputy_id": deputy, "listed_on": listed}
        self._c.execute(update(leaves).where(leaves.c.id == leave.id).values(**values))

    def take_back(self, leave: Leave) -> None:
        self._c.execute(delete(leaves).where(leaves.c.id == leave.id))


def _leave(row: Any) -> Leave:
    return Leave(row.id, row.person_id, row.first_on, row.last_on, row.half, row.deputy_id, row.listed_on)
