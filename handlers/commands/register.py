"""登记: what was only suspected to be a report is one."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import correcting


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    said = correcting.register(ctx, speaker, ticket)
    return [*said, *acknowledge(ctx, speaker, "command.register.done", number=ticket.number)]


COMMAND = Command("登记", "register", run, Action.REGISTER, move="register")
