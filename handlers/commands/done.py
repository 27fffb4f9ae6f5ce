"""办结: it is done, with what was done in words and a photo where there is one."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing, Said
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import handling


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.done.how", number=ticket.number)
    photos = speaker.event.media if isinstance(speaker.event, Said) else ()
    said = handling.finish(ctx, speaker, ticket, words, photos)
    return [*said, *acknowledge(ctx, speaker, "command.done.done", number=ticket.number)]


COMMAND = Command("办结", "done", run, Action.DONE, move="done", aliases=("结单",), words="must", jargon=True)
