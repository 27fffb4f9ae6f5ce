"""A second one of the staff comes along (协办): the first keeps it, and the others know that there are two."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket, TicketEvent
from handlers.context import Context, Speaker
from handlers.deeds import posting
from handlers.deeds.acting import allow
from handlers.deeds.handling import claim


def claim_or_help(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """我去 in plain words, whoever has it: it is taken, or he helps. Who asks for it by 接单 is told who has it."""
    try:
        return claim(ctx, speaker, ticket)
    except Refused as refused:
        if refused.key != "refused.taken_by_other":
            raise
    return _help(ctx, speaker, ticket)


def _help(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    allow(ctx, speaker, Action.CLAIM, ticket)
    person = speaker.actor.person
    new = person is not None and person not in ctx.store.tickets.extra(ticket.id).helpers
    event = TicketEvent("help", ctx.now, person, speaker.account.id)
    ctx.store.tickets.add_event(ticket, event, speaker.line)
    if speaker.line is not None:
        ctx.store.lines.keep([speaker.line])
    if person is None or not new:
        return []
    ctx.store.tickets.help(ticket.id, person)
    return posting.refresh_staff(ctx, ticket)
