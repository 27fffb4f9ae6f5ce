"""When something may be sent, how urgently, and in which language."""

from __future__ import annotations

from datetime import datetime

from domain import sla
from domain.areas import Group
from domain.calendar import Quiet, next_allowed
from domain.fears import is_feared
from domain.messages import Priority
from domain.tickets import Ticket, is_emergency
from handlers.context import Context


def quiet_of(ctx: Context, room: Group | None) -> Quiet:
    """The room's own quiet hours, or the office's."""
    if room is not None and room.quiet_from is not None and room.quiet_to is not None:
        return Quiet(room.quiet_from, room.quiet_to)
    return ctx.settings.quiet


def is_quiet(ctx: Context, room: Group | None = None) -> bool:
    return quiet_of(ctx, room).holds(ctx.now.astimezone(ctx.settings.office.tz).time())


def unasked_at(ctx: Context, ticket: Ticket, room: Group | None = None) -> datetime | None:
    """When something nobody asked for may go out: None at once; emergencies and urgency 2 never wait."""
    if sla.goes_at_once(ticket) or not is_quiet(ctx, room):
        return None
    return next_allowed(ctx.now, quiet_of(ctx, room), ctx.settings.office.tz)


def priority_of(ticket: Ticket, otherwise: Priority = Priority.NOTICE) -> Priority:
    return Priority.EMERGENCY if is_emergency(ticket) or is_feared(ticket) else otherwise


def tongue_of(ctx: Context, person: int) -> str:
    return ctx.store.people.get(person).language or ctx.settings.office.language
