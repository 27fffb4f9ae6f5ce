"""What hangs on a ticket: its voices, the lines it is made of, its history, ratings, and corrections to learn from."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select

from domain.tickets import Datum, Ticket, TicketEvent
from storage.attached import (
    IN_LINES,
    IN_VOICES,
    Attached,
    Part,
    TicketVoice,
    know_attached,
    know_voices,
    read_attached,
    read_voices,
)
from storage.cipher import Cipher
from storage.lines import keep_lines, know_line, recall_line
from storage.memory import know, once, recall
from storage.prepared import Prepared
from storage.tables import corrections, ratings, ticket_events, ticket_messages, ticket_voices
from storage.upsert import insert_for

NOTE = "ticket_events.note"
WORDS = "ratings.words"
SAID = "corrections.text"
CHANGE = "corrections.change"

# Words of people within an event; they are sealed, all else of it may be counted and searched.
_SPOKEN = frozenset({"text", "result", "reason", "words"})

_by_line = attrgetter("line")

CorrectionKind: TypeAlias = Literal["reject", "register", "withdraw", "category", "urgency", "where", "merge", "split"]

_ADD_CORRECTION = Prepared(insert(corrections))
_ADD_EVENT = Prepared(insert(ticket_events))
_EVENTS = Prepared(
    select(ticket_events).where(ticket_events.c.ticket_id == bindparam("of")).order_by(ticket_events.c.id)
)


@Prepared
def _ADD_VOICE(dialect: str) -> Executable:
    statement = insert_for(dialect, ticket_voices).on_conflict_do_nothing(index_elements=["ticket_id", "account_id"])
    return statement.returning(ticket_voices.c.id)


@Prepared
def _ATTACH(dialect: str) -> Executable:
    statement = insert_for(dialect, ticket_messages).on_conflict_do_nothing(index_elements=["ticket_id", "line_id"])
    return statement.returning(ticket_messages.c.line_id)


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """A line of the history as it is stored; `line` is what was said when it happened."""

    ticket: int
    event: TicketEvent
    line: int | None


class TicketLines:
    """The part of `store.tickets` that is about single tickets' records."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def _know_new(self, ticket: int) -> None:
        """Nothing hangs on a new one yet."""
        for name, tables in (("voices", IN_VOICES), ("attached", IN_LINES), ("events", (ticket_events,))):
            know(self._c, (name, ticket), (), tables)

    # voices

    def add_voice(self, ticket: int, account: int, name: str, at: datetime) -> bool:
        """False when the account was among them already."""
        values = {"ticket_id": ticket, "account_id": account, "name": name, "at": at}
        before = recall(self._c, ("voices", ticket), IN_VOICES, ("ticket", ticket))
        if before is None:
            return bool(_ADD_VOICE.write(self._c, values, (("ticket", ticket),)))
        if any(voice.account == account for voice in before):
            return False
        _ADD_VOICE.later(self._c, values, (("ticket", ticket),), one_of=("ticket_id", "account_id"))
        know_voices(self._c, ticket, (*before, TicketVoice(account, name, at)))
        return True

    def voices(self, ticket: int) -> list[TicketVoice]:
        """In the order in which they spoke up, the reporter first."""

        def load() -> tuple[TicketVoice, ...]:
            return tuple(self.voices_of([ticket]).get(ticket, ()))

        return list(once(self._c, ("voices", ticket), IN_VOICES, load, ("ticket", ticket)))

    def voices_of(self, tickets: Collection[int]) -> dict[int, list[TicketVoice]]:
        return read_voices(self._c, tickets)

    # lines

    def attach_line(self, ticket: int, line: int, part: Part = "report") -> bool:
        """The line belongs to the ticket and is kept as long as it. False when it was attached before."""
        values = {"ticket_id": ticket, "line_id": line, "part": part}
        subjects = (("ticket", ticket), ("line", line))
        before = recall(self._c, ("attached", ticket), IN_LINES, ("ticket", ticket))
        said = recall_line(self._c, line)
        if before is None or said is None:
            new = bool(_ATTACH.write(self._c, values, subjects))
        elif new := all(one.line != line for one in before):
            _ATTACH.later(self._c, values, subjects, one_of=("ticket_id", "line_id"))
        keep_lines(self._c, (line,))
        if said is not None:
            know_line(self._c, replace(said, tickets=(*said.tickets, ticket)) if new else said)
            if before is not None:
                after = sorted((*before, Attached(line, part, said.photo)), key=_by_line) if new else before
                know_attached(self._c, ticket, after)
        return new

    def lines_of(self, ticket: int, parts: Collection[Part] | None = None) -> list[int]:
        """Ids of its lines, oldest first; only those of the given parts."""
        return [one.line for one in self._attached(ticket) if parts is None or one.part in parts]

    def _attached(self, ticket: int) -> tuple[Attached, ...]:
        def load() -> tuple[Attached, ...]:
            return tuple(read_attached(self._c, [ticket]).get(ticket, ()))

        return once(self._c, ("attached", ticket), IN_LINES, load, ("ticket", ticket))

    def tickets_of_lines(self, line_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """To which tickets each line belongs; lines of none are left out."""
        found: dict[int, tuple[int, ...]] = {}
        if line_ids:
            rows = self._c.execute(
                select(ticket_messages.c.line_id, ticket_messages.c.ticket_id)
                .where(ticket_messages.c.line_id.in_(line_ids))
                .order_by(ticket_messages.c.ticket_id)
            )
            for row in rows:
                found[row.line_id] = (*found.get(row.line_id, ()), row.ticket_id)
        return found

    def photos(self, ticket: int) -> int:
        """How many of its lines carry a photo."""
        return sum(1 for one in self._attached(ticket) if one.photo)

    def move_records(self, old: int, into: int) -> int:
        """并案: voices and lines of `old` go to `into`; how many voices were new there."""
        here = {voice.account for voice in self.voices(into)}
        new = [voice for voice in self.voices(old) if voice.account not in here]
        for voice in new:
            self.add_voice(into, voice.account, voice.name, voice.at)
        rows = self._c.execute(
            select(ticket_messages.c.line_id, ticket_messages.c.part).where(ticket_messages.c.ticket_id == old)
        ).all()
        for row in rows:
            self.attach_line(into, row.line_id, row.part)
        self._c.execute(delete(ticket_messages).where(ticket_messages.c.ticket_id == old))
        return len(new)

    # history

    def add_event(self, ticket: Ticket, event: TicketEvent, line: int | None = None) -> None:
        """Append to the history."""
        before = recall(self._c, ("events", ticket.id), (ticket_events,), ("ticket", ticket.id))
        spoken = {name: value for name, value in event.data.items() if name in _SPOKEN and value not in ("", None)}
        open_data = {name: value for name, value in event.data.items() if name not in _SPOKEN}
        values = {
            "district_id": ticket.district,
            "ticket_id": ticket.id,
            "kind": event.kind,
            "at": event.at,
            "person_id": event.by_person,
            "account_id": event.by_account,
            "line_id": line,
            "note": self._cipher.seal(json.dumps(spoken, ensure_ascii=False), NOTE) if spoken else None,
            "data": open_data,
        }
        _ADD_EVENT.later(self._c, values, (("ticket", ticket.id),))
        if before is not None:
            kept = KeptEvent(ticket.id, replace(event, data=open_data | spoken), line)
            know(self._c, ("events", ticket.id), (*before, kept), (ticket_events,))

    def events(self, ticket: int, kinds: Iterable[str] | None = None) -> list[KeptEvent]:
        """The history, oldest first."""

        def load() -> tuple[KeptEvent, ...]:
            return tuple(self._events(ticket))

        wanted = None if kinds is None else frozenset(kinds)
        history = once(self._c, ("events", ticket), (ticket_events,), load, ("ticket", ticket))
        return [kept for kept in history if wanted is None or kept.event.kind in wanted]

    def _events(self, ticket: int) -> list[KeptEvent]:
        found = []
        for row in _EVENTS.all(self._c, {"of": ticket}):
            data: dict[str, Datum] = dict(row.data)
            if row.note is not None:
                data |= json.loads(self._cipher.open_text(row.note, NOTE))
            event = TicketEvent(row.kind, row.at, row.person_id, row.account_id, data)
            found.append(KeptEvent(row.ticket_id, event, row.line_id))
        return found

    # ratings and corrections

    def add_rating(self, ticket: int, score: int, at: datetime, *, account: int | None, words: str = "") -> None:
        self._c.execute(
            insert(ratings).values(
                ticket_id=ticket,
                account_id=account,
                score=score,
                at=at,
                words=self._cipher.seal(words, WORDS) if words else None,
            )
        )

    def add_correction(
        self,
        ticket: Ticket,
        kind: CorrectionKind,
        at: datetime,
        *,
        was: str = "",
        became: str = "",
        text: str = "",
        line: int | None = None,
        person: int | None = None,
        account: int | None = None,
    ) -> None:
        """Somebody put the bot right; `text` are the words that it had misunderstood."""
        values = {
            "district_id": ticket.district,
            "ticket_id": ticket.id,
            "line_id": line,
            "kind": kind,
            # Codes may be counted and learnt from; a place is somebody's door.
            "was": None if kind == "where" else was,
            "became": None if kind == "where" else became,
            "change": self._cipher.seal_json([was, became], CHANGE) if kind == "where" else None,
            "text": self._cipher.seal(text, SAID) if text else None,
            "person_id": person,
            "account_id": account,
            "at": at,
        }
        _ADD_CORRECTION.write(self._c, values)

    def corrections_of(self, ticket: int) -> list[tuple[str, str, str]]:
        """(kind, was, became), oldest first."""
        rows = self._c.execute(select(corrections).where(corrections.c.ticket_id == ticket).order_by(corrections.c.id))
        changed = ((row.kind, self._cipher.open_json(row.change, CHANGE) or (row.was, row.became)) for row in rows)
        return [(kind, was or "", became or "") for kind, (was, became) in changed]
