"""请假: whoever is away, for how long, and who stands in for him, each day of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from domain import people
from domain.messages import Outgoing, Person, Priority
from domain.people import Role
from domain.tickets import Ticket
from handlers import recipients
from handlers.answers import here, language, language_of
from handlers.care.today import doors, due_today, today
from handlers.context import Context, Speaker
from handlers.delivery import room_of
from handlers.texts import say
from nlu.numbers import in_digits

_LEAVE = re.compile(r"\s*(\d{1,2})\s*个?\s*(?:(天|days?)|周|星期|礼拜|weeks?)(?![\d天])", re.IGNORECASE)
_MOST_DAYS = 30


def leave_days(words: str) -> int | None:
    """三天, ３天, 一周，孩子病了: for how many days, where the words begin with that."""
    found = _LEAVE.match(in_digits(unicodedata.normalize("NFKC", words).replace("两", "二")))
    return int(found[1]) * (1 if found[2] else 7) if found is not None else None


def is_away(worker: people.Person, day: date) -> bool:
    return worker.away_until is not None and worker.away_until >= day


def take_leave(ctx: Context, speaker: Speaker, words: str = "") -> list[Outgoing]:
    """He is away today (or for as many days as he says): his list goes to the community."""
    worker = speaker.actor.person
    assert worker is not None, "asked of staff only"
    day = today(ctx)
    days = min(max(leave_days(words) or 1, 1), _MOST_DAYS)
    until = day + timedelta(days=days - 1)
    ctx.store.people.away(worker, until)
    tongue = language(ctx, speaker)
    to = _stand_in(ctx, worker, day)
    if to is None:
        return [here(speaker, say("care.leave_nobody", tongue))]
    matters = [one for one in ctx.store.tickets.of_assignee(worker) if recipients.may_see(ctx, one, to)]
    handed = _handed_over(ctx, ctx.store.people.get(worker), day, until, to, matters)
    return [here(speaker, say("care.leave_noted", tongue, deputy=ctx.store.people.get(to).name)), handed]


def stand_in_list(ctx: Context, worker: people.Person, day: date) -> Outgoing | None:
    """A morning of his leave: whom he was to look in on goes to whoever stands in today. None where there is nobody to
    be seen, or nobody to tell."""
    if worker.away_until is None or not due_today(ctx, worker.id, day):
        return None
    to = _stand_in(ctx, worker.id, day)
    return _handed_over(ctx, worker, day, worker.away_until, to, []) if to is not None else None


def _stand_in(ctx: Context, worker: int, day: date) -> int | None:
    """The community's staff before the secretary; nobody who is away himself, or whom we cannot write to."""
    for post in ctx.store.people.posts_of(worker):
        for role in (Role.COMMUNITY_STAFF, Role.SECRETARY, Role.STREET_DUTY):
            for other in ctx.store.people.posts_along(post.area_path, [role]):
                person = ctx.store.people.get(other.person)
                here_today = person.active and not is_away(person, day)
                if other.person != worker and here_today and room_of(ctx.store, Person(other.person), ctx.now):
                    return other.person
    return None


def _handed_over(
    ctx: Context, worker: people.Person, day: date, until: date, to: int, matters: Sequence[Ticket]
) -> Outgoing:
    """For the one who stands in; `matters` are those that he may know of (none that is a complaint about him, say)."""
    tongue, name = language_of(ctx, to), worker.name
    lines = [
        say("care.leave_today", tongue, name=name)
        if until == day
        else say("care.leave_until", tongue, name=name, month=until.month, day=until.day)
    ]
    visits = due_today(ctx, worker.id, day)
    if visits:
        lines.append(say("care.today.visits", tongue, count=len(visits), doors=doors(visits, tongue)))
    lines += [say("care.leave_matter", tongue, number=one.number, summary=one.summary) for one in matters]
    lines.append(say("care.leave_please" if len(lines) > 1 else "care.leave_nothing_open", tongue))
    return Outgoing(
        to=Person(to),
        text="\n".join(lines),
        card=f"leave:{worker.id}:{day.isoformat()}",
        priority=Priority.NOTICE,
        once=f"leave:{worker.id}:{day.isoformat()}:{until.isoformat()}",
    )
