"""The inbox: every delivery, kept before it is understood. States: new → done | failed | dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from domain.messages import AIDS, LANE, Raw
from storage.cipher import Cipher
from storage.lanes import lane_of_private
from storage.memory import is_known, know, once
from storage.prepared import Prepared
from storage.received import Received
from storage.tables import areas, groups, inbox
from storage.tables.columns import written
from storage.upsert import insert_for

BODY = "inbox.body"

_IN_GROUPS = (groups,)
_LANES_OF = Prepared(
    select(groups.c.channel, groups.c.chat, func.coalesce(groups.c.community_id, groups.c.district_id).label("lane"))
    .where(groups.c.channel.in_(bindparam("in", expanding=True)), groups.c.chat.in_(bindparam("rooms", expanding=True)))
    .order_by(groups.c.id.desc()),
    "in",
    "rooms",
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DONE = Prepared(
    update(inbox).where(inbox.c.id.in_(_IDS)).values(state="done", handled_at=bindparam("now")),
    "ids",
)


def _due(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(inbox.c.state == written("new"), or_(inbox.c.not_before.is_(None), inbox.c.not_before <= now))


_DUE = _due(bindparam("now", type_=inbox.c.not_before.type))
_HEAD = Prepared(select(inbox.c.id, inbox.c.lane).where(_DUE).order_by(inbox.c.id).limit(1))
_IN_LANE = Prepared(
    select(inbox).where(_DUE, inbox.c.lane == bindparam("lane")).order_by(inbox.c.id).limit(bindparam("most"))
)
_LANES = Prepared(select(inbox.c.lane).where(_DUE).group_by(inbox.c.lane).order_by(func.min(inbox.c.id)))
_ROOMS: BindParameter[Any] = bindparam("rooms", expanding=True)
_FIRST_ELSEWHERE = Prepared(
    select(inbox.c.channel, inbox.c.chat, func.min(inbox.c.id).label("first"))
    .where(inbox.c.state == written("new"), inbox.c.lane != bindparam("lane"), inbox.c.chat.in_(_ROOMS))
    .group_by(inbox.c.channel, inbox.c.chat),
    "rooms",
)


@Prepared
def _RECEIVE(dialect: str) -> Executable:
    return insert_for(dialect, inbox).on_conflict_do_nothing(index_elements=["channel", "key"])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row to be handled."""

    id: int
    lane: int
    attempts: int
    raw: Raw


class Inbox(Received):
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        super().__init__(connection)
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
                "album": raw.album,
                "not_before": raw.not_before,
            }
            for raw in raws
        ]
        new = _RECEIVE.write_rows(self._c, rows)
        for raw in raws:
            if raw.album is not None:
                self._put_off(raw)
        return new

    def _put_off(self, raw: Raw) -> None:
        """All parts of an album wait as long as the one that came last."""
        self._c.execute(
            update(inbox)
            .where(
                inbox.c.channel == raw.channel,
                inbox.c.chat == raw.chat,
                inbox.c.album == raw.album,
                inbox.c.state == "new",
                inbox.c.not_before < raw.not_before,
            )
            .values(not_before=raw.not_before)
        )

    def _lanes(self, chats: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
        self._expect_lanes([room for room in chats if not is_known(self._c, ("lane", *room), _IN_GROUPS)])
        found = {room: self._lane(*room) for room in chats}
        return {room: lane for room, lane in found.items() if lane is not None}

    def lane_of(self, channel: str, chat: str) -> int:
        """The lane in which what is said in a room is handled."""
        return self._lane(channel, chat) or 0

    def _lane(self, channel: str, chat: str) -> int | None:
        if channel in AIDS:
            return int(chat.removeprefix(LANE))
        room = channel, chat
        of_group = once(self._c, ("lane", *room), _IN_GROUPS, lambda: self._lanes_of([room])[room])
        # That of a private chat changes with posts, and with where he was heard.
        return of_group if of_group is not None else lane_of_private(self._c, channel, chat)

    def _expect_lanes(self, rooms: Sequence[tuple[str, str]]) -> None:
        """Read at once which groups' rooms these are."""
        for room, lane in self._lanes_of([room for room in rooms if room[0] not in AIDS]).items():
            know(self._c, ("lane", *room), lane, _IN_GROUPS)

    def _lanes_of(self, rooms: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int | None]:
        found: dict[tuple[str, str], int | None] = dict.fromkeys(rooms)
        if rooms:
            values = {"in": list({room[0] for room in rooms}), "rooms": list({room[1] for room in rooms})}
            # Of several groups in one room (its topics) the first.
            found |= {(row.channel, row.chat): row.lane for row in _LANES_OF.all(self._c, values)}
        return found

    def waiting(self, limit: int, now: datetime, lane: int | None = None) -> list[Waiting]:
        """The waiting rows of a lane in order, at most `limit`, without the albums that are still coming in. With no
        lane given it is that of the oldest waiting row, and nobody else may be at work (SQLite)."""
        if lane is None:
            head = _HEAD.first(self._c, {"now": now})
            if head is None:
                return []
            rows = _IN_LANE.all(self._c, {"now": now, "lane": head.lane, "most": limit})
            return [self._waiting(row) for row in rows]
        found = _IN_LANE.all(self._c, {"now": now, "lane": lane, "most": limit})
        first = self._first_elsewhere(lane, {(row.channel, row.chat) for row in found})
        return [self._waiting(row) for row in found if row.id < first.get((row.channel, row.chat), row.id + 1)]

    def _first_elsewhere(self, lane: int, chats: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Where a chat has come into this lane while older talk of it still waits in another: that goes first."""
        if not chats:
            return {}
        rooms = sorted({chat for _, chat in chats})
        rows = _FIRST_ELSEWHERE.all(self._c, {"lane": lane, "rooms": rooms})
        return {(row.channel, row.chat): row.first for row in rows}

    def lanes(self, now: datetime) -> list[int]:
        """Lanes where something waits, that with the oldest first."""
        return _LANES.scalars(self._c, {"now": now})

    def _waiting(self, row: Any) -> Waiting:
        body = self._cipher.open_bytes(row.body, BODY)
        raw = Raw(row.channel, row.key, row.chat, body, row.received_at, row.album, row.not_before)
        return Waiting(row.id, row.lane, row.attempts, raw)

    def left_new(self, now: datetime, batch: int, of_a_district: int) -> list[tuple[int, int, int]]:
        """Id, lane and attempts of the rows that waited first in each lane when the process began, a batch of each (of
        what is said above communities `of_a_district`): an earlier one may have died over one of them. Of an album
        that is still coming in nothing can have been begun."""
        place = func.row_number().over(partition_by=inbox.c.lane, order_by=inbox.c.id).label("place")
        due = select(inbox.c.id, inbox.c.lane, inbox.c.attempts, place).where(_due(now)).subquery()
        most = case((areas.c.kind == "district", of_a_district), else_=batch)
        there = due.outerjoin(areas, areas.c.id == due.c.lane)
        rows = self._c.execute(select(due).select_from(there).where(due.c.place <= most).order_by(due.c.id))
        return [(row.id, row.lane, row.attempts) for row in rows]

    def still_new(self, row_ids: Sequence[int]) -> set[int]:
        """Which of these still wait."""
        return set(self._c.execute(select(inbox.c.id).where(inbox.c.id.in_(row_ids), inbox.c.state == "new")).scalars())

    def is_new(self, channel: str, key: str) -> bool:
        """Whether this delivery waits to be handled."""
        found = select(inbox.c.id).where(inbox.c.channel == channel, inbox.c.key == key, inbox.c.state == "new")
        return self._c.execute(found).first() is not None

    def is_head(self, row_id: int, now: datetime) -> bool:
        """Whether the row is the next of its lane, and of its chat: what came before it is handled."""
        row = self._c.execute(select(inbox.c.lane, inbox.c.channel, inbox.c.chat).where(inbox.c.id == row_id)).one()
        mine = or_(inbox.c.lane == row.lane, and_(inbox.c.channel == row.channel, inbox.c.chat == row.chat))
        older = select(inbox.c.id).where(_due(now), mine, inbox.c.id < row_id).limit(1)
        return self._c.execute(older).first() is None

    def rest_of_album(self, raw: Raw) -> list[int]:
        """Ids of the waiting rows of an album, in order."""
        return list(
            self._c.execute(
                select(inbox.c.id)
                .where(
                    inbox.c.channel == raw.channel,
                    inbox.c.chat == raw.chat,
                    inbox.c.album == raw.album,
                    inbox.c.state == "new",
                )
                .order_by(inbox.c.id)
            ).scalars()
        )

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
        _DONE.write(self._c, {"ids": row_ids, "now": now})

    def failed(self, row_id: int, now: datetime, reference: str, error: str) -> None:
        """Set aside: it is not tried again by itself."""
        self._c.execute(
            update(inbox)
            .where(inbox.c.id == row_id)
            .values(state="failed", handled_at=now, reference=reference, error=error[:2000])
        )
