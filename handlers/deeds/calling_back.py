"""Calling back after a matter was closed (回访): who is asked to do it, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from domain.callbacks import is_called_back, lot
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action, Role
from domain.tickets import Ticket, TicketEvent, is_emergency
from handlers import recipients
from handlers.context import Context, Speaker
from handlers.deeds import closing
from handlers.deeds.acting import allow, by, keep

_CALLERS = (Role.COMMUNITY_STAFF, Role.SECRETARY, Role.STREET_DUTY, Role.DISTRICT_ADMIN)


def is_due(ctx: Context, ticket: Ticket) -> bool:
    """Drawn, with somebody to call, and not called since it was closed."""
    if not is_called_back(ticket, ctx.settings.rating.callback_share):
        return False
    if recipients.reported_by_staff(ctx, ticket) and not ticket.on_behalf_of:
        return False
    calls = ctx.store.tickets.events(ticket.id, ("called_back",))
    since = ticket.closed_at or ticket.opened_at
    return not any(kept.event.at >= since and kept.event.data.get("score") for kept in calls)


def caller(ctx: Context, ticket: Ticket) -> int | None:
    """One of the community's people who had no hand in it; of an emergency also the worker, if there is nobody else."""
    for role in _CALLERS:
        free = [one for one in recipients.holders(ctx, ticket, (role,)) if one not in _hands(ticket)]
        if free:
            return free[int(lot(ticket) * len(free))]
    return ticket.assignee if is_emergency(ticket) else None


def call_back(ctx: Context, speaker: Speaker, ticket: Ticket, score: int, words: str) -> list[Outgoing]:
    """回访: 1 good, 2 fair, 3 not solved (it is opened again), 0 nobody answered (tried once more the next day)."""
    allow(ctx, speaker, Action.CALL_BACK, ticket)
    if ticket.status != "closed":
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="callback")
    if speaker.actor.person in _hands(ticket) and not is_emergency(ticket):
        raise Refused("refused.own_work", number=ticket.number)
    who = by(speaker)
    event = TicketEvent("called_back", ctx.now, who.person, who.account, {"score": score, "words": words.strip()})
    new = keep(ctx, speaker, ticket, (replace(ticket, version=ticket.version + 1), event))
    if score:
        ctx.store.alarms.clear(("callback",), ticket.id)
    return closing.reopen(ctx, speaker, new, words) if score == 3 else []


def _hands(ticket: Ticket) -> set[int]:
    return {one for one in (ticket.assignee, ticket.followed_by) if one is not None}
