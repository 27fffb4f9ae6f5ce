"""The solution: at 80 % of the time and when it is due a private line to who has it, overdue one to the secretary."""

from __future__ import annotations

from datetime import datetime

from domain import sla
from domain.messages import Button, Outgoing
from domain.people import Person
from domain.tickets import ACTIVE, Ticket, is_emergency
from handlers import calling
from handlers.answers import language_of
from handlers.context import Context
from handlers.deeds import pausing
from handlers.moments import moment, next_morning
from handlers.texts import say
from storage.alarms import Alarm

KIND = "solve"
_LOOKED_AT = ("step_due", "solve_warning", "solve_due")
# The ladder asks for news on the way.
_OF_EMERGENCIES = ("solve_due",)


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """Looks at the ticket as it is now, so that an alarm set for an old deadline does no harm."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or ticket.status not in ACTIVE - {"proposed"}:
        return []
    if ticket.paused_at is not None:
        ends = sla.pause_ends(ticket, ctx.settings)
        if ends <= ctx.now:
            return pausing.end_pause(ctx, ticket)
        _again(ctx, ticket, alarm, ends)
        return []
    looked_at = _OF_EMERGENCIES if is_emergency(ticket) and not ticket.sensitive else _LOOKED_AT
    checks = [check for check in sla.checks(ticket, ctx.settings) if check.kind in looked_at]
    coming = next((check.at for check in checks if check.at > ctx.now), None)
    said = str(alarm.data.get("said", ""))
    reached = [check for check in checks if check.at <= ctx.now]
    if not reached or f"{reached[-1].kind}@{reached[-1].at.isoformat()}" == said:
        _again(ctx, ticket, alarm, coming)
        return []
    at = sla.send_at(ctx.now, ctx.settings, at_once=sla.goes_at_once(ticket))
    if at > ctx.now:
        _again(ctx, ticket, alarm, at)
        return []
    last = reached[-1]
    told = [
        one for person in calling.in_charge(ctx, ticket) if (one := _to_worker(ctx, ticket, person, last.kind, last.at))
    ]
    if last.kind == "solve_due" and not _excused(ctx, ticket, last.at):
        leads = calling.leads(ctx, ticket, "community" if ticket.tier == "unit" else None)
        overdue = [one for person in leads if (one := _to_lead(ctx, ticket, person, last.at))]
        if leads and not overdue:
            _again(ctx, ticket, alarm, next_morning(ctx))
            return told
        told += overdue
    _again(ctx, ticket, alarm, coming, f"{last.kind}@{last.at.isoformat()}")
    return told


def _again(ctx: Context, ticket: Ticket, alarm: Alarm, at: datetime | None, said: str | None = None) -> None:
    if at is not None:
        data = alarm.data if said is None else {**alarm.data, "said": said}
        ctx.store.alarms.set(KIND, ticket.id, at, district=ticket.district, data=data)


def _excused(ctx: Context, ticket: Ticket, due: datetime) -> bool:
    """Passed up with a reason before the deadline: not overdue (SERVICE.md §2)."""
    events = ctx.store.tickets.events(ticket.id, ["escalate"])
    return any(kept.event.at <= due and str(kept.event.data.get("reason", "")).strip() for kept in events)


def _to_worker(ctx: Context, ticket: Ticket, person: Person, kind: str, due: datetime) -> Outgoing | None:
    tongue = language_of(ctx, person.id)
    promised = due if kind == "step_due" else ticket.solve_due
    assert promised is not None
    text = say(
        f"timed.solve.{kind}",
        tongue,
        name=person.name,
        number=ticket.number,
        summary=ticket.summary,
        due=moment(ctx, promised, tongue),
    )
    buttons = tuple(
        Button(say(f"button.{latin}", tongue), f"{name} {ticket.number}")
        for latin, name in (("done", "办结"), ("escalate", "上报"), ("extend", "延期"))
        if latin != "extend" or (kind == "solve_warning" and not ticket.extended)
    )
    return calling.push(ctx, ticket, person, f"{kind}@{due.isoformat()}", text, buttons)


def _to_lead(ctx: Context, ticket: Ticket, person: Person, due: datetime) -> Outgoing | None:
    tongue = language_of(ctx, person.id)
    text = say(
        "timed.solve.overdue",
        tongue,
        name=person.name,
        number=ticket.number,
        summary=ticket.summary,
        due=moment(ctx, due, tongue),
        who=calling.whose(ctx, ticket, tongue),
    )
    return calling.push(ctx, ticket, person, f"overdue@{due.isoformat()}", text, hold=False)
