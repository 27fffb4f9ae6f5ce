"""群发: something to be said in residents' WeChat groups, by their owners; alone it tells how the last ones went."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.broadcasting import announce, tell
from handlers.context import Context, Speaker


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return announce(ctx, speaker, words) if words else tell(ctx, speaker)


# "群发 一下通知" is talk between colleagues: with words it needs its mark, since residents read what comes of it.
COMMAND = Command("群发", "broadcast", run, Action.MANAGE, words="may", alone=True)
