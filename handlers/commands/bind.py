"""绑定: a room to an area (/start and a one-time code, by its admin), an account to a person of the staff list."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import binding
from handlers.asked import Command
from handlers.context import Context, Speaker


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    words = words.strip()
    if not speaker.private:
        if not binding.is_code(words):
            raise Refused("bind.needs_code")
        return [binding.bind_room(ctx, speaker, words)]
    if binding.is_code(words):
        return [binding.bind_by_code(ctx, speaker, words)]
    if words:
        return [binding.offer_link(ctx, speaker, words)]
    if speaker.actor.person is not None or binding.said_start(speaker):
        return [binding.greet(ctx, speaker)]
    return [binding.ask_phone(ctx, speaker)]


# "start" is what platforms send when somebody opens the chat or follows a link of ours.
COMMAND = Command("绑定", "bind", run, Action.BIND, aliases=("start",), words="may")
