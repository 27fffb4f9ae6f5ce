"""帮助: the few commands that this person needs here; 全部 for all of them; or one at length."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import asked, guide
from handlers.answers import among_residents, language, quietly
from handlers.context import Context, Speaker
from handlers.texts import DEFAULT, listed, say

_ALL = frozenset({"全部", "所有", "全", "all"})


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    wanted = _bare(words)
    one = _registry().get(wanted)
    if one is not None and one.offered_to(speaker):
        return [quietly(speaker, say(one.help, tongue))]
    lines = _everything(speaker, tongue) if wanted in _ALL else _few(ctx, speaker, tongue)
    return [quietly(speaker, "\n".join(lines))]


def _few(ctx: Context, speaker: Speaker, tongue: str) -> list[str]:
    registry = _registry()
    head = say("command.help.head_staff" if speaker.actor.posts else "command.help.head", tongue)
    if among_residents(speaker) and speaker.account.chat is None:
        # Everybody in the house will read it.
        shown = [registry[name] for name in guide.FEW]
    else:
        shown = guide.most_needed(ctx, speaker, registry)
    lines = [head, *(say(one.help, tongue) for one in shown)]
    if among_residents(speaker):
        lines.append(say("command.help.mark", tongue))
    if phone := _phone(ctx):
        lines.append(say("command.help.phone", tongue, phone=phone))
    return [*lines, say("command.help.more", tongue, one=_example(speaker, tongue))]


def _everything(speaker: Speaker, tongue: str) -> list[str]:
    """Their names, a few in a row: a row for each thing that one may be about."""
    registry = _registry()
    rows = [say("command.help.all", tongue, one=_example(speaker, tongue))]
    for section, names in guide.SECTIONS.items():
        offered = [registry[name] for name in names if registry[name].offered_to(speaker)]
        if offered:
            told = listed((_name(one, tongue) for one in offered), tongue)
            rows.append(say(f"command.help.section.{section}", tongue, names=told))
    return rows


def _example(speaker: Speaker, tongue: str) -> str:
    return _name(_registry()["done" if speaker.actor.posts else "rate"], tongue)


def _name(command: asked.Command, tongue: str) -> str:
    return command.name if tongue == DEFAULT else command.latin


def _registry() -> dict[str, asked.Command]:
    # Asked for when it is complete: this very command is among them.
    from handlers.command import COMMANDS

    return COMMANDS


def _phone(ctx: Context) -> str:
    phones = ctx.settings.office.phones
    return phones.community_office or phones.property_duty or phones.hotline


def _bare(words: str) -> str:
    return words.strip("#/＃／ “”\"'").lower()


def _names_one(words: str) -> bool:
    return _bare(words) in _registry() or _bare(words) in _ALL


COMMAND = asked.Command("帮助", "help", run, Action.HELP, words="may", fits=_names_one)
