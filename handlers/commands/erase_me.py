"""删除我的信息: what leads to me is taken away, after one question."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import own_data
from handlers.asked import Command
from handlers.context import Context, Speaker

_SURE = frozenset({"确认", "确定", "是", "删", "yes", "sure", "confirm"})


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return own_data.erase(ctx, speaker, sure=words.strip().lower() in _SURE)


COMMAND = Command(
    "删除我的信息",
    "erase_me",
    run,
    Action.HELP,
    aliases=("删除我的资料",),
    words="may",
    fits=lambda words: words.strip().lower() in _SURE,
)
