"""退群: the bot says what it keeps, forgets the rest and leaves the group; for those who run it."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import leaving
from handlers.asked import Command
from handlers.context import Context, Speaker


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return leaving.leave(ctx, speaker)


COMMAND = Command("退群", "leave_group", run, Action.BIND)
