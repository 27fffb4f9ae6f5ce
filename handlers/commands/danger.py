"""确有危险: somebody of the staff has looked, and people are in danger."""

from __future__ import annotations

from domain.fears import is_feared
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import correcting


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = correcting.raise_alarm(ctx, speaker, ticket)
    return [*said, *acknowledge(ctx, speaker, "command.danger.done", number=ticket.number)]


COMMAND = Command(
    "确有危险",
    "danger",
    run,
    Action.RAISE,
    move="correct",
    jargon=True,
    suits=lambda _ctx, ticket: is_feared(ticket),
)
