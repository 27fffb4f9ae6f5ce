"""Lines of talk, as far as they are remembered; what was said and what was read in it is sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, delete, exists, insert, select

from domain.listening import Line
from domain.messages import Address
from domain.reading import TIERS, Tier
from storage import talk
from storage.cipher import Cipher
from storage.gathered import amend
from storage.memory import know, once, once_each, recall
from storage.prepared import Changes, Prepared
from storage.readings import PACKED_NOTHING, pack, unpack
from storage.reserved import new_id, reserve
from storage.tables import entry_lines, lines, media, ticket_messages

TEXT = "lines.text"
SPOT = "lines.spot"
READ = "lines.read"
# Rows named in one statement.
_AT_ONCE = 500

_TOLD = (lines, ticket_messages)
_ADD = Prepared(insert(lines))
_NEWEST = select(lines.c.id).order_by(lines.c.sent_at.desc(), lines.c.id.desc()).limit(bindparam("most"))
_RECENT_PRIVATE = Prepared(
    _NEWEST.where(lines.c.account_id == bindparam("of"), lines.c.private, lines.c.sent_at >= bindparam("since"))
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_LINES = Prepared(select(lines).where(lines.c.id.in_(_IDS)), "ids")
_BELONGS = Prepared(
    select(ticket_messages.c.line_id, ticket_messages.c.ticket_id).where(ticket_messages.c.line_id.in_(_IDS)), "ids"
)
_AT = Prepared(
    select(lines.c.id)
    .where(lines.c.channel == bindparam("in"), lines.c.chat == bindparam("room"), lines.c.remote == bindparam("as"))
    .order_by(lines.c.id.desc())
    .limit(1)
)
_HEARD = Changes(lines, "id", "heard")
_KEEP = Changes(lines, "id", "kept")
_SAID = Prepared(
    select(lines.c.account_id, lines.c.remote, lines.c.channel, lines.c.chat, lines.c.thread).where(
        lines.c.id == bindparam("line")
    )
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a page shows of a line: the reading, and why it became something or nothing."""

    id: int
    reading: Mapping[str, Any]
    heard: tuple[str, ...]
    tickets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """By whom a line was said, where, to the topic, and what the platform calls it."""

    account: int
    room: Address
    remote: str


def recall_line(connection: Connection, line_id: int) -> Line | None:
    """A line as it is remembered; None where it would have to be read."""
    found = (recall(connection, (f"line in {tier}", line_id), _TOLD, ("line", line_id)) for tier in TIERS)
    return next((line for line in found if line is not None), None)


def know_line(connection: Connection, line: Line) -> None:
    """The line as it has just been written."""
    know(connection, (f"line in {line.tier}", line.id), line, _TOLD)


def keep_lines(connection: Connection, ids: Sequence[int]) -> None:
    """These are not forgotten."""
    for one in ids:
        if not amend(connection, lines, (one,), {"kept": True}):
            _KEEP.later(connection, {"id": one, "kept": True}, ())


class Lines:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def add(
        self,
        line: Line,
        *,
        account: int,
        group: int | None,
        district: int | None,
        community: int | None,
        channel: str,
        chat: str,
        remote: str,
        thread: str | None = None,
    ) -> int:
        """Keep a line; its `id`, `group` and `speaker` are taken from the arguments. Returns its id."""
        reading = pack(line.reading)
        new = new_id(self._c, lines)
        values: dict[str, Any] = {
            "id": new,
            "district_id": district,
            "community_id": community,
            "group_id": group,
            "account_id": account,
            "channel": channel,
            "chat": chat,
            "thread": thread,
            "remote": remote,
            "name": line.name,
            "role": line.role,
            "text": self._cipher.seal(line.text, TEXT),
            "photo": line.photo,
            "voice": line.voice,
            "spot": self._cipher.seal(line.spot, SPOT) if line.spot else None,
            "private": line.private,
            "sent_at": line.sent_at,
            "replies_to": line.replies_to,
            "quotes": line.quotes,
            "edits": line.edits,
            "read": self._cipher.seal_json(reading, READ) if reading != PACKED_NOTHING else None,
            "heard": [],
            "kept": False,
        }
        _ADD.later(self._c, values, (), one_of=("id",))
        if group is not None:
            talk.said(self._c, group, line.sent_at, new)
        kept = replace(
            line,
            id=new,
            group=group or 0,
            speaker=account,
            spot=line.spot or None,
            replies_to_speaker=None,
            mentions=(),
            reading=unpack(reading),
            tickets=(),
            person=None,
        )
        know_line(self._c, kept)
        know(self._c, ("said", kept.id), Spoken(account, Address(channel, chat, thread), remote), (lines,))
        return kept.id

    def recent(self, group: int, tier: Tier, since: datetime, limit: int) -> tuple[Line, ...]:
        """The last lines of a group, oldest first."""
        return tuple(self.many(talk.recent(self._c, group, since, limit)[::-1], tier))

    def expect(self, count: int, wanted: Mapping[tuple[int, Tier], datetime], limit: int) -> None:
        """So many lines will be added, and `recent` asked for these groups and tiers, for each since then: at once it
        costs less than one by one."""
        reserve(self._c, lines, count)
        talk.expect(self._c, {group: since for (group, _), since in wanted.items()}, limit)
        for tier in TIERS:
            there = [(group, since) for (group, of), since in wanted.items() if of == tier]
            self.many([line for group, since in there for line in talk.recent(self._c, group, since, limit)], tier)

    def recent_private(self, account: int, since: datetime, limit: int) -> tuple[Line, ...]:
        """The last private lines of one account, oldest first."""
        ids = _RECENT_PRIVATE.scalars(self._c, {"of": account, "since": since, "most": limit})
        return tuple(self.many(ids[::-1], "unit"))

    def get(self, line_id: int, tier: Tier = "community") -> Line | None:
        return next(iter(self.many((line_id,), tier)), None)

    def many(self, ids: Sequence[int], tier: Tier = "community") -> list[Line]:
        """Lines in the order of their ids here; those that are forgotten are left out."""
        load = partial(self._load, tier)
        return once_each(self._c, f"line in {tier}", ids, _TOLD, load, "line")

    def _load(self, tier: Tier, ids: Sequence[int]) -> dict[int, Line]:
        known = {one: replace(line, tier=tier) for one in ids if (line := recall_line(self._c, one)) is not None}
        missing = [one for one in ids if one not in known]
        return known | self._read(tier, missing) if missing else known

    def _read(self, tier: Tier, ids: Sequence[int]) -> dict[int, Line]:
        belongs: dict[int, list[int]] = {}
        for line_id, ticket_id in _BELONGS.all(self._c, {"ids": ids}):
            belongs.setdefault(line_id, []).append(ticket_id)
        return {
            row.id: Line(
                id=row.id,
                group=row.group_id or 0,
                speaker=row.account_id,
                name=row.name,
                role=row.role,
                text=self._cipher.open_text(row.text, TEXT),
                sent_at=row.sent_at,
                tier=tier,
                photo=row.photo,
                voice=row.voice,
                spot=self._cipher.open_text(row.spot, SPOT) or None,
                private=row.private,
                replies_to=row.replies_to,
                quotes=row.quotes,
                edits=row.edits,
                reading=unpack(self._cipher.open_json(row.read, READ)),
                tickets=tuple(belongs.get(row.id, ())),
            )
            for row in _LINES.all(self._c, {"ids": ids})
        }

    def at(self, channel: str, chat: str, remote: str) -> int | None:
        """The line that a platform message is (the newest wording of it)."""
        return _AT.scalar(self._c, {"in": channel, "room": chat, "as": remote})

    def speaker_of(self, line_id: int) -> int | None:
        said = self._spoken(line_id)
        return said.account if said is not None else None

    def remote_of(self, line_id: int) -> str | None:
        """The platform's id of a line, to reply to."""
        said = self._spoken(line_id)
        return said.remote if said is not None else None

    def room_of(self, line_id: int) -> Address | None:
        """Where a line was said, to the topic."""
        said = self._spoken(line_id)
        return said.room if said is not None else None

    def _spoken(self, line_id: int) -> Spoken | None:
        def load() -> Spoken | None:
            row = _SAID.first(self._c, {"line": line_id})
            return Spoken(row.account_id, Address(row.channel, row.chat, row.thread), row.remote) if row else None

        return once(self._c, ("said", line_id), (lines,), load, ("line", line_id))

    def note_heard(self, line_id: int, why: Sequence[str]) -> None:
        """Keep why the line became something or nothing (shown to staff)."""
        if not amend(self._c, lines, (line_id,), {"heard": list(why)}):
            _HEARD.later(self._c, {"id": line_id, "heard": list(why)}, ())

    def keep(self, line_ids: Sequence[int]) -> None:
        """These belong to a ticket or a diary entry and stay with it."""
        keep_lines(self._c, line_ids)

    def heard_at(self, channel: str, chat: str, remotes: Sequence[str]) -> dict[str, Remembered]:
        """What was made of some messages of a room, by their platform ids."""
        rows = self._c.execute(
            select(lines.c.id, lines.c.remote, lines.c.read, lines.c.heard)
            .where(lines.c.channel == channel, lines.c.chat == chat, lines.c.remote.in_(remotes))
            .order_by(lines.c.id)
        ).all()
        belongs: dict[int, list[int]] = {}
        if rows:
            for line_id, ticket_id in self._c.execute(
                select(ticket_messages.c.line_id, ticket_messages.c.ticket_id).where(
                    ticket_messages.c.line_id.in_([row.id for row in rows])
                )
            ):
                belongs.setdefault(line_id, []).append(ticket_id)
        return {row.remote: self._remembered(row, tuple(belongs.get(row.id, ()))) for row in rows}

    def _remembered(self, row: Any, tickets: tuple[int, ...]) -> Remembered:
        reading = self._cipher.open_json(row.read, READ) or PACKED_NOTHING
        return Remembered(row.id, reading, tuple(row.heard), tickets)

    def forget(self, before: datetime, limit: int) -> int:
        """Delete lines said before then that became nothing, with their attachments. Returns how many."""
        return self._forget(lines.c.sent_at < before, limit=limit)

    def forget_room(self, group: int) -> int:
        """Delete a group's lines that became nothing, whenever they were said. Returns how many."""
        return self._forget(lines.c.group_id == group)

    def _forget(self, which: ColumnElement[bool], limit: int | None = None) -> int:
        in_ticket = exists(select(ticket_messages.c.line_id).where(ticket_messages.c.line_id == lines.c.id))
        in_entry = exists(select(entry_lines.c.line_id).where(entry_lines.c.line_id == lines.c.id))
        doomed = select(lines.c.id).where(lines.c.kept.is_(False), which, ~in_ticket, ~in_entry).limit(limit)
        ids = list(self._c.execute(doomed).scalars())
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            self._c.execute(delete(media).where(media.c.line_id.in_(some)))
            self._c.execute(delete(lines).where(lines.c.id.in_(some)))
        return len(ids)
