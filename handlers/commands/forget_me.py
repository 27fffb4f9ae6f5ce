"""不记我: what this account says is no longer kept, emergencies excepted; "不记我 取消" takes it back."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import language, quietly
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.texts import say

_BACK = frozenset({"取消", "算了", "恢复", "off", "no", "cancel"})


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    out = words.strip().lower() not in _BACK
    ctx.store.people.opt_out(speaker.account.id, out)
    ctx.store.people.audit(
        ctx.now, "opt_out" if out else "opt_in", f"account:{speaker.account.id}", account=speaker.account.id
    )
    key = "command.forget_me.done" if out else "command.forget_me.back"
    return [quietly(speaker, say(key, language(ctx, speaker)))]


COMMAND = Command(
    "不记我", "forget_me", run, Action.HELP, words="may", fits=lambda words: words.strip().lower() in _BACK
)
