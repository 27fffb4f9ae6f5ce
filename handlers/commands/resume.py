"""恢复: what was waiting goes on."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import pausing


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = pausing.resume(ctx, speaker, ticket)
    return [*said, *acknowledge(ctx, speaker, "command.resume.done", number=ticket.number)]


COMMAND = Command(
    "恢复",
    "resume",
    run,
    Action.PAUSE,
    move="resume",
    jargon=True,
    suits=lambda _ctx, ticket: ticket.paused_at is not None,
)
