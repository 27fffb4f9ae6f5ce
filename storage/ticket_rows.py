"""A ticket as a row of the database, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.reading import Tier, Where
from domain.tickets import Ticket, number_of
from storage.cipher import Cipher

SUMMARY = "tickets.summary"
BEHALF = "tickets.on_behalf_of"
RESULT = "tickets.result"


@dataclass(frozen=True, slots=True)
class Extra:
    """What the road keeps beside a ticket: the tier where it began, what was asked and when, why it was opened,
    and who got a card of his own."""

    home_tier: Tier
    tags: tuple[str, ...]
    why: tuple[str, ...]
    last_at: datetime
    asked_where_of: int | None
    asked_where_at: datetime | None
    asked_rating_at: datetime | None
    told: tuple[int, ...] = ()


def values_of(ticket: Ticket, cipher: Cipher) -> dict[str, Any]:
    seal = cipher.seal
    return {
        "district_id": ticket.district,
        "community_id": ticket.community or None,
        "area_id": ticket.area,
        "group_id": ticket.group,
        "label": ticket.label,
        "seq": ticket.seq,
        "tier": ticket.tier,
        "category": ticket.category,
        "nature": ticket.nature,
        "urgency": ticket.urgency,
        "status": ticket.status,
        "private": ticket.private,
        "summary": seal(ticket.summary, SUMMARY),
        "where": {name: value for name in Where.__slots__ if (value := getattr(ticket.where, name)) is not None},
        "reporter_account_id": ticket.reporter_account,
        "reporter_person_id": ticket.reporter_person,
        "reporter_name": ticket.reporter_name,
        "on_behalf_of": seal(ticket.on_behalf_of, BEHALF) if ticket.on_behalf_of else None,
        "assignee_id": ticket.assignee,
        "department_id": ticket.department,
        "opened_at": ticket.opened_at,
        "clock_from": ticket.clock_from,
        "first_due": ticket.first_due,
        "solve_due": ticket.solve_due,
        "answered_at": ticket.answered_at,
        "taken_at": ticket.taken_at,
        "done_at": ticket.done_at,
        "closed_at": ticket.closed_at,
        "result": seal(ticket.result, RESULT) if ticket.result else None,
        "rating": ticket.rating,
        "reopened": ticket.reopened,
        "reopens_id": ticket.reopens,
        "extended": ticket.extended,
        "followed_by": ticket.followed_by,
        "paused_at": ticket.paused_at,
        "paused_days": ticket.paused_days,
        "bounces": ticket.bounces,
        "against": ticket.against,
        "against_person": ticket.against_person,
        "sensitive": ticket.sensitive,
        "impossible": ticket.impossible,
        "feared_at": ticket.feared_at,
        "helpers": list(ticket.helpers),
        "confidence": ticket.confidence,
        "version": ticket.version,
    }


def ticket_of(row: Any, cipher: Cipher) -> Ticket:
    opened = cipher.open_text
    return Ticket(
        id=row.id,
        number=number_of(row.label, row.seq),
        label=row.label,
        seq=row.seq,
        district=row.district_id,
        # A matter of the whole district lies in no community: 0.
        community=row.community_id or 0,
        area=row.area_id,
        tier=row.tier,
        category=row.category,
        nature=row.nature,
        urgency=row.urgency,
        status=row.status,
        private=row.private,
        summary=opened(row.summary, SUMMARY),
        where=Where(**row.where),
        group=row.group_id,
        reporter_account=row.reporter_account_id,
        reporter_person=row.reporter_person_id,
        reporter_name=row.reporter_name,
        on_behalf_of=opened(row.on_behalf_of, BEHALF) or None,
        assignee=row.assignee_id,
        department=row.department_id,
        opened_at=row.opened_at,
        first_due=row.first_due,
        solve_due=row.solve_due,
        answered_at=row.answered_at,
        taken_at=row.taken_at,
        done_at=row.done_at,
        closed_at=row.closed_at,
        result=opened(row.result, RESULT) or None,
        rating=row.rating,
        reopened=row.reopened,
        reopens=row.reopens_id,
        extended=row.extended,
        confidence=row.confidence,
        version=row.version,
        followed_by=row.followed_by,
        paused_at=row.paused_at,
        paused_days=row.paused_days,
        bounces=row.bounces,
        against=row.against,
        against_person=row.against_person,
        sensitive=row.sensitive,
        impossible=row.impossible,
        clock_from=row.clock_from,
        feared_at=row.feared_at,
        helpers=tuple(row.helpers),
    )


def extra_of(row: Any) -> Extra:
    return Extra(
        row.home_tier,
        tuple(row.tags),
        tuple(row.why),
        row.last_at,
        row.asked_where_of,
        row.asked_where_at,
        row.asked_rating_at,
        tuple(row.told),
    )
