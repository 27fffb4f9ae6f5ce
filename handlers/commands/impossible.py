"""客观办不了: asks the secretary to agree that it cannot be done, with the reason."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import approving


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.impossible.how", number=ticket.number)
    said = approving.ask(ctx, speaker, ticket, "impossible", words)
    return [*said, *acknowledge(ctx, speaker, "command.impossible.done", number=ticket.number)]


COMMAND = Command(
    "客观办不了", "impossible", run, Action.ASK, move="extend", aliases=("办不了",), words="must", jargon=True
)
