"""牵头: the secretary names who keeps a matter that departments hand back; without a name it offers the departments."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge, language, quietly
from handlers.asked import Command, allowed
from handlers.context import Context, Speaker
from handlers.deeds import passing
from handlers.texts import say

OFFERED = 10


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    named = words.lstrip("由给 ，,：:、")
    if not named:
        return [_whom(ctx, speaker, ticket)]
    said = passing.transfer(ctx, speaker, ticket, *passing.parted(ctx, ticket, named), lead=True)
    to, ours = passing.now_with(ctx, ticket, language(ctx, speaker))
    key = "command.lead.done" if ours else "command.transfer.outside"
    unheard = passing.unheard(ctx, speaker, ticket)
    return [*said, *(unheard or acknowledge(ctx, speaker, key, number=ticket.number, to=to))]


def _whom(ctx: Context, speaker: Speaker, ticket: Ticket) -> Outgoing:
    if not allowed(ctx, speaker, ticket, Action.LEAD):
        raise Refused("command.not_yours", number=ticket.number)
    departments = ctx.store.areas.departments(ticket.district)
    buttons = tuple(Button(one.name, f"牵头 {ticket.number} {one.name}") for one in departments[:OFFERED])
    return quietly(speaker, say("command.lead.who", language(ctx, speaker), number=ticket.number), buttons)


COMMAND = Command("牵头", "lead", run, Action.LEAD, move="transfer", words="may", jargon=True)
