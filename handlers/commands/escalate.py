"""上报: up one tier, with the reason if one is given."""

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
    said = handling.escalate(ctx, speaker, ticket, words)
    return [*said, *acknowledge(ctx, speaker, "command.escalate.done", number=ticket.number)]


COMMAND = Command("上报", "escalate", run, Action.ESCALATE, move="escalate", words="may", jargon=True)
