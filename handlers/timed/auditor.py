"""The auditor: every hour, in each district, what should have happened and did not. Mends what it can, and tells
the secretary or the district once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog

from domain import sla
from domain.messages import Outgoing, Person, Priority
from domain.people import Role
from domain.tickets import Status, Ticket, is_emergency
from domain.visits import Visit, order
from handlers.answers import language_of
from handlers.care.standing_in import hand_on
from handlers.care.today import AUDIT_EVERY, VISITORS, doors, ensure_alarms, today
from handlers.context import Context
from handlers.deeds.alarms import CHECKS, KINDS, watch, watch_ladder, watch_rating
from handlers.texts import say
from storage.alarms import Alarm
from storage.audit import Audit

log = structlog.get_logger()

LATE = timedelta(hours=1)
UNSENT = timedelta(hours=24)
LOOKS_BACK = timedelta(days=3)
TRIES = 3
NAMED = 10
DONE: tuple[Status, ...] = ("done",)


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    district = alarm.subject
    ctx.store.alarms.set("auditor", district, ctx.now + AUDIT_EVERY, district=district)
    silent = _mend(ctx, district)
    audit, since = Audit(ctx.store.connection), ctx.now - LOOKS_BACK
    # Measured from our own alarm: when the clock jumps, what rings after us is not late.
    late = audit.late(district, min(alarm.due, ctx.now) - LATE, TRIES)
    unsent = audit.unsent(district, since, ctx.now - UNSENT, TRIES)
    unread = audit.unread(since)
    unset = ensure_alarms(ctx, district)
    left, year = _left_alone(ctx, district), _unknown_year(ctx)
    counts = {"late": late, "unsent": unsent, "unread": unread, "alarms": unset}
    if silent or left or year or any(counts.values()):
        orphaned = sum(map(len, left.values()))
        log.warning(
            "audit", district=district, silent=[one.id for one in silent], orphaned=orphaned, year=year, **counts
        )

    def wrong(tongue: str) -> list[str]:
        lines = [say("care.audit.silent", tongue, number=one.number) for one in silent[:NAMED]]
        return lines + [say(f"care.audit.{what}", tongue, count=count) for what, count in counts.items() if count]

    def lacking(tongue: str) -> list[str]:
        lines = [_unvisited(ctx, worker, visits, tongue) for worker, visits in left.items()]
        return lines + ([say("care.audit.holidays", tongue, year=year)] if year else [])

    # What is lacking stays so for days: it must not stand in the way of what goes wrong later on one of them.
    said = _daily(ctx, district, "audit", wrong) + _daily(ctx, district, "lacking", lacking)
    return said + hand_on(ctx, district, today(ctx))


def _daily(ctx: Context, district: int, kind: str, found: Callable[[str], list[str]]) -> list[Outgoing]:
    """To whom it concerns, once a day; nothing where nothing was found."""
    said: list[Outgoing] = []
    for person in _told(ctx, district):
        tongue = language_of(ctx, person)
        if lines := found(tongue):
            said.append(
                Outgoing(
                    to=Person(person),
                    text="\n".join([say("care.audit.head", tongue), *lines]),
                    priority=Priority.ROUTINE,
                    not_before=sla.send_at(ctx.now, ctx.settings),
                    once=f"{kind}:{district}:{person}:{today(ctx).isoformat()}",
                )
            )
    return said


def _unknown_year(ctx: Context) -> int | None:
    """On Mondays, the year whose holidays somebody must tell us."""
    day = today(ctx)
    return ctx.settings.office.calendar.unknown_year(day) if day.weekday() == 0 else None


def _left_alone(ctx: Context, district: int) -> dict[int, list[Visit]]:
    """Who is to be looked in on by somebody who is no longer there to do it, by worker."""
    day = today(ctx)
    found: dict[int, list[Visit]] = {}
    for plan in ctx.store.visits.orphaned(district, day, VISITORS):
        found.setdefault(plan.worker, []).append(Visit(plan, day, day))
    return found


def _unvisited(ctx: Context, worker: int, visits: list[Visit], tongue: str) -> str:
    name, shown = ctx.store.people.get(worker).name, doors(order(visits, NAMED), tongue)
    return say("care.audit.unvisited", tongue, name=name, count=len(visits), doors=shown)


def _mend(ctx: Context, district: int) -> list[Ticket]:
    """Tickets whose next moment no alarm waits for; they get one."""
    path = ctx.store.areas.get(district).path
    there = Audit(ctx.store.connection).alarmed(district, KINDS)
    silent: list[Ticket] = []
    for ticket in ctx.store.tickets.in_area(path, ("open", "taken")):
        coming = {check.kind for check in sla.checks(ticket, ctx.settings) if check.at > ctx.now}
        wanted = {kind for kind, checks in CHECKS.items() if checks & coming}
        missing = {kind for kind in wanted if (kind, ticket.id) not in there}
        if missing:
            watch(ctx, ticket)
        climbing = ticket.status == "open" and is_emergency(ticket) and not ticket.sensitive
        if climbing and ("ladder", ticket.id) not in there:
            _climb_on(ctx, ticket)
        if missing or (climbing and ("ladder", ticket.id) not in there):
            silent.append(ticket)
    for ticket in ctx.store.tickets.in_area(path, DONE):
        asked = ctx.store.tickets.extra(ticket.id).asked_rating_at
        if asked is not None and ticket.rating is None and ("rating", ticket.id) not in there:
            watch_rating(ctx, ticket, asked)
            silent.append(ticket)
    return silent


def _climb_on(ctx: Context, ticket: Ticket) -> None:
    """The ladder goes on from the rung that should have been reached; past the top it rings at once."""
    rule, since = ctx.settings.emergency, sla.began(ticket)
    climbed = len(sla.rungs_due(since, ctx.now, rule))
    if sla.next_rung_at(since, climbed, rule) is not None:
        watch_ladder(ctx, ticket, climbed)
    else:
        ctx.store.alarms.set("ladder", ticket.id, ctx.now, district=ticket.district, data={"climbed": climbed})


def _told(ctx: Context, district: int) -> list[int]:
    """Who looks after the district's affairs: its administrators, else the secretaries."""
    for role in (Role.DISTRICT_ADMIN, Role.SECRETARY):
        persons = dict.fromkeys(post.person for post in ctx.store.people.posts_in([role], district))
        if there := [person for person in persons if ctx.store.people.get(person).active]:
            return there
    return []
