"""日记: my last entries, those of a door, or a new one."""

from __future__ import annotations

from datetime import timedelta

from domain.archive import HouseholdKey
from domain.diary import Entry, title_of
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action, may
from domain.tickets import Ticket
from handlers.answers import among_residents, here, language, quietly
from handlers.asked import Command
from handlers.care.discretion import shown
from handlers.care.doors import estate_names, find_door
from handlers.care.remark import note_remark
from handlers.care.wishes import note_visit
from handlers.context import Context, Speaker
from handlers.texts import listed, say

DAYS = 7
SHOWN = 20


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    if not words:
        return [_listed(ctx, speaker)]
    estate = max((name for name in estate_names(ctx, speaker) if words.startswith(name)), key=len, default="")
    if _is_door(words.removeprefix(estate)):
        return [_of_door(ctx, speaker, words, estate)]
    return note_visit(ctx, speaker, words) or [_note(ctx, speaker, words)]


def _is_door(words: str) -> bool:
    try:
        HouseholdKey.parse(words)
    except Refused:
        return False
    return True


def _listed(ctx: Context, speaker: Speaker) -> Outgoing:
    tongue = language(ctx, speaker)
    worker = speaker.actor.person
    since = ctx.now - timedelta(days=DAYS)
    entries = ctx.store.diary.of_worker(worker, since, ctx.now + timedelta(seconds=1)) if worker is not None else []
    if not entries:
        return _say(ctx, speaker, say("care.diary_empty", tongue))
    return _lines(ctx, speaker, say("care.diary_head", tongue, count=len(entries)), entries[-SHOWN:])


def _of_door(ctx: Context, speaker: Speaker, words: str, estate: str) -> Outgoing:
    tongue = language(ctx, speaker)
    code = str(HouseholdKey.parse(words.removeprefix(estate)))
    door = find_door(ctx, speaker, code, estate or None, make=False)
    household = door.household
    entries: list[Entry] = []
    if door.choices:
        choices = listed(door.choices, tongue)
        return _say(ctx, speaker, say("care.diary_which_door", tongue, choices=choices, example=door.choices[0]))
    if household is not None:
        if not may(speaker.actor, Action.DIARY, None, ctx.store.areas.get(household.area).path):
            raise Refused("refused.not_allowed", action=Action.DIARY.value)
        entries = ctx.store.diary.of_household(household.id)[-SHOWN:]
    if not entries:
        return _say(ctx, speaker, say("care.diary_door_empty", tongue, door=words))
    return _lines(ctx, speaker, say("care.diary_door_head", tongue, door=words, count=len(entries)), entries)


def _note(ctx: Context, speaker: Speaker, words: str) -> Outgoing:
    entry = note_remark(ctx, speaker, words)
    return _say(ctx, speaker, say("care.noted", language(ctx, speaker), who=title_of(entry)))


def _lines(ctx: Context, speaker: Speaker, head: str, entries: list[Entry]) -> Outgoing:
    tongue, tz = language(ctx, speaker), ctx.settings.office.tz
    lines = [head]
    for entry in entries:
        at = entry.at.astimezone(tz)
        lines.append(
            say("care.diary_line", tongue, month=at.month, day=at.day, title=shown(ctx, speaker, entry, tongue))
        )
    return _say(ctx, speaker, "\n".join(lines))


def _say(ctx: Context, speaker: Speaker, text: str) -> Outgoing:
    if not among_residents(speaker):
        return here(speaker, text)
    if speaker.account.chat is None:
        return here(speaker, say("command.in_private", language(ctx, speaker)))
    return quietly(speaker, text)


COMMAND = Command("日记", "diary", run, Action.DIARY, words="may")
