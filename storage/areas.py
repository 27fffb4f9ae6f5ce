"""Areas with the groups bound to them, departments, and the counter of ticket numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Executable, insert, select

from storage.groups import Groups
from storage.memory import know, recall
from storage.prepared import Prepared
from storage.tables import counters, departments
from storage.tree import Seat
from storage.upsert import insert_for

__all__ = ["Areas", "Department", "Seat"]


@dataclass(frozen=True, slots=True)
class Department:
    """Where matters can be handed to. `aliases` are what people call it, `categories` what it takes."""

    id: int
    district: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    categories: tuple[str, ...]


class Areas(Groups):
    def add_department(
        self, district: int, name: str, kind: str, aliases: Sequence[str] = (), categories: Sequence[str] = ()
    ) -> int:
        return int(
            self._c.execute(
                insert(departments)
                .values(district_id=district, name=name, kind=kind, aliases=list(aliases), categories=list(categories))
                .returning(departments.c.id)
            ).scalar_one()
        )

    def departments(self, district: int) -> list[Department]:
        rows = self._c.execute(
            select(departments)
            .where(departments.c.district_id == district, departments.c.active)
            .order_by(departments.c.id)
        )
        return [
            Department(row.id, row.district_id, row.name, row.kind, tuple(row.aliases), tuple(row.categories))
            for row in rows
        ]

    def next_number(self, district: int, label: str) -> int:
        """The next number of a label: 1, 2, 3 … without gaps as long as nothing is rolled back."""
        key, subject = ("last number", district, label), ("numbers of", label)
        last: int | None = recall(self._c, key, (counters,), subject)
        values = {"district_id": district, "label": label, "last": (last or 0) + 1}
        if last is None:
            ((number,),) = _NEXT_NUMBER.write(self._c, values, (subject,))
        else:
            # Since it was counted up in this transaction nobody else can.
            number = values["last"]
            _LAST_NUMBER.later(self._c, values, (subject,), one_of=("district_id", "label"))
        know(self._c, key, int(number), (counters,))
        return int(number)


@Prepared
def _NEXT_NUMBER(dialect: str) -> Executable:
    statement = insert_for(dialect, counters).on_conflict_do_update(
        index_elements=["district_id", "label"], set_={"last": counters.c.last + 1}
    )
    return statement.returning(counters.c.last)


@Prepared
def _LAST_NUMBER(dialect: str) -> Executable:
    statement = insert_for(dialect, counters)
    return statement.on_conflict_do_update(
        index_elements=["district_id", "label"], set_={"last": statement.excluded.last}
    )
