"""重办: it was not solved after all."""

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
    said = closing.reopen(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.reopen.done", number=ticket.number)]


COMMAND = Command("重办", "reopen", run, Action.REOPEN, move="reopen", words="may", jargon=True)
