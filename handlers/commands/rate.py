"""评价: 1 good, 2 fair, 3 not yet; or the same in words."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import closing
from handlers.verdicts import verdict_in


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    verdict = verdict_in(words)
    if verdict is None:
        raise Refused("command.rate.how", number=ticket.number)
    return closing.rate(ctx, speaker, ticket, verdict.score, verdict.words)


COMMAND = Command(
    "评价",
    "rate",
    run,
    Action.RATE,
    move="rate",
    words="must",
    jargon=True,
    fits=lambda words: verdict_in(words) is not None,
)
