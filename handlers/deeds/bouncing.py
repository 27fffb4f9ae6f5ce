"""A department hands a matter back (退回), once and soon. After the second time the secretary names the lead."""

from __future__ import annotations

from domain import moves, sla
from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.messages import Person as To
from domain.people import Action, Role
from domain.tickets import MOST_BOUNCES, Ticket
from handlers import calling
from handlers.answers import language
from handlers.context import Context, Speaker
from handlers.deeds import pausing, posting
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.quiet import priority_of, tongue_of, unasked_at
from handlers.moments import lasting
from handlers.texts import say


def bounce(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str) -> list[Outgoing]:
    """退回: back to the one who follows it, who is told; after the second time the secretary is asked for the lead."""
    allow(ctx, speaker, Action.BOUNCE, ticket)
    _check(ctx, speaker, ticket)
    ticket = pausing.awake(ctx, speaker, ticket)
    new = keep(ctx, speaker, ticket, moves.bounce(ticket, ctx.now, by(speaker), reason))
    found = posting.refresh(ctx, new)
    if new.assignee is not None:
        found += posting.call(ctx, new, [new.assignee], again=True)
    if new.bounces >= MOST_BOUNCES:
        heads = calling.on_post(ctx, new, Role.SECRETARY) or calling.leads(ctx, new, "district")
        found += [_ask_for_lead(ctx, new, person.id, reason) for person in heads]
    return found


def _check(ctx: Context, speaker: Speaker, ticket: Ticket) -> None:
    """Refused where it is too late, where this department did so before, or was named the lead."""
    if ticket.department is None:
        raise Refused("refused.not_with_department", number=ticket.number)
    history = [kept.event for kept in ctx.store.tickets.events(ticket.id, ("transfer", "bounce"))]
    handed = next((event for event in reversed(history) if event.kind == "transfer"), None)
    before = any(event.kind == "bounce" and event.data.get("department") == ticket.department for event in history)
    if before or (handed is not None and handed.data.get("lead")):
        raise Refused("refused.bounced_before", number=ticket.number)
    if handed is not None and not sla.may_bounce(handed.at, ctx.now, ctx.settings):
        within = lasting(ctx.settings.sla.bounce_within, language(ctx, speaker))
        raise Refused("refused.bounce_late", number=ticket.number, within=within)


def _ask_for_lead(ctx: Context, ticket: Ticket, person: int, reason: str) -> Outgoing:
    tongue = tongue_of(ctx, person)
    return Outgoing(
        to=To(person),
        text=say("staff.name_lead", tongue, number=ticket.number, what=ticket.summary, reason=reason),
        card=f"ticket:{ticket.id}:lead:{person}",
        buttons=(Button(say("button.lead", tongue), f"牵头 {ticket.number}"),),
        priority=priority_of(ticket),
        not_before=unasked_at(ctx, ticket),
    )
