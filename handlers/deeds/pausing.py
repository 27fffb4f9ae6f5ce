"""A ticket that has to wait (挂起): its solve clock stands still, seen by all, ten working days in all at most."""

from __future__ import annotations

from domain import moves, sla
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import THE_CLOCK, Ticket, is_emergency
from handlers.context import Context, Speaker
from handlers.deeds import posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.quiet import tongue_of
from handlers.wording import moment


def pause(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str) -> list[Outgoing]:
    """挂起: with a reason that stands on every card."""
    allow(ctx, speaker, Action.PAUSE, ticket)
    if is_emergency(ticket):
        raise Refused("refused.emergency_runs", number=ticket.number)
    most = ctx.settings.sla.max_pause_days
    new = keep(ctx, speaker, ticket, moves.pause(ticket, ctx.now, by(speaker), reason, max_days=most))
    return posting.refresh(ctx, new)


def resume(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """恢复: the clock goes on, the deadline later by the working days that were spent."""
    allow(ctx, speaker, Action.PAUSE, ticket)
    days, due = sla.pause_spent(ticket, ctx.now, ctx.settings)
    new = keep(ctx, speaker, ticket, moves.resume(ticket, ctx.now, by(speaker), days=days, solve_due=due))
    return posting.refresh(ctx, new)


def awake(ctx: Context, speaker: Speaker, ticket: Ticket) -> Ticket:
    """The ticket with its clock going: what one worker waited for does not hold up the next."""
    if ticket.paused_at is None:
        return ticket
    days, due = sla.pause_spent(ticket, ctx.now, ctx.settings)
    return keep(ctx, speaker, ticket, moves.resume(ticket, ctx.now, by(speaker), days=days, solve_due=due))


def end_pause(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """The days allowed are used up: the clock goes on by itself, and whoever has the ticket is told."""
    days, due = sla.pause_spent(ticket, ctx.now, ctx.settings)
    new = keep(ctx, None, ticket, moves.resume(ticket, ctx.now, THE_CLOCK, days=days, solve_due=due))
    found = posting.refresh(ctx, new)
    who = new.assignee or new.followed_by
    if who is None or new.solve_due is None:
        return found
    said = moment(new.solve_due, ctx.now, ctx.settings, tongue_of(ctx, who))
    return found + telling.whisper(ctx, new, who, "staff.pause_over", number=new.number, due=said)
