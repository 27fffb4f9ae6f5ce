"""Who stands in for somebody on leave, and who has his list today: the letters that told of it say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain import people
from domain.messages import Outgoing, Person, Priority
from domain.people import Role
from handlers import recipients
from handlers.answers import language_of
from handlers.care.today import doors, due_today
from handlers.context import Context
from handlers.delivery import room_of
from handlers.texts import say

_BACK = "back"


@dataclass(frozen=True, slots=True)
class _Told:
    """The last who was told that he stands in, on which day, and until when."""

    day: date
    until: date
    to: int


def is_away(worker: people.Person, day: date) -> bool:
    return worker.away_until is not None and worker.away_until >= day


def stand_in_list(ctx: Context, worker: people.Person, day: date) -> Outgoing | None:
    """A morning of his leave: whom he was to look in on goes to whoever stands in today. None where there is nobody to
    be seen, or nobody to tell."""
    if worker.away_until is None or not due_today(ctx, worker.id, day):
        return None
    to = stand_in(ctx, worker.id, day)
    return next(iter(hand_over(ctx, worker, day, to, matters=False)), None) if to is not None else None


def stand_in(ctx: Context, worker: int, day: date) -> int | None:
    return next(_stand_ins(ctx, worker, day), None)


def _stand_ins(ctx: Context, worker: int, day: date) -> Iterator[int]:
    """The community's staff before the secretary; nobody who is away himself, or whom we cannot write to."""
    for post in ctx.store.people.posts_of(worker):
        for role in (Role.COMMUNITY_STAFF, Role.SECRETARY, Role.STREET_DUTY):
            for other in ctx.store.people.posts_along(post.area_path, [role]):
                person = ctx.store.people.get(other.person)
                here_today = person.active and not is_away(person, day)
                if other.person != worker and here_today and room_of(ctx.store, Person(other.person), ctx.now):
                    yield other.person


def hand_on(ctx: Context, district: int, day: date) -> list[Outgoing]:
    """Today's lists whose stand-in is away or gone himself by now go to whoever is next."""
    letters: list[Outgoing] = []
    for worker in ctx.store.people.on_leave(district, day):
        told = _last_told(ctx, worker.id)
        if told is None or told.day != day:
            continue  # nobody has it yet: the morning will find who is there
        there = list(_stand_ins(ctx, worker.id, day))
        if there and told.to not in there:
            letters += hand_over(ctx, worker, day, there[0], matters=True, had=told.to)
    return letters


def hand_over(
    ctx: Context, worker: people.Person, day: date, to: int, *, matters: bool, had: int | None = None
) -> list[Outgoing]:
    """The letter to the one who stands in; none where he has had it. `matters`: with those in hand that he may know of
    (none that is a complaint about him, say). `had`: who stood in until now."""
    until = worker.away_until or day
    told = _last_told(ctx, worker.id)
    if told == _Told(day, until, to):
        return []
    tongue, name = language_of(ctx, to), worker.name
    head = [
        say("care.leave_today", tongue, name=name)
        if until == day
        else say("care.leave_until", tongue, name=name, month=until.month, day=until.day)
    ]
    if had is not None:
        head.append(say("care.leave_had", tongue, name=ctx.store.people.get(had).name))
    lines: list[str] = []
    visits = due_today(ctx, worker.id, day)
    if visits:
        lines.append(say("care.today.visits", tongue, count=len(visits), doors=doors(visits, tongue)))
    if matters:
        own = [one for one in ctx.store.tickets.of_assignee(worker.id) if recipients.may_see(ctx, one, to)]
        lines += [say("care.leave_matter", tongue, number=one.number, summary=one.summary) for one in own]
    lines.append(say("care.leave_please" if lines else "care.leave_nothing_open", tongue))
    key = _key(ctx, worker.id, day, until.isoformat(), to)
    return [Outgoing(Person(to), "\n".join([*head, *lines]), card=key, priority=Priority.NOTICE, once=key)]


def relieve(ctx: Context, worker: people.Person, day: date) -> list[Outgoing]:
    """Whoever stood in is told that he is back."""
    told = _last_told(ctx, worker.id)
    if told is None or told.until < day:
        return []
    text = say("care.leave_over", language_of(ctx, told.to), name=worker.name)
    key = _key(ctx, worker.id, day, _BACK, told.to)
    return [Outgoing(Person(told.to), text, card=key, priority=Priority.NOTICE, once=key)]


def _key(ctx: Context, worker: int, day: date, what: str, to: int) -> str:
    """Counted, so that somebody who has been told before can be told again."""
    return f"leave:{worker}:{day.isoformat()}:{what}:{to}:{len(ctx.store.outbox.told(f'leave:{worker}:'))}"


def _last_told(ctx: Context, worker: int) -> _Told | None:
    """None too where he was told since that it is over."""
    last = next(iter(ctx.store.outbox.told(f"leave:{worker}:")[-1:]), "").split(":")
    if len(last) != 6 or last[3] == _BACK:
        return None
    return _Told(date.fromisoformat(last[2]), date.fromisoformat(last[3]), int(last[4]))
