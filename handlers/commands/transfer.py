"""转办: to a department or a colleague; without a name it offers the departments."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.people import Action
from domain.tickets import Ticket, possible
from handlers.answers import acknowledge, language, quietly
from handlers.asked import Command, allowed
from handlers.context import Context, Speaker
from handlers.deeds import passing
from handlers.texts import say

OFFERED = 10


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    named = words.lstrip("给到 ，,：:、")
    if not named:
        return [_to_whom(ctx, speaker, ticket)]
    said = passing.transfer(ctx, speaker, ticket, *passing.parted(ctx, ticket, named))
    to, ours = passing.now_with(ctx, ticket, language(ctx, speaker))
    key = "command.transfer.done" if ours else "command.transfer.outside"
    unheard = passing.unheard(ctx, speaker, ticket)
    return [*said, *(unheard or acknowledge(ctx, speaker, key, number=ticket.number, to=to))]


def _to_whom(ctx: Context, speaker: Speaker, ticket: Ticket) -> Outgoing:
    if not allowed(ctx, speaker, ticket, Action.TRANSFER):
        raise Refused("command.not_yours", number=ticket.number)
    if not possible(ticket, "transfer"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="transfer")
    departments = ctx.store.areas.departments(ticket.district)
    # Those that take this category come first.
    departments.sort(key=lambda one: (ticket.category not in one.categories, one.id))
    buttons = tuple(Button(one.name, f"转办 {ticket.number} {one.name}") for one in departments[:OFFERED])
    text = say("command.transfer.to_whom", language(ctx, speaker), number=ticket.number)
    return quietly(speaker, text, buttons)


COMMAND = Command(
    "转办", "transfer", run, Action.TRANSFER, move="transfer", aliases=("转交",), words="may", jargon=True
)
