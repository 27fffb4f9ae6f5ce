"""撤回: the reporter no longer needs it."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import closing


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = closing.withdraw(ctx, speaker, ticket, words)
    if ctx.store.tickets.get(ticket.id).status != "withdrawn":
        return said  # it goes on for his neighbours, and he was told
    return [*said, *acknowledge(ctx, speaker, "command.withdraw.done", number=ticket.number)]


COMMAND = Command("撤回", "withdraw", run, Action.WITHDRAW, move="withdraw", aliases=("撤单",), words="may")
