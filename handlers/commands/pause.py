"""挂起: it has to wait, with the reason; the clock stands still meanwhile."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import pausing


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.pause.why", number=ticket.number)
    said = pausing.pause(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.pause.done", number=ticket.number)]


COMMAND = Command("挂起", "pause", run, Action.PAUSE, move="pause", words="must", jargon=True)
