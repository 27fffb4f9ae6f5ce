"""备注: a word on the ticket."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import handling


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        raise Refused("command.note.what", number=ticket.number)
    said = handling.note(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.note.done", number=ticket.number)]


COMMAND = Command("备注", "note", run, Action.NOTE, move="note", words="must")
