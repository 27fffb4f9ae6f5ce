"""Staff are asked at once whether anybody is in danger: those on duty besides their group, others if nobody looks."""

from __future__ import annotations

from domain.fears import fear
from domain.messages import Outgoing
from domain.tickets import Ticket
from handlers import recipients
from handlers.context import Context, Speaker
from handlers.deeds import alarms, posting
from handlers.deeds.acting import by, keep


def ask(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """Of a ticket that is new: its card hangs in the staff group, and those on duty get one of their own."""
    alarms.watch_fear(ctx, ticket)
    return posting.call_on_duty(ctx, ticket)


def ask_anew(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """What was said of a ticket since lets fear for somebody: a card that is only edited would call nobody."""
    moved = fear(ticket, ctx.now, by(speaker))
    if moved is None:
        return []
    new = keep(ctx, speaker, ticket, moved)
    alarms.watch_fear(ctx, new)
    if recipients.is_discreet(new):
        return posting.confide(ctx, new, recipients.confidants(ctx, new), again=True)
    persons = [new.assignee] if new.assignee is not None else []
    return posting.post_staff(ctx, new) + posting.call(ctx, new, [*persons, *recipients.on_duty(ctx, new)], again=True)
