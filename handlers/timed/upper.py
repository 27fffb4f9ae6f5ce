"""Nobody of the tier or department to which it was passed has taken it in time: the next level is told."""

from __future__ import annotations

from datetime import datetime

from domain.messages import Button, Outgoing
from domain.people import Person
from domain.tickets import Ticket
from handlers import calling
from handlers.answers import language_of
from handlers.context import Context
from handlers.moments import lasting, moment
from handlers.texts import say
from handlers.wording import department
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """SERVICE.md §2: the upper tier takes it within so long; whoever took it meanwhile ended this."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or ticket.status != "open":
        return []
    since = datetime.fromisoformat(str(alarm.data["since"]))
    told = (_tell(ctx, ticket, person, since) for person in calling.leads(ctx, ticket))
    return [one for one in told if one is not None]


def _tell(ctx: Context, ticket: Ticket, person: Person, since: datetime) -> Outgoing | None:
    tongue = language_of(ctx, person.id)
    to = department(ctx, ticket.department)
    if to is None and ticket.assignee is not None:
        to = ctx.store.people.get(ticket.assignee).name
    text = say(
        "timed.upper",
        tongue,
        name=person.name,
        number=ticket.number,
        summary=ticket.summary,
        at=moment(ctx, since, tongue),
        within=lasting(ctx.settings.sla.upper_tier_takes, tongue),
        to=to or say(f"tier.{ticket.tier}", tongue),
    )
    buttons = tuple(
        Button(say(f"button.{latin}", tongue), f"{name} {ticket.number}")
        for latin, name in (("claim", "接单"), ("transfer", "转办"))
    )
    return calling.push(ctx, ticket, person, f"upper@{since.isoformat()}", text, buttons)
