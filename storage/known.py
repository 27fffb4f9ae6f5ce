"""The tickets around a group, as the listener looks at them: one query for each of tickets, lines and voices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from domain.listening import Known
from domain.reading import Where
from domain.tickets import ACTIVE
from storage.cipher import Cipher
from storage.lines import TEXT
from storage.tables import groups, lines, people, ticket_messages, ticket_voices, tickets

# Enough to know a matter by; a ticket with hundreds of lines is not read whole for every message.
TEXTS_READ = 24


class KnownTickets:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def around(
        self, *, community: int | None, district: int | None, closed_since: datetime, limit: int
    ) -> tuple[Known, ...]:
        """Open tickets of a community (of the whole district where community is None), and those ended since
        `closed_since`; the most lately touched first, at most `limit`."""
        place = tickets.c.community_id == community if community is not None else tickets.c.district_id == district
        rows = self._c.execute(
            select(tickets, people.c.name.label("assignee_name"), groups.c.tier.label("group_tier"))
            .outerjoin(people, people.c.id == tickets.c.assignee_id)
            .outerjoin(groups, groups.c.id == tickets.c.group_id)
            .where(
                place,
                or_(
                    tickets.c.status.in_(sorted(ACTIVE)),
                    and_(tickets.c.status.in_(("done", "closed")), tickets.c.last_at >= closed_since),
                ),
            )
            .order_by(tickets.c.last_at.desc())
            .limit(limit)
        ).all()
        if not rows:
            return ()
        ids = [row.id for row in rows]
        said: dict[int, list[tuple[int, str]]] = {}
        for row in self._c.execute(
            select(ticket_messages.c.ticket_id, lines.c.id, lines.c.text)
            .join(lines, lines.c.id == ticket_messages.c.line_id)
            .where(ticket_messages.c.ticket_id.in_(ids), ticket_messages.c.part != "act")
            .order_by(lines.c.id)
        ):
            words = said.setdefault(row.ticket_id, [])
            if len(words) < TEXTS_READ:
                words.append((row.id, self._cipher.open_text(row.text, TEXT)))
        voices: dict[int, set[int]] = {}
        for ticket_id, account in self._c.execute(
            select(ticket_voices.c.ticket_id, ticket_voices.c.account_id).where(ticket_voices.c.ticket_id.in_(ids))
        ):
            voices.setdefault(ticket_id, set()).add(account)
        return tuple(
            Known(
                id=row.id,
                category=row.category,
                urgency=row.urgency,
                where=Where(**row.where),
                texts=tuple(text for _, text in said.get(row.id, ())),
                group=row.group_id or 0,
                tier=row.group_tier or row.tier,
                reporter=row.reporter_account_id or 0,
                voices=frozenset(voices.get(row.id, ())),
                status=row.status,
                opened_at=row.opened_at,
                last_at=row.last_at,
                assignee=row.assignee_id,
                assignee_name=row.assignee_name,
                lines=tuple(line_id for line_id, _ in said.get(row.id, ())),
                asked_where=row.asked_where_of,
                private=row.private,
                done_at=row.done_at,
                rated=row.rating is not None,
            )
            for row in rows
        )
