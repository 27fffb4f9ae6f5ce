"""拆单: one ticket holds two matters; the one that is told here gets a ticket of its own."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds.splitting import split


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.split.what", number=ticket.number)
    new, said = split(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.split.done", number=ticket.number, new=new.number)]


COMMAND = Command("拆单", "split", run, Action.MERGE, move="merge", words="must", jargon=True)
