"""What was done by whom, for whoever has to answer for it later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from storage.tables import audit_log


class Journal:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def audit(
        self,
        now: datetime,
        action: str,
        subject: str,
        *,
        person: int | None = None,
        account: int | None = None,
        district: int | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        self._c.execute(
            insert(audit_log).values(
                district_id=district,
                at=now,
                person_id=person,
                account_id=account,
                action=action,
                subject=subject,
                data=data or {},
            )
        )

    def audited(self, action: str, subject: str, since: datetime) -> int:
        """How often this was done since then."""
        counted = select(func.count()).where(
            audit_log.c.subject == subject, audit_log.c.action == action, audit_log.c.at > since
        )
        return int(self._c.execute(counted).scalar_one())
