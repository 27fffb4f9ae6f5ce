"""接单: "I take it"."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import handling


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = handling.claim(ctx, speaker, ticket)
    return [*said, *acknowledge(ctx, speaker, "command.claim.done", number=ticket.number)]


COMMAND = Command("接单", "claim", run, Action.CLAIM, move="claim", jargon=True)
