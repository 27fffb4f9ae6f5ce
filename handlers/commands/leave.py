"""请假: away today, or for as many days as said; each morning the list goes to the community."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.care.leave import leave_days, take_leave
from handlers.context import Context, Speaker
from nlu.contacts import of_another_day


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    if of_another_day(words):
        raise Refused("care.leave_how")
    return take_leave(ctx, speaker, words)


def _is_length(words: str) -> bool:
    return leave_days(words) is not None


# A leave in a group of residents is talk; in private, or marked, it is meant for us.
COMMAND = Command("请假", "leave", run, Action.VISIT, words="may", fits=_is_length)
