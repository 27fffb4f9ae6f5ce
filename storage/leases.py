"""What only one process may do at a time: a row with its owner and the time until which it is his."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, or_, select, update

from storage.tables import leases
from storage.upsert import upsert


class Leases:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def hold(self, name: str, owner: str, now: datetime, until: datetime) -> Literal["kept", "taken"] | None:
        """Take or prolong a lease. "taken" where it was somebody else's (or nobody's) before; None where it is
        somebody else's still. `now` is real time, on clocks that agree."""
        if self.prolong(name, owner, until):
            return "kept"
        statement = upsert(self._c, leases).values(name=name, owner=owner, until=until)
        taken = self._c.execute(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"owner": statement.excluded.owner, "until": statement.excluded.until},
                where=or_(leases.c.until <= now, leases.c.owner == owner),
            ).returning(leases.c.owner)
        ).first()
        return "taken" if taken is not None else None

    def prolong(self, name: str, owner: str, until: datetime) -> bool:
        """Whether it is still his, though its time may be over: nobody has taken it since."""
        mine = update(leases).where(leases.c.name == name, leases.c.owner == owner).values(until=until)
        return bool(self._c.execute(mine).rowcount)

    def release(self, name: str, owner: str) -> None:
        """Somebody else may have it at once."""
        self._c.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))

    def owner(self, name: str, now: datetime) -> str | None:
        """Whose it is now."""
        return self._c.execute(select(leases.c.owner).where(leases.c.name == name, leases.c.until > now)).scalar()
