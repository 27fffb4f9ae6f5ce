"""Who may speak for whom: a daughter's account for her mother. The account stays her own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.memory import once
from storage.prepared import Prepared
from storage.tables import kin
from storage.upsert import insert_for

_FOR_EACH = Prepared(
    select(kin.c.person_id, kin.c.account_id)
    .where(kin.c.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(kin.c.id),
    "persons",
)


class Kin:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def of_account(self, account: int) -> tuple[int, ...]:
        """Ids of the people for whom this account may speak, the earliest first."""

        def load() -> tuple[int, ...]:
            rows = self._c.execute(select(kin.c.person_id).where(kin.c.account_id == account).order_by(kin.c.id))
            return tuple(rows.scalars())

        return once(self._c, ("kin of", account), (kin,), load)

    def accounts_for(self, person: int) -> tuple[int, ...]:
        """Ids of the accounts that may speak for this person, the earliest first."""

        def load() -> tuple[int, ...]:
            return self.accounts_for_each([person]).get(person, ())

        return once(self._c, ("kin for", person), (kin,), load)

    def accounts_for_each(self, people: Collection[int]) -> dict[int, tuple[int, ...]]:
        """As `accounts_for` for several at once; for whom nobody speaks he is left out."""
        found: dict[int, tuple[int, ...]] = {}
        for row in _FOR_EACH.all(self._c, {"persons": [*people]}):
            found[row.person_id] = (*found.get(row.person_id, ()), row.account_id)
        return found

    def add(self, account: int, person: int, now: datetime) -> None:
        """Once is enough: a second time changes nothing."""
        self._c.execute(
            insert_for(self._c.dialect.name, kin)
            .values(account_id=account, person_id=person, since=now)
            .on_conflict_do_nothing()
        )

    def remove(self, account: int, person: int) -> None:
        self._c.execute(delete(kin).where(kin.c.account_id == account, kin.c.person_id == person))
