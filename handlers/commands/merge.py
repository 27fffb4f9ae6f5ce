"""并单: two tickets are about the same matter; the first goes into the second."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command, named
from handlers.context import Context, Speaker
from handlers.deeds import correcting


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    number = words.lstrip("到进入和与").strip()
    if not number:
        raise Refused("command.merge.into", number=ticket.number)
    into = named(ctx, speaker, number)
    if into is None:
        raise Refused("command.no_such", number=number)
    said = correcting.merge(ctx, speaker, ticket, into)
    return [*said, *acknowledge(ctx, speaker, "command.merge.done", number=ticket.number, into=into.number)]


COMMAND = Command("并单", "merge", run, Action.MERGE, move="merge", aliases=("并案",), words="must", jargon=True)
