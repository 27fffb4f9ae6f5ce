"""Which tickets a language model is to be asked about, and what became of it. The words stay with the lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, func, select, update

from domain.tickets import Ticket
from storage.lines import Lines
from storage.tables import second_opinions, ticket_messages, tickets
from storage.upsert import insert_for

State: TypeAlias = Literal["wanted", "answered", "failed", "late"]


@dataclass(frozen=True, slots=True)
class Question:
    """`text` what was said; None where it need not be asked any more. `lane` whose talk it is (storage/lanes.py)."""

    id: int
    ticket: int
    lane: int
    tries: int
    text: str | None


class Opinions:
    def __init__(self, connection: Connection, lines: Lines) -> None:
        self._c = connection
        self._lines = lines

    def want(self, ticket: Ticket, line: int, now: datetime) -> None:
        """Ask about this ticket, once in its life."""
        values = {
            "ticket_id": ticket.id,
            "line_id": line,
            "lane": ticket.community or ticket.district,
            "state": "wanted",
            "wanted_at": now,
            "tries": 0,
        }
        self._c.execute(
            insert_for(self._c.dialect.name, second_opinions)
            .on_conflict_do_nothing(index_elements=["ticket_id"])
            .values(**values)
        )

    def asked_since(self, moment: datetime) -> int:
        """How often the model was asked since then."""
        counted = select(func.coalesce(func.sum(second_opinions.c.tries), 0))
        return int(self._c.execute(counted.where(second_opinions.c.asked_at >= moment)).scalar_one())

    def take(self, now: datetime, oldest: datetime) -> Question | None:
        """The oldest question, with this try counted; given up (text None) where it was wanted before `oldest` or its
        ticket is no longer in doubt."""
        row = self._c.execute(
            select(second_opinions, tickets.c.status, tickets.c.private)
            .select_from(second_opinions.join(tickets, tickets.c.id == second_opinions.c.ticket_id))
            .where(second_opinions.c.state == "wanted")
            .order_by(second_opinions.c.id)
            .limit(1)
        ).first()
        if row is None:
            return None
        said = self._c.execute(
            select(ticket_messages.c.line_id)
            .where(ticket_messages.c.ticket_id == row.ticket_id)
            .order_by(ticket_messages.c.line_id)
        ).scalars()
        text = "\n".join(line.text for line in self._lines.many(list(said)) if line.text)
        if row.wanted_at < oldest or row.status != "proposed" or row.private or not text:
            self.settle(row.id, "late", None)
            return Question(row.id, row.ticket_id, row.lane, row.tries, None)
        self._c.execute(
            update(second_opinions).where(second_opinions.c.id == row.id).values(tries=row.tries + 1, asked_at=now)
        )
        return Question(row.id, row.ticket_id, row.lane, row.tries + 1, text)

    def settle(self, question: int, state: State, error: str | None) -> None:
        self._c.execute(
            update(second_opinions).where(second_opinions.c.id == question).values(state=state, error=error)
        )
