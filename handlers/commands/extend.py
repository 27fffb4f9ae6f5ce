"""延期: asks a tier up for one later deadline, by so many working days or to a day, with the reason."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import approving
from nlu.until import until_in


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    until = until_in(words, ctx.now.astimezone(ctx.settings.office.tz).date())
    if until is None or not until.rest:
        raise Refused("command.extend.how", number=ticket.number)
    said = approving.ask(ctx, speaker, ticket, "extend", until.rest, approving.later(ctx, ticket, until))
    return [*said, *acknowledge(ctx, speaker, "command.extend.done", number=ticket.number)]


COMMAND = Command("延期", "extend", run, Action.ASK, move="extend", words="must", jargon=True)
