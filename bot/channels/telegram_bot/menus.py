"""Telegram's menus of commands: residents and staff each see what is theirs. Set only where they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.channels.telegram_bot.deliveries import CHANNEL
from handlers import guide
from handlers.command import COMMANDS, Command
from handlers.texts import say
from storage.store import Store

_LONGEST = 256
# What a resident's phone shows in private: few, what is used most first. The others are answered all the same.
_IN_PRIVATE = ("mine", "rate", "note", "withdraw", "help", "mydata", "bind", "language", "forget_me")


@dataclass(frozen=True, slots=True)
class Menu:
    """A scope, what it is known as, and its commands with what each does."""

    key: str
    scope: BotCommandScope
    commands: tuple[tuple[str, str], ...]

    @property
    def print(self) -> str:
        """Changes when the menu does."""
        return hashlib.sha256(repr(self.commands).encode()).hexdigest()[:16]


def changed(store: Store, language: str, now: datetime) -> list[Menu]:
    """The menus that Telegram does not show yet."""
    return [
        menu
        for menu in _wanted(store, language)
        if store.channel_state.get(CHANNEL, f"menu:{menu.key}", now) != menu.print
    ]


def note(store: Store, menu: Menu) -> None:
    store.channel_state.set(CHANNEL, f"menu:{menu.key}", menu.print)


def _wanted(store: Store, language: str) -> Iterator[Menu]:
    staff = _lines(guide.by_use(COMMANDS, "worker"), language)
    yield Menu("private", BotCommandScopeAllPrivateChats(), _lines(_called(_IN_PRIVATE), language))
    yield Menu("groups", BotCommandScopeAllGroupChats(), _lines(_called(guide.FEW), language))
    for group in store.areas.all_groups():
        if group.channel == CHANNEL and group.audience == "staff":
            yield Menu(group.chat, BotCommandScopeChat(int(group.chat)), staff)
    for chat in store.people.private_chats(CHANNEL):
        yield Menu(chat, BotCommandScopeChat(int(chat)), staff)


def _called(names: tuple[str, ...]) -> list[Command]:
    return [COMMANDS[name] for name in names]


def _lines(commands: list[Command], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((command.latin, say(command.help, language)[:_LONGEST]) for command in commands)
