"""上报 where there is no tier above: to those who lead the district, and by those to whoever is above all of us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from domain.errors import Refused
from domain.tickets import By, Moved, Ticket, TicketEvent, possible

# From where and to where, as the cards name it.
Way: TypeAlias = tuple[Literal["community", "district"], Literal["district", "above"]]
TO_THE_LEADS: Way = ("community", "district")
ABOVE_US: Way = ("district", "above")


def pass_up(ticket: Ticket, now: datetime, by: By, way: Way, reason: str = "") -> Moved:
    """Out of the hands that cannot solve it; whoever passed it up follows it. Refused where that was done before."""
    if not possible(ticket, "escalate"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="escalate")
    held = ticket.assignee is not None or ticket.department is not None
    if not held and ticket.followed_by is not None and (way == TO_THE_LEADS or ticket.followed_by == by.person):
        raise Refused("refused.top_tier", number=ticket.number)
    follower = by.person if way == ABOVE_US else ticket.followed_by or ticket.assignee or by.person
    new = replace(
        ticket,
        status="open",
        assignee=None,
        department=None,
        followed_by=follower,
        taken_at=None,
        answered_at=ticket.answered_at or now,
        version=ticket.version + 1,
    )
    here, there = way
    data = {"tier_from": here, "tier_to": there, "reason": reason}
    if new.status != ticket.status:
        data = {"from": ticket.status, "to": new.status, **data}
    return new, TicketEvent("escalate", now, by.person, by.account, data)
