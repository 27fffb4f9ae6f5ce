"""Who stands in for somebody on leave: told when the leave is planned, given the list of each of its days, and told
when it is over. Where nobody can, whoever may find somebody learns that a list lies undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import structlog

from domain import sla
from domain.leaves import Leave
from domain.messages import Outgoing, Person, Priority
from domain.people import Role
from domain.visits import Visit
from handlers import recipients
from handlers.answers import language_of
from handlers.care.leave_words import day_words, when
from handlers.care.today import doors, due_today, is_morning, today
from handlers.context import Context
from handlers.delivery import room_of
from handlers.texts import say

log = structlog.get_logger()

_DEPUTIES = (Role.COMMUNITY_STAFF, Role.SECRETARY, Role.STREET_DUTY)
# Who can find somebody, though he is no stand-in himself; those on leave only where nobody else is to be had.
_ABOVE = (Role.DISTRICT_ADMIN,)
_AWAY_TOO = (Role.SECRETARY, Role.COMMUNITY_STAFF, Role.STREET_DUTY, Role.DISTRICT_ADMIN)


def stand_in(ctx: Context, worker: int, day: date) -> int | None:
    return next(_stand_ins(ctx, worker, day), None)


def _stand_ins(ctx: Context, worker: int, day: date) -> Iterator[int]:
    """The community's staff before the secretary; nobody who is away himself, or whom we cannot write to."""
    return (one for one in _reached(ctx, worker, _DEPUTIES) if not _is_away(ctx, one, day))


def _is_away(ctx: Context, person: int, day: date) -> bool:
    return any(leave.on(day) for leave in ctx.store.leaves.of(person, today(ctx)))


def _reached(ctx: Context, worker: int, roles: tuple[Role, ...]) -> Iterator[int]:
    for post in ctx.store.people.posts_of(worker):
        for role in roles:
            for other in ctx.store.people.posts_along(post.area_path, [role]):
                there = ctx.store.people.get(other.person).active
                if other.person != worker and there and room_of(ctx.store, Person(other.person), ctx.now):
                    yield other.person


def announce(ctx: Context, leave: Leave) -> list[Outgoing]:
    """A leave that is to come: whoever will stand in knows of it in time. Nothing where he is told."""
    there = list(_stand_ins(ctx, leave.person, leave.first))
    if leave.half == "morning" or not there or leave.deputy in there:
        return []
    return tell_ahead(ctx, leave, there[0])


def tell_ahead(ctx: Context, leave: Leave, to: int) -> list[Outgoing]:
    tongue, name = language_of(ctx, to), ctx.store.people.get(leave.person).name
    text = say("care.leave_ahead", tongue, name=name, when=when(ctx, leave, tongue))
    ctx.store.leaves.told(leave, to, leave.listed)
    return [_letter(ctx, leave, to, text)]


def hand_on(ctx: Context, district: int, day: date) -> list[Outgoing]:
    """Lists whose stand-in is away or gone himself by now go to whoever is next, and those that nobody was given."""
    letters: list[Outgoing] = []
    local = ctx.now.astimezone(ctx.settings.office.tz)
    for leave in ctx.store.leaves.in_district(district, day):
        if not leave.has_begun(local):
            letters += announce(ctx, leave)
        elif leave.listed == day:
            if leave.deputy not in list(_stand_ins(ctx, leave.person, day)):
                letters += hand_over(ctx, leave, day)
        elif is_morning(ctx):
            letters += hand_over(ctx, leave, day)
    return letters


def hand_over(ctx: Context, leave: Leave, day: date, *, asked: bool = False) -> list[Outgoing]:
    """The day's list to whoever stands in, with what is in hand where he does not know of it yet (nothing that he may
    not see: a complaint about him, say). Nothing where there is nothing to do, unless the leave was `asked` for just
    now."""
    if leave.half == "morning":
        return []
    visits = due_today(ctx, leave.person, day)
    to = stand_in(ctx, leave.person, day)
    if to is None:
        return _undone(ctx, leave, day, visits)
    tongue, name = language_of(ctx, to), ctx.store.people.get(leave.person).name
    lines: list[str] = []
    if visits:
        lines.append(say("care.today.visits", tongue, count=len(visits), doors=doors(visits, tongue)))
    if asked or leave.listed is None or to != leave.deputy:
        in_hand = ctx.store.tickets.of_assignee(leave.person)
        own = [one for one in in_hand if recipients.may_see(ctx, one, to)]
        lines += [say("care.leave_matter", tongue, number=one.number, summary=one.summary) for one in own]
    if not lines and not asked:
        return []
    head = [say("care.leave_of", tongue, name=name, when=when(ctx, leave, tongue))]
    if leave.listed == day and leave.deputy not in (None, to):
        head.append(say("care.leave_had", tongue, name=ctx.store.people.get(leave.deputy or to).name))
    foot = say("care.leave_please" if visits else "care.leave_see_to" if lines else "care.leave_nothing_open", tongue)
    ctx.store.leaves.told(leave, to, day)
    return [_letter(ctx, leave, to, "\n".join([*head, *lines, foot]))]


def _undone(ctx: Context, leave: Leave, day: date, visits: list[Visit]) -> list[Outgoing]:
    """Told once a day."""
    if not visits:
        return []
    here = (one for one in _reached(ctx, leave.person, _ABOVE) if not _is_away(ctx, one, day))
    to = next(here, None) or next(_reached(ctx, leave.person, _AWAY_TOO), None)
    log.warning("list_undone", worker=leave.person, visits=len(visits), told=to)
    if to is None:
        return []
    tongue, name = language_of(ctx, to), ctx.store.people.get(leave.person).name
    days, named = when(ctx, leave, tongue), doors(visits, tongue)
    text = say("care.leave_undone", tongue, name=name, when=days, count=len(visits), doors=named)
    return [_letter(ctx, leave, to, text, once=f"undone:{leave.person}:{day.isoformat()}")]


def tell_return(ctx: Context, leave: Leave, back: date) -> list[Outgoing]:
    """Whoever stands in knows on which day he is back."""
    assert leave.deputy is not None, "somebody was told"
    tongue, name = language_of(ctx, leave.deputy), ctx.store.people.get(leave.person).name
    text = say("care.leave_back_on", tongue, name=name, day=day_words(ctx, back, tongue))
    return [_letter(ctx, leave, leave.deputy, text)]


def relieve(ctx: Context, leave: Leave) -> list[Outgoing]:
    """Whoever stood in, or was to, is told that he need not."""
    if leave.deputy is None:
        return []
    tongue, name = language_of(ctx, leave.deputy), ctx.store.people.get(leave.person).name
    key = "care.leave_over" if leave.listed is not None else "care.leave_off"
    text = say(key, tongue, name=name, when=when(ctx, leave, tongue))
    return [_letter(ctx, leave, leave.deputy, text)]


def _letter(ctx: Context, leave: Leave, to: int, text: str, once: str | None = None) -> Outgoing:
    # Whoever has been told before can be told again; what can wait for the morning is told to nobody at night.
    key = f"leave:{leave.id}:{to}:{int(ctx.now.timestamp())}"
    at = sla.send_at(ctx.now, ctx.settings)
    return Outgoing(Person(to), text, card=key, priority=Priority.NOTICE, not_before=at, once=once or key)
