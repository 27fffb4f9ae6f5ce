"""What the auditor asks the tables: which alarms there are, which are late, what was not sent or not handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, and_, func, or_, select

from storage.letters import WAITS
from storage.mailroom import STUCK
from storage.tables import alarms, inbox, outbox
from storage.tables.columns import written


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def alarmed(self, district: int, kinds: Sequence[str]) -> set[tuple[str, int]]:
        """Kind and subject of every alarm of these kinds in a district."""
        rows = self._c.execute(
            select(alarms.c.kind, alarms.c.subject).where(alarms.c.district_id == district, alarms.c.kind.in_(kinds))
        )
        return {(row.kind, row.subject) for row in rows}

    def late(self, district: int, before: datetime, failures: int) -> int:
        """Alarms that should have rung before then, or that failed so often."""
        return self._count(
            select(func.count())
            .select_from(alarms)
            .where(alarms.c.district_id == district, or_(alarms.c.due < before, alarms.c.failures >= failures))
        )

    def unsent(self, district: int, since: datetime, before: datetime, attempts: int) -> int:
        """Letters written since then that were given up, are tried again and again, or wait since `before`. A card that
        stands and cannot be changed where nobody has written for too long keeps nothing from anybody."""
        which = (
            outbox.c.district_id == district,
            outbox.c.created_at >= since,
            or_(outbox.c.mode != "edit", func.coalesce(outbox.c.error, "") != WAITS),
        )
        waits = and_(
            outbox.c.state == written("queued"), or_(outbox.c.attempts >= attempts, outbox.c.not_before < before)
        )
        # One by one, so that each finds its index.
        counts = (select(func.count()).select_from(outbox).where(one, *which) for one in (STUCK, waits))
        return sum(self._count(one) for one in counts)

    def unread(self, since: datetime) -> int:
        """What came in since then and could not be handled, in whichever district: it was never understood."""
        return self._count(
            select(func.count()).select_from(inbox).where(inbox.c.state == "failed", inbox.c.received_at >= since)
        )

    def _count(self, statement: Select[int]) -> int:
        return self._c.execute(statement).scalar_one()
