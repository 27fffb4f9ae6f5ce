"""The inbox: every delivery, kept before it is understood. States: new → done | failed | dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from domain.messages import Raw
from storage.cipher import Cipher
from storage.tables import groups, inbox
from storage.upsert import upsert

BODY = "inbox.body"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row to be handled."""

    id: int
    lane: int
    attempts: int
    raw: Raw


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as `minqing inbox list` shows it."""

    id: int
    channel: str
    chat: str
    state: str
    attempts: int
    reference: str | None
    error: str | None
    received_at: datetime


class Inbox:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def receive(self, raws: Sequence[Raw]) -> int:
        """Keep deliveries; those whose key is known are passed over. Returns how many were new."""
        if not raws:
            return 0
        lanes = self._lanes({(raw.channel, raw.chat) for raw in raws})
        rows = [
            {
                "channel": raw.channel,
                "key": raw.key,
                "chat": raw.chat,
                "lane": lanes.get((raw.channel, raw.chat), 0),
                "body": self._cipher.seal(raw.body, BODY),
                "received_at": raw.received_at,
                "state": "new",
                "attempts": 0,
            }
            for raw in raws
        ]
        statement = upsert(self._c, inbox).on_conflict_do_nothing(index_elements=["channel", "key"])
        return sum(max(self._c.execute(statement, row).rowcount, 0) for row in rows)

    def _lanes(self, chats: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
        lanes: dict[tuple[str, str], int] = {}
        for channel, chat in chats:
            found = self._c.execute(
                select(func.coalesce(groups.c.community_id, groups.c.district_id)).where(
                    groups.c.channel == channel, groups.c.chat == chat
                )
            ).scalar()
            if found is not None:
                lanes[channel, chat] = int(found)
        return lanes

    def waiting(self, limit: int) -> list[Waiting]:
        """The oldest waiting row and those of the same lane after it, in order, at most `limit`."""
        head = self._c.execute(
            select(inbox.c.id, inbox.c.lane).where(inbox.c.state == "new").order_by(inbox.c.id).limit(1)
        ).first()
        if head is None:
            return []
        rows = self._c.execute(
            select(inbox)
            .where(and_(inbox.c.state == "new", inbox.c.lane == head.lane))
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return [self._waiting(row) for row in rows]

    def _waiting(self, row: Any) -> Waiting:
        body = self._cipher.open_bytes(row.body, BODY)
        return Waiting(row.id, row.lane, row.attempts, Raw(row.channel, row.key, row.chat, body, row.received_at))

    def left_new(self) -> list[int]:
        """Ids of rows that were waiting when the process began: it may have died over one of them."""
        return list(self._c.execute(select(inbox.c.id).where(inbox.c.state == "new").order_by(inbox.c.id)).scalars())

    def begin_attempt(self, row_id: int) -> Waiting | None:
        """Count an attempt (to be committed before the work is tried); None if it is no longer waiting."""
        changed = self._c.execute(
            update(inbox)
            .where(inbox.c.id == row_id, inbox.c.state == "new")
            .values(attempts=inbox.c.attempts + 1)
            .returning(inbox)
        ).first()
        return self._waiting(changed) if changed is not None else None

    def done(self, row_ids: Sequence[int], now: datetime) -> None:
        self._c.execute(update(inbox).where(inbox.c.id.in_(row_ids)).values(state="done", handled_at=now))

    def failed(self, row_id: int, now: datetime, reference: str, error: str) -> None:
        """Set aside: it is not tried again by itself."""
        self._c.execute(
            update(inbox)
            .where(inbox.c.id == row_id)
            .values(state="failed", handled_at=now, reference=reference, error=error[:2000])
        )

    def kept(self, states: Sequence[str], limit: int) -> list[Kept]:
        columns = [inbox.c[name] for name in Kept.__slots__]
        rows = self._c.execute(
            select(*columns).where(inbox.c.state.in_(states)).order_by(inbox.c.id.desc()).limit(limit)
        )
        return [Kept(*row) for row in rows]

    def retry(self, row_ids: Sequence[int] | None) -> int:
        """Put failed rows (all of them if None) back in line."""
        statement = update(inbox).where(inbox.c.state == "failed", inbox.c.body.is_not(None))
        if row_ids is not None:
            statement = statement.where(inbox.c.id.in_(row_ids))
        return self._c.execute(statement.values(state="new", attempts=0, reference=None, error=None)).rowcount

    def forget_bodies(self, before: datetime) -> int:
        """Wipe what was received before then; the keys stay, so that a late redelivery is still known."""
        return self._c.execute(
            update(inbox)
            .where(inbox.c.state == "done", inbox.c.received_at < before, inbox.c.body.is_not(None))
            .values(body=None)
        ).rowcount

    def counts(self) -> dict[str, int]:
        rows = self._c.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
        return {row.state: row[1] for row in rows}
