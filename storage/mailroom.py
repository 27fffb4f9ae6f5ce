"""What the office sees of the outbox, and may do with it by hand; and how its words are forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, not_, or_, select, union_all, update

from storage.letters import NOTHING_TO_EDIT, WAITS, Listed
from storage.prepared import Prepared
from storage.tables import outbox
from storage.tables.columns import written

_WAITING = ("queued", "inflight")
# As the index ix_outbox_stuck has it: a question finds it only where it says the same.
STUCK = outbox.c.state.in_([written("failed"), written("unknown")])
_UNFINISHED = Prepared(
    union_all(
        *(
            select(written(state).label("state"), func.count().label("count"))
            .select_from(outbox)
            .where(outbox.c.state == written(state), *([] if state in _WAITING else [STUCK]))
            for state in (*_WAITING, "failed", "unknown")
        )
    )
)

_HERE = select(outbox.c.id).where(outbox.c.channel == bindparam("in"), outbox.c.chat == bindparam("room"))
_DUE_NOW = outbox.c.not_before <= bindparam("now", type_=outbox.c.not_before.type)
# Each over the rows of one state: for both at once every letter ever sent would be read.
_DUE_IN = Prepared(
    union_all(
        _HERE.where(outbox.c.state == written("inflight")), _HERE.where(outbox.c.state == written("queued"), _DUE_NOW)
    ).limit(1)
)


class Mailroom:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def next_due(self) -> datetime | None:
        """When the earliest queued letter may go (office clock)."""
        return self._c.execute(
            select(func.min(outbox.c.not_before, type_=outbox.c.not_before.type)).where(
                outbox.c.state == written("queued")
            )
        ).scalar()

    def is_due_in(self, channel: str, chat: str, now: datetime) -> bool:
        """Whether something is to go into this room now, or on its way there."""
        return _DUE_IN.first(self._c, {"in": channel, "room": chat, "now": now}) is not None

    def due_count(self, now: datetime) -> int:
        """How many letters could go now (or are on their way)."""
        return int(
            self._c.execute(
                select(func.count()).where(
                    or_(
                        and_(outbox.c.state == written("queued"), outbox.c.not_before <= now),
                        outbox.c.state == written("inflight"),
                    )
                )
            ).scalar_one()
        )

    def listed(self, states: Sequence[str], limit: int) -> list[Listed]:
        columns = [outbox.c[name] for name in Listed.__slots__]
        rows = self._c.execute(
            select(*columns).where(outbox.c.state.in_(states)).order_by(outbox.c.id.desc()).limit(limit)
        )
        return [Listed(*row) for row in rows]

    def retry(self, ids: Sequence[int] | None) -> int:
        """Queue failed and unknown letters (all if None) again, but for those whose words are forgotten."""
        statement = update(outbox).where(STUCK, outbox.c.text.is_not(None))
        if ids is not None:
            statement = statement.where(outbox.c.id.in_(ids))
        return self._c.execute(statement.values(state="queued", attempts=0, lease_until=None, error=None)).rowcount

    def drop(self, ids: Sequence[int]) -> int:
        """Never send these."""
        return self._c.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.state.in_(("queued", "failed", "unknown")))
            .values(state="dropped")
        ).rowcount

    def forget(self, before: datetime, waited: datetime, behind: int, limit: int) -> tuple[int, int]:
        """Wipe the words of letters written before then that wait no longer; the rows stay, since cards stand where
        they say. What its reader must write for is kept if written since `waited`. Looks at what lies `behind` a row.
        Returns how many, and behind which row to look the next time."""
        said_late = and_(
            outbox.c.state == "failed", outbox.c.error.in_((WAITS, NOTHING_TO_EDIT)), outbox.c.created_at >= waited
        )
        waits = or_(outbox.c.state.in_(_WAITING), said_late)
        old = select(outbox.c.id).where(
            outbox.c.id > behind, outbox.c.created_at < before, not_(waits), outbox.c.text.is_not(None)
        )
        ids = list(self._c.execute(old.order_by(outbox.c.id).limit(limit)).scalars())
        self._c.execute(update(outbox).where(outbox.c.id.in_(ids)).values(text=None, offers=None, media=[]))
        last = ids[-1] if ids else behind
        passed_over = select(func.min(outbox.c.id)).where(outbox.c.id > behind, outbox.c.id < last, waits)
        first = self._c.execute(passed_over).scalar()
        return len(ids), last if first is None else first - 1

    def unfinished(self) -> dict[str, int]:
        """How many are in each state but sent and dropped, of which there are ever more."""
        return {row.state: row.count for row in _UNFINISHED.all(self._c, {})}

    def counts(self) -> dict[str, int]:
        rows = self._c.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
        return {row.state: row[1] for row in rows}
