"""请假 and 销假: whoever is away, from when and for how long, until he is back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.leaves import NOON, Leave, settled
from domain.messages import Button, Outgoing
from handlers.answers import here, language, quietly
from handlers.care.leave_words import day_words, when
from handlers.care.standing_in import hand_on, hand_over, relieve, stand_in, tell_ahead, tell_return
from handlers.care.today import morning_list, today
from handlers.context import Context, Speaker
from handlers.texts import say
from nlu.leave import LeaveAsked, leave_in

_KIND = "leave"
_MOST_DAYS = 30
# A day that would be next year's has most likely gone by.
_AHEAD = timedelta(days=300)
# 请假 3日 may be said by whoever means three days.
_MAY_BE_DAYS = 10


def ask_leave(ctx: Context, speaker: Speaker, words: str = "") -> list[Outgoing]:
    """请假 alone: what is planned, or away today where nothing is. `words` say when else."""
    worker, day, tongue = _worker(speaker), today(ctx), language(ctx, speaker)
    planned = ctx.store.leaves.of(worker, day)
    on_list = (speaker.card or "").startswith("morning:")
    if not words.strip() and planned and not (on_list and not any(one.on(day) for one in planned)):
        return [_shown(ctx, speaker, planned, "care.leave_shown")]
    asked = leave_in(words, day) or LeaveAsked()
    if asked.half == "some":
        return [_which_half(ctx, speaker, asked)]
    first, half = asked.first or _from(ctx, asked), asked.half
    last = _last(ctx, asked, first)
    if last < first or (half is not None and last != first):
        return [here(speaker, say("care.leave_how", tongue))]
    over = first == day and _local(ctx).time() >= (NOON if half == "morning" else ctx.settings.office.duty_to)
    if first - day > _AHEAD or (over and last == first):
        return [here(speaker, say("care.leave_past", tongue))]
    until = min(last, first + timedelta(days=_MOST_DAYS - 1))
    said = _take(ctx, speaker, planned, Leave(0, worker, first, until, half))
    if asked.by_number is not None and asked.by_number <= _MAY_BE_DAYS and first > day:
        said_of = f"{first.month}月{first.day}日"
        text = say("care.leave_or_days", tongue, days=asked.by_number, day=said_of)
        said[0] = here(speaker, f"{said[0].text}\n{text}")
    if until < last:
        text = say("care.leave_most", tongue, days=_MOST_DAYS)
        said[0] = here(speaker, f"{said[0].text}\n{text}")
    return said


def _from(ctx: Context, asked: LeaveAsked) -> date:
    """Today, or tomorrow where today's duty is over."""
    duty_over = _local(ctx).time() >= ctx.settings.office.duty_to
    return today(ctx) + timedelta(days=1 if duty_over and asked.half is None else 0)


def _last(ctx: Context, asked: LeaveAsked, first: date) -> date:
    """三天 are three days on which there is a list; weeks are weeks."""
    if asked.last is not None:
        return asked.last
    if asked.weeks is not None:
        return first + timedelta(weeks=max(asked.weeks, 1), days=-1)
    listed, day = ctx.settings.morning.weekdays or range(1, 8), first
    for _ in range(min(asked.days or 1, _MOST_DAYS + 1) - 1):
        day += timedelta(days=1)
        while day.isoweekday() not in listed:
            day += timedelta(days=1)
    return day


def _take(ctx: Context, speaker: Speaker, planned: Sequence[Leave], asked: Leave) -> list[Outgoing]:
    tongue, day, local = language(ctx, speaker), today(ctx), _local(ctx)
    person = ctx.store.people.get(asked.person)
    leave, gone = settled(planned, asked, day)
    if leave in planned:
        return [_shown(ctx, speaker, [leave], "care.leave_known")]
    freed = [letter for one in gone for letter in _take_back(ctx, one, tell=one.deputy != leave.deputy)]
    leave = ctx.store.leaves.keep(leave, person.district)
    _watch(ctx, leave, person.district)
    begun = leave.has_begun(local)
    to = stand_in(ctx, leave.person, max(leave.first, day)) if leave.half != "morning" else None
    told = hand_over(ctx, leave, day, asked=True) if begun else []
    if to is not None and not begun:
        told = tell_ahead(ctx, leave, to)
    if leave.half == "morning":
        key = "care.leave_morning"
    elif to is None:
        key = "care.leave_nobody" if begun else "care.leave_planned_nobody"
    elif begun:
        key = "care.leave_noted" if leave.last == day else "care.leave_noted_until"
    else:
        key = "care.leave_planned"
    deputy = ctx.store.people.get(to).name if to is not None else ""
    text = say(key, tongue, when=when(ctx, leave, tongue), deputy=deputy)
    return [here(speaker, text), *told, *freed, *hand_on(ctx, person.district, day)]


def end_leave(ctx: Context, speaker: Speaker, words: str = "") -> list[Outgoing]:
    """He is back, or will not be away after all: what is due is his again, and whoever stood in is told. Of several
    that are planned he says which."""
    worker, day, tongue = _worker(speaker), today(ctx), language(ctx, speaker)
    planned = ctx.store.leaves.of(worker, day)
    asked = leave_in(words, day) if words.strip() else None
    if asked is not None and asked.first is not None:
        meant = [one for one in planned if one.on(asked.first)]
    else:
        over = _local(ctx).time() >= ctx.settings.office.duty_to
        # In the evening nobody takes back the day that is behind him.
        later = [one for one in planned if one.last > day] if over else []
        meant = [one for one in later or planned if one.on(day)] or later or list(planned)
    if not meant:
        return [here(speaker, say("care.leave_none", tongue))]
    if len(meant) > 1:
        return [_shown(ctx, speaker, meant, "care.leave_which")]
    [leave] = meant
    begun = leave.has_begun(_local(ctx)) and leave.half != "morning"
    days = when(ctx, leave, tongue)
    relieved = _take_back(ctx, leave)
    if not leave.on(day):
        return [quietly(speaker, say("care.leave_called_off", tongue, when=days)), *relieved]
    lines = [say("care.leave_ended" if begun else "care.leave_called_off", tongue, when=days)]
    left = [one for one in planned if one != leave]
    if left:
        others = say("care.comma", tongue).join(when(ctx, one, tongue) for one in left)
        lines.append(say("care.leave_still", tongue, when=others))
    if begun and (speaker.private or speaker.account.chat is not None):
        listed = morning_list(ctx, worker, day, greet=False)
        lines += [listed.text] if listed.has_anything else []
    return [quietly(speaker, "\n".join(lines)), *relieved]


def come_back(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """下周一回来上班: his leave lasts until the day before, and whoever stands in knows it."""
    worker, day, tongue = _worker(speaker), today(ctx), language(ctx, speaker)
    planned, asked = ctx.store.leaves.of(worker, day), leave_in(words, day)
    back = asked.first if asked is not None and asked.first is not None else day
    meant = [one for one in planned if one.half is None and one.first < back and (one.on(day) or back <= one.last)]
    if not meant or back - day > timedelta(days=_MOST_DAYS):
        return [_shown(ctx, speaker, planned, "care.leave_shown")]
    if back - timedelta(days=1) == meant[0].last:
        return [_shown(ctx, speaker, meant[:1], "care.leave_known")]
    moved = ctx.store.leaves.keep(
        replace(meant[0], last=back - timedelta(days=1)), ctx.store.people.get(worker).district
    )
    _watch(ctx, moved, ctx.store.people.get(worker).district)
    said = day_words(ctx, back, tongue)
    told = tell_return(ctx, moved, back) if moved.deputy is not None else []
    return [here(speaker, say("care.leave_until_back", tongue, day=said)), *told]


def _take_back(ctx: Context, leave: Leave, *, tell: bool = True) -> list[Outgoing]:
    relieved = relieve(ctx, leave) if tell else []
    ctx.store.alarms.clear((_KIND,), leave.id)
    ctx.store.leaves.take_back(leave)
    return relieved


def _watch(ctx: Context, leave: Leave, district: int) -> None:
    """Its beginning is waited for; a morning off leaves the list to him."""
    at = _begins(ctx, leave)
    if at is None or at <= ctx.now:
        ctx.store.alarms.clear((_KIND,), leave.id)
    else:
        ctx.store.alarms.set(_KIND, leave.id, at, district=district)


def _begins(ctx: Context, leave: Leave) -> datetime | None:
    """The first of its days on which there is a list: in the morning, or at noon."""
    morning, day = ctx.settings.morning, leave.first
    if leave.half == "morning":
        return None
    while day.isoweekday() not in (morning.weekdays or range(1, 8)):
        day += timedelta(days=1)
    if day > leave.last:
        return None
    at = max(NOON, morning.at) if leave.half == "afternoon" else morning.at
    return datetime.combine(day, at, ctx.settings.office.tz).astimezone(UTC)


def _shown(ctx: Context, speaker: Speaker, leaves: Sequence[Leave], key: str) -> Outgoing:
    """What is planned, and how to take it back."""
    tongue, day = language(ctx, speaker), today(ctx)
    lines = []
    for one in leaves:
        deputy = ctx.store.people.get(one.deputy).name if one.deputy is not None else ""
        line = "care.leave_line" if deputy else "care.leave_line_alone"
        lines.append(say(line, tongue, when=when(ctx, one, tongue), deputy=deputy))
    buttons = [_off(ctx, one, tongue, alone=len(leaves) == 1) for one in leaves]
    if key == "care.leave_shown" and not any(one.on(day) for one in leaves):
        key = "care.leave_shown_ahead"
        buttons.insert(0, Button(say("care.button.leave", tongue), "请假 今天"))
    return here(speaker, "\n".join([*lines, say(key, tongue)]), tuple(buttons))


def _off(ctx: Context, leave: Leave, tongue: str, *, alone: bool) -> Button:
    label = say("care.button.leave_off", tongue)
    days = "" if alone else f" {when(ctx, leave, tongue)}"
    return Button(f"{label}{days}", f"销假 {max(leave.first, today(ctx)).isoformat()}")


def _which_half(ctx: Context, speaker: Speaker, asked: LeaveAsked) -> Outgoing:
    tongue, day = language(ctx, speaker), (asked.first or today(ctx)).isoformat()
    said = {"care.button.morning_off": "上午", "care.button.afternoon_off": "下午"}
    buttons = tuple(Button(say(label, tongue), f"请假 {day} {half}") for label, half in said.items())
    return here(speaker, say("care.leave_which_half", tongue), buttons)


def _local(ctx: Context) -> datetime:
    return ctx.now.astimezone(ctx.settings.office.tz)


def _worker(speaker: Speaker) -> int:
    assert speaker.actor.person is not None, "asked of staff only"
    return speaker.actor.person
