"""批准: what somebody asked for is granted."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import approving


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = approving.approve(ctx, speaker, ticket)
    return [*said, *acknowledge(ctx, speaker, "command.approve.done", number=ticket.number)]


COMMAND = Command(
    "批准",
    "approve",
    run,
    Action.EXTEND,
    move="extend",
    jargon=True,
    suits=lambda ctx, ticket: approving.request_of(ctx, ticket) is not None,
)
