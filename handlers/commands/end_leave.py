"""销假: back from a leave, before its end or before its beginning; what is due is his again."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.care.leave import end_leave
from handlers.context import Context, Speaker
from nlu.leave import says_when


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return end_leave(ctx, speaker, words)


COMMAND = Command("销假", "end_leave", run, Action.VISIT, words="may", fits=says_when)
