"""上报: out of the hands that cannot solve it, to the tier above; at the top to those who lead there, and by those to
whoever is above all of us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from domain.errors import Refused
from domain.reading import Tier
from domain.tickets import By, Datum, Moved, Ticket, TicketEvent, next_tier, possible, rank

# From where and to where, as the cards name it.
Way: TypeAlias = tuple[Tier, Tier | Literal["above"]]
TO_THE_LEADS: Way = ("community", "district")
ABOVE_US: Way = ("district", "above")


def escalate(ticket: Ticket, now: datetime, by: By, to: Tier | None = None, reason: str = "") -> Moved:
    """Up one tier (or to the tier named). The resident's clock goes on as it was."""
    _check(ticket)
    target = to or next_tier(ticket.tier)
    if target is None:
        raise Refused("refused.top_tier", number=ticket.number)
    if target == ticket.tier:
        raise Refused("refused.already_there", number=ticket.number, tier=target)
    if rank(target) < rank(ticket.tier):
        raise Refused("refused.only_upward", number=ticket.number, tier=target)
    follower = ticket.followed_by if ticket.followed_by is not None else (ticket.assignee or by.person)
    return _given_up(replace(ticket, tier=target), ticket, now, by, (ticket.tier, target), follower, reason)


def escalate_at_the_top(ticket: Ticket, now: datetime, by: By, way: Way, reason: str = "") -> Moved:
    """The tier stays; who leads it and passes it above us follows it himself. Refused where that was done before."""
    _check(ticket)
    held = ticket.assignee is not None or ticket.department is not None
    if not held and ticket.followed_by is not None and (way == TO_THE_LEADS or ticket.followed_by == by.person):
        raise Refused("refused.top_tier", number=ticket.number)
    follower = by.person if way == ABOVE_US else ticket.followed_by or ticket.assignee or by.person
    return _given_up(ticket, ticket, now, by, way, follower, reason)


def _check(ticket: Ticket) -> None:
    if not possible(ticket, "escalate"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="escalate")


def _given_up(new: Ticket, old: Ticket, now: datetime, by: By, way: Way, follower: int | None, reason: str) -> Moved:
    here, there = way
    data: dict[str, Datum] = {"tier_from": here, "tier_to": there, "reason": reason}
    if old.status != "open":
        data = {"from": old.status, "to": "open", **data}
    given_up = replace(
        new,
        status="open",
        assignee=None,
        department=None,
        followed_by=follower,
        taken_at=None,
        answered_at=old.answered_at or now,
        version=old.version + 1,
    )
    return given_up, TicketEvent("escalate", now, by.person, by.account, data)
