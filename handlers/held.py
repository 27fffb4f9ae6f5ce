"""Reminders that found the day's number of pushes used up: folded into the next message that may go out to their
reader, the morning list, or a message of their own next morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.tickets import Ticket
from handlers import recipients
from handlers.answers import language_of
from handlers.context import Context
from handlers.moments import moment
from handlers.texts import say

KIND = "held"
# After the morning list, which takes them along where somebody gets one.
_LATER = timedelta(minutes=5)


def hold(ctx: Context, person: int, ticket: Ticket, about: str) -> None:
    """Keep a reminder for the person; a second one about the same ticket takes the place of the first."""
    alarms = ctx.store.alarms
    waiting = alarms.data(KIND, person) or {}
    alarms.set(
        KIND,
        person,
        _tomorrow(ctx),
        district=ticket.district,
        data={**waiting, str(ticket.id): about.partition("@")[0]},
    )


def take(ctx: Context, person: int, *, told: str = "") -> list[str]:
    """The lines of what was held for him, as far as it is still true and `told` does not say it; they are held no
    longer."""
    waiting = ctx.store.alarms.data(KIND, person)
    if waiting is None:
        return []
    ctx.store.alarms.clear((KIND,), person)
    lines = [_line(ctx, person, int(ticket), str(about)) for ticket, about in waiting.items()]
    return [line for number, line in lines if line and number not in told]


def _line(ctx: Context, person: int, ticket_id: int, about: str) -> tuple[str, str]:
    """The ticket's number and what to say of it; "" where it is over, was answered, or is no longer for his eyes."""
    ticket = ctx.store.tickets.find(ticket_id)
    if ticket is None or ticket.status not in ("open", "taken") or not recipients.may_see(ctx, ticket, person):
        return "", ""
    first = about.startswith("first")
    due = ticket.first_due if first else ticket.solve_due
    over = ticket.answered_at is not None if first else ticket.paused_at is not None
    if about == "upper":
        over, due = ticket.status != "open", ticket.solve_due
    if over or due is None:
        return "", ""
    key = about if about == "upper" else ("first" if first else "solve") + ("_late" if due <= ctx.now else "")
    tongue = language_of(ctx, person)
    words = {"number": ticket.number, "summary": ticket.summary, "due": moment(ctx, due, tongue)}
    return ticket.number, say(f"timed.held.{key}", tongue, **words)


def _tomorrow(ctx: Context) -> datetime:
    office = ctx.settings.office
    day = ctx.now.astimezone(office.tz).date() + timedelta(days=1)
    at = max(office.duty_from, ctx.settings.morning.at)
    return datetime.combine(day, at, office.tz).astimezone(UTC) + _LATER
