"""The morning list: whom to look in on today and what is open; and the alarms that send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.people import RULES, Action, Person, Role
from domain.tickets import Ticket
from domain.visits import Visit, order
from handlers.care.facts import Facts, due_of, gather
from handlers.context import Context
from handlers.moments import moment
from handlers.recipients import is_discreet, may_be_hinted
from handlers.texts import say

# Tickets named one by one; the others are counted.
SHOWN = 5
# Who may look in on somebody.
VISITORS = tuple(sorted(RULES[Action.VISIT].area))
FORGET_AT = time(3)
AUDIT_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MorningList:
    """`has_anything` False: there is nothing to do, and nothing is sent. `visits`: whether there is anybody to see."""

    text: str
    has_anything: bool
    visits: int = 0


def card_of(person_id: int, day: date) -> str:
    """The list's key, as a card and against a second one: morning:7:2026-03-10."""
    return f"morning:{person_id}:{day.isoformat()}"


def today(ctx: Context) -> date:
    return ctx.now.astimezone(ctx.settings.office.tz).date()


def due_today(ctx: Context, person_id: int, day: date) -> list[Visit]:
    """Everybody to look in on, as one walks."""
    return due_of(ctx, [person_id], day).get(person_id, [])


def morning_list(ctx: Context, person_id: int, day: date, *, greet: bool = True, shared: bool = False) -> MorningList:
    """The worker's day, in his language. `shared`: others read it too, so of private matters it gives the number alone,
    and of sensitive ones nothing."""
    worker = ctx.store.people.get(person_id)
    return list_of(ctx, gather(ctx, {person_id: worker}, day), worker, day, greet=greet, shared=shared)


def list_of(
    ctx: Context, facts: Facts, worker: Person, day: date, *, greet: bool = True, shared: bool = False
) -> MorningList:
    """As `morning_list`, of what was gathered for many."""
    tongue = worker.language or ctx.settings.office.language
    visits = facts.visits.get(worker.id, ())
    in_hand, untaken = facts.in_hand.get(worker.id, ()), facts.untaken.get(worker.id, ())
    if shared:
        in_hand, untaken = (
            [one for one in some if not is_discreet(one) or may_be_hinted(one)] for some in (in_hand, untaken)
        )
    lines, rest = list[str](), 0
    if in_hand or untaken:
        first, later = _pressing(ctx, in_hand, day)
        for key, some in (("care.today.first", first), ("care.today.untaken", untaken)):
            lines += [say(key, tongue, matter=_matter(ctx, one, tongue, shared)) for one in some[:SHOWN]]
        rest = len(later) + len(first[SHOWN:]) + len(untaken[SHOWN:])
    if visits:
        limit = ctx.settings.morning.visits_shown
        key, shown = "care.today.visits", visits
        if len(visits) > limit:
            key, shown = "care.today.visits_more", order(visits, limit)
        lines.append(say(key, tongue, count=len(visits), doors=doors(shown, tongue)))
    if rest:
        lines.append(say("care.today.rest", tongue, count=rest))
    if not lines:
        return MorningList(say("care.today.nothing", tongue), False)
    head = [say("care.today.hello", tongue, name=worker.name, weekday=_weekday(day, tongue))] if greet else []
    foot = [say("care.today.how_to_answer", tongue)] if visits else []
    return MorningList("\n".join([*head, *lines, *foot]), True, len(visits))


@lru_cache(maxsize=8)
def _weekday(day: date, tongue: str) -> str:
    return say(f"care.weekday.{day.isoweekday()}", tongue)


def doors(visits: Sequence[Visit], tongue: str) -> str:
    """3-1-201 陈奶奶，3-2-402 王奶奶; with the estate in front where there are several."""
    if len(visits) == 1:
        return _door(visits[0], False)
    several = len({visit.plan.estate for visit in visits}) > 1
    return say("care.comma", tongue).join(dict.fromkeys(_door(visit, several) for visit in visits))


def _door(visit: Visit, several: bool) -> str:
    plan = visit.plan
    return f"{plan.estate if several else ''}{plan.household} {plan.resident_name}".strip()


def _matter(ctx: Context, ticket: Ticket, tongue: str, shared: bool) -> str:
    summary = say("care.today.hidden", tongue) if shared and is_discreet(ticket) else ticket.summary
    if ticket.solve_due is None:
        return f"{ticket.number} {summary}"
    key = "care.today.overdue" if ticket.solve_due <= ctx.now else "care.today.due"
    local = ticket.solve_due.astimezone(ctx.settings.office.tz)
    if local.date() == today(ctx):
        due = say("care.today.hour", tongue, time=f"{local.hour}:{local.minute:02d}")
    else:
        due = moment(ctx, ticket.solve_due, tongue)
    return say(key, tongue, number=ticket.number, summary=summary, due=due)


def _pressing(ctx: Context, tickets: Sequence[Ticket], day: date) -> tuple[list[Ticket], list[Ticket]]:
    """What comes first (due by tonight, or urgent), and what can wait."""
    tonight = datetime.combine(day + timedelta(days=1), time(0), ctx.settings.office.tz)
    first, later = list[Ticket](), list[Ticket]()
    for one in tickets:
        pressing = one.urgency >= 2 or (one.solve_due is not None and one.solve_due < tonight)
        (first if pressing else later).append(one)
    return first, later


# when it is sent


def next_morning(ctx: Context) -> datetime:
    """The next moment, after now, at which the lists are due."""
    tz, morning = ctx.settings.office.tz, ctx.settings.morning
    day = today(ctx)
    while True:
        at = datetime.combine(day, morning.at, tz)
        if at > ctx.now and day.isoweekday() in (morning.weekdays or range(1, 8)):
            return at
        day += timedelta(days=1)


def is_morning(ctx: Context) -> bool:
    """Whether today's list may still be sent: a day on which it is due, from its hour until duty ends."""
    local = ctx.now.astimezone(ctx.settings.office.tz)
    on = local.isoweekday() in (ctx.settings.morning.weekdays or range(1, 8))
    return on and ctx.settings.morning.at <= local.time() < ctx.settings.office.duty_to


def next_forgetting(ctx: Context) -> datetime:
    """The next night's hour at which lines are forgotten."""
    return _next_at(ctx, FORGET_AT)


def next_learning(ctx: Context) -> datetime:
    """The next night's hour at which what people put right is learnt from."""
    return _next_at(ctx, ctx.settings.learning.at)


def _next_at(ctx: Context, hour: time) -> datetime:
    tz = ctx.settings.office.tz
    at = datetime.combine(today(ctx), hour, tz)
    return at if at > ctx.now else datetime.combine(today(ctx) + timedelta(days=1), hour, tz)


def ensure_alarms(ctx: Context, district: int | None = None) -> int:
    """Set what is missing: a morning for every full-time grid worker and whoever else of the full-time staff looks in
    on somebody, the night's forgetting and the hourly audit, of one district or of all. No audit could miss itself:
    those of all districts are looked for in any case. Returns how many were missing."""
    districts = [area.id for area in ctx.store.areas.below("/", "district")]
    missing = sum(_ensure(ctx, "auditor", [one], ctx.now + AUDIT_EVERY, one) for one in districts)
    for one in districts if district is None else [district]:
        missing += _ensure(ctx, "forget", [one], next_forgetting(ctx), one)
        posts = [post for post in ctx.store.people.posts_in(VISITORS, one) if post.full_time]
        looking_in = ctx.store.visits.workers_in(one, today(ctx))
        listed = [post.person for post in posts if post.role is Role.GRID_WORKER or post.person in looking_in]
        workers = list(dict.fromkeys(listed))
        missing += _ensure(ctx, "morning", workers, next_morning(ctx), one)
    if ctx.settings.learning.nightly:
        missing += _ensure(ctx, "learn", [0], next_learning(ctx), None)
    return missing


def _ensure(ctx: Context, kind: str, subjects: Sequence[int], due: datetime, district: int | None) -> int:
    """Set an alarm for those of the subjects that have none of this kind, asked in one go. How many those were."""
    alarms = ctx.store.alarms
    there = alarms.data_of(kind, subjects)
    missing = [one for one in subjects if one not in there]
    if kind == "morning":
        missing = [one for one in missing if ctx.store.people.get(one).active]
    for one in missing:
        alarms.set(kind, one, due, district=district)
    return len(missing)
