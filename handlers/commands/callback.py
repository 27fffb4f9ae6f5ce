"""回访: what the reporter said when called back: 1 good, 2 fair, 3 not solved, 0 nobody answered."""

from __future__ import annotations

import re

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import calling_back
from handlers.verdicts import verdict_in

_NOBODY = re.compile(r"0(?!\d)|(?:电话)?(?:没|未|无)(?:打通|人接|接通?)|打不通|no answer", re.IGNORECASE)


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    nobody = _NOBODY.match(words)
    verdict = verdict_in(words) if nobody is None else None
    if nobody is None and verdict is None:
        raise Refused("command.callback.how", number=ticket.number)
    score, told = (verdict.score, verdict.words) if verdict is not None else (0, "")
    said = calling_back.call_back(ctx, speaker, ticket, score, told)
    return [*said, *acknowledge(ctx, speaker, f"command.callback.done.{score}", number=ticket.number)]


COMMAND = Command(
    "回访",
    "callback",
    run,
    Action.CALL_BACK,
    move="reopen",
    words="must",
    jargon=True,
    fits=lambda words: _NOBODY.match(words) is not None or verdict_in(words) is not None,
    suits=calling_back.is_due,
)
