"""我的信息: what is kept of me, in private."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import own_data
from handlers.asked import Command
from handlers.context import Context, Speaker


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return own_data.show(ctx, speaker)


COMMAND = Command("我的信息", "mydata", run, Action.HELP)
