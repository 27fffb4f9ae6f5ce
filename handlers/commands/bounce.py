"""退回: a department hands the matter back, once and soon, with the reason."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import bouncing


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.bounce.why", number=ticket.number)
    said = bouncing.bounce(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.bounce.done", number=ticket.number)]


COMMAND = Command("退回", "bounce", run, Action.BOUNCE, move="bounce", words="must", jargon=True)
