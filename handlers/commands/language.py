"""语言: the language in which somebody is answered."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import quietly
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.texts import say
from storage.languages import Languages

_NAMES = {
    "中文": "zh-CN",
    "汉语": "zh-CN",
    "普通话": "zh-CN",
    "zh": "zh-CN",
    "zh-cn": "zh-CN",
    "chinese": "zh-CN",
    "英文": "en",
    "英语": "en",
    "en": "en",
    "english": "en",
}


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    chosen = _NAMES.get(words.strip().lower())
    if chosen is None:
        raise Refused("command.language.which")
    Languages(ctx.store.connection).choose(speaker.account.id, chosen)
    return [quietly(speaker, say("command.language.done", chosen))]


COMMAND = Command(
    "语言", "language", run, Action.HELP, words="must", fits=lambda words: words.strip().lower() in _NAMES
)
