"""请假: away today, another day, or for as many days as said; each morning the list goes to the community."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.care.leave import ask_leave
from handlers.context import Context, Speaker
from nlu.contacts import of_another_day
from nlu.leave import leave_in, says_when


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    day = ctx.now.astimezone(ctx.settings.office.tz).date()
    if leave_in(words, day) is None and (says_when(words) or of_another_day(words)):
        raise Refused("care.leave_how")
    return ask_leave(ctx, speaker, words)


# A leave in a group of residents is talk; in private, or marked, it is meant for us.
COMMAND = Command("请假", "leave", run, Action.VISIT, words="may", fits=says_when)
