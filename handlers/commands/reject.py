"""不是报事: the bot misheard; learnt from later."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import correcting


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = correcting.reject(ctx, speaker, ticket)
    if ctx.store.tickets.get(ticket.id).status != "rejected":
        return said  # it goes on for his neighbours, and he was told
    return [*said, *acknowledge(ctx, speaker, "command.reject.done", number=ticket.number)]


COMMAND = Command("不是报事", "reject", run, Action.REJECT, move="reject", aliases=("登记错了",), jargon=True)
