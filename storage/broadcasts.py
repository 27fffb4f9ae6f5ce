"""Group sends that their owner must confirm in WeCom: what was asked for, by whom, and how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, func, insert, select, update

from storage.cipher import Cipher
from storage.tables import broadcasts, outbox

TEXT = "broadcasts.text"
# "refused": the platform did not take the task; "unknown": it did not say whether it did.
State: TypeAlias = Literal["waiting", "partly", "sent", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One task of one owner. `maker` and `owner` are accounts; `sent` of `groups` once he has confirmed."""

    id: int
    maker: int
    owner: int
    text: str
    state: State
    sent: int
    groups: int
    made_at: datetime


def key_of(broadcast: int) -> str:
    """Its card, and its key against a second one."""
    return f"broadcast:{broadcast}"


class Broadcasts:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def add(self, district: int, area: int, maker: int, owner: int, text: str, now: datetime) -> int:
        made = self._c.execute(
            insert(broadcasts)
            .values(
                district_id=district,
                area_id=area,
                account_id=maker,
                owner_id=owner,
                text=self._cipher.seal(text, TEXT),
                state="waiting",
                sent=0,
                groups=0,
                made_at=now,
            )
            .returning(broadcasts.c.id)
        )
        return int(made.scalar_one())

    def get(self, broadcast: int) -> Broadcast | None:
        row = self._c.execute(select(broadcasts).where(broadcasts.c.id == broadcast)).first()
        return self._of(row) if row is not None else None

    def latest(self, areas: Sequence[int], limit: int) -> list[Broadcast]:
        """Of these areas, the newest first; one that the platform refused says so."""
        rows = self._c.execute(
            select(broadcasts).where(broadcasts.c.area_id.in_(areas)).order_by(broadcasts.c.id.desc()).limit(limit)
        ).all()
        keys = [key_of(row.id) for row in rows]
        found = self._c.execute(
            select(outbox.c.once, outbox.c.state).where(
                outbox.c.once.in_(keys), outbox.c.state.in_(("failed", "dropped", "unknown"))
            )
        )
        lost: dict[str, State] = {one.once: "unknown" if one.state == "unknown" else "refused" for one in found}
        return [self._of(row, lost.get(key_of(row.id))) for row in rows]

    def since(self, owner: int, since: datetime) -> int:
        """How many tasks this owner was given since then."""
        count = select(func.count()).select_from(broadcasts)
        found = count.where(broadcasts.c.owner_id == owner, broadcasts.c.made_at >= since)
        return int(self._c.execute(found).scalar_one())

    def went(self, broadcast: int, sent: int, groups: int, now: datetime) -> None:
        """The owner has confirmed it."""
        state: State = "sent" if sent >= groups else "partly"
        self._c.execute(
            update(broadcasts)
            .where(broadcasts.c.id == broadcast)
            .values(state=state, sent=sent, groups=groups, told_at=now)
        )

    def _of(self, row: Any, state: State | None = None) -> Broadcast:
        text = self._cipher.open_text(row.text, TEXT)
        return Broadcast(
            row.id, row.account_id, row.owner_id, text, state or row.state, row.sent, row.groups, row.made_at
        )
