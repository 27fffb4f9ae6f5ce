"""更正: something that is kept of me is wrong; what hangs on nothing I change myself, the rest staff check."""

from __future__ import annotations

import re

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import own_data
from handlers.asked import Command
from handlers.context import Context, Speaker

# "更正，是5幢2单元" puts a report right and is for the listener; this is about what is kept of him.
_ABOUT_ME = re.compile(
    r"名字|姓名|我叫|电话|手机|号码|门牌|住址|我家住|我住|信息|档案|生日|出生|同意|\b(?:name|phone|door|address|file)\b",
    re.IGNORECASE,
)


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    return own_data.correct(ctx, speaker, words)


COMMAND = Command(
    "更正", "correct", run, Action.HELP, words="must", fits=lambda words: _ABOUT_ME.search(words) is not None
)
