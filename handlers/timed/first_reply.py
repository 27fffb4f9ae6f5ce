"""The first word: at 80 % of the time a private line to who has it, when it is past one to the lead above."""

from __future__ import annotations

from typing import Literal

from domain import sla
from domain.messages import Button, Outgoing
from domain.people import Person
from domain.tickets import ACTIVE, Ticket, is_emergency
from handlers import calling
from handlers.answers import language_of
from handlers.context import Context
from handlers.moments import moment, next_morning
from handlers.texts import say
from storage.alarms import Alarm

KIND = "first_reply"


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """Emergencies have the ladder instead; a proposed ticket has promised nothing yet."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or ticket.status not in ACTIVE - {"proposed"} or _has_ladder(ticket):
        return []
    if ticket.answered_at is not None or ticket.first_due is None:
        return []
    warn = sla.warn_at(sla.began(ticket), ticket.first_due, ctx.settings)
    # What falls into quiet hours is looked at anew when they end: by then it may be needless.
    at = sla.send_at(max(ctx.now, warn), ctx.settings, at_once=sla.goes_at_once(ticket))
    if at > ctx.now:
        ctx.store.alarms.set(KIND, ticket.id, at, district=ticket.district, data=alarm.data)
        return []
    if ctx.now < ticket.first_due:
        ctx.store.alarms.set(KIND, ticket.id, ticket.first_due, district=ticket.district, data={"warned": True})
        if alarm.data.get("warned"):
            return []
        return [one for person in calling.in_charge(ctx, ticket) if (one := _reminder(ctx, ticket, person, "warning"))]
    leads = calling.leads(ctx, ticket)
    told = [one for person in leads if (one := _reminder(ctx, ticket, person, "overdue"))]
    if leads and not told:
        # The lead has had enough for today: it comes first tomorrow.
        ctx.store.alarms.set(KIND, ticket.id, next_morning(ctx), district=ticket.district, data=alarm.data)
    return told


def _has_ladder(ticket: Ticket) -> bool:
    return is_emergency(ticket) and not ticket.sensitive


def _reminder(ctx: Context, ticket: Ticket, person: Person, what: Literal["warning", "overdue"]) -> Outgoing | None:
    """To whoever has it before it is due, to the lead when it is past; the lead is tried again in the morning."""
    tongue = language_of(ctx, person.id)
    assert ticket.first_due is not None
    text = say(
        f"timed.first_reply.{what}",
        tongue,
        name=person.name,
        number=ticket.number,
        summary=ticket.summary,
        due=moment(ctx, ticket.first_due, tongue),
        who=calling.whose(ctx, ticket, tongue),
    )
    return calling.push(ctx, ticket, person, f"first_{what}", text, _buttons(ticket, tongue), hold=what == "warning")


def _buttons(ticket: Ticket, tongue: str) -> tuple[Button, ...]:
    return tuple(
        Button(say(f"button.{latin}", tongue), f"{name} {ticket.number}")
        for latin, name in (("claim", "接单"), ("transfer", "转办"), ("escalate", "上报"))
    )
