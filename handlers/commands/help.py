"""帮助: what this person may do here, or one command at length."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import asked
from handlers.answers import among_residents, language, quietly
from handlers.context import Context, Speaker
from handlers.texts import say

# What is used most first, then in the order in which a ticket lives.
_ORDER = (
    "claim",
    "done",
    "transfer",
    "escalate",
    "note",
    "extend",
    "pause",
    "resume",
    "bounce",
    "impossible",
    "approve",
    "decline",
    "lead",
    "callback",
    "today",
    "visit",
    "diary",
    "report_for",
    "broadcast",
    "leave",
    "mine",
    "show",
    "rate",
    "reopen",
    "withdraw",
    "reject",
    "register",
    "category",
    "place",
    "merge",
    "split",
    "code",
    "bind",
    "unbind",
    "leave_group",
    "language",
    "forget_me",
    "help",
)
# Seldom of use to a resident, who is told of fewer: explained when asked for by name.
_UNLISTED = frozenset({"register", "category", "split", "bind", "unbind", "leave_group"})


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    registry = _registry()
    one = registry.get(words.strip("#/＃／ ").lower())
    if one is not None and one.offered_to(speaker):
        return [quietly(speaker, say(one.help, tongue))]
    offered = {command.latin: command for command in registry.values() if command.offered_to(speaker)}
    staff = bool(speaker.actor.posts)
    shown = [command for command in offered.values() if staff or command.latin not in _UNLISTED]
    lines = [say(command.help, tongue) for command in sorted(shown, key=_order)]
    head = say("command.help.head_staff" if staff else "command.help.head", tongue)
    foot = [say("command.help.phone", tongue, phone=phone)] if (phone := _phone(ctx)) else []
    mark = [say("command.help.mark", tongue)] if among_residents(speaker) else []
    return [quietly(speaker, "\n".join([head, *lines, *mark, *foot]))]


def _registry() -> dict[str, asked.Command]:
    # Asked for when it is complete: this very command is among them.
    from handlers.command import COMMANDS

    return COMMANDS


def _order(command: asked.Command) -> tuple[int, str]:
    return _ORDER.index(command.latin) if command.latin in _ORDER else len(_ORDER), command.latin


def _phone(ctx: Context) -> str:
    phones = ctx.settings.office.phones
    return phones.community_office or phones.property_duty or phones.hotline


def _names_one(words: str) -> bool:
    return words.strip("#/＃／ ").lower() in _registry()


COMMAND = asked.Command("帮助", "help", run, Action.HELP, words="may", fits=_names_one)
