"""Somebody may be in danger and nobody has looked yet: those whom an emergency would call next are asked, once."""

from __future__ import annotations

from domain.fears import is_feared
from domain.messages import Outgoing
from domain.people import Role
from handlers import recipients
from handlers.context import Context
from handlers.deeds import posting
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """Whoever of the staff did anything with it has looked. Of a sensitive matter nobody else may be told."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or not is_feared(ticket) or ticket.sensitive:
        return []
    ladder = sorted(ctx.settings.emergency.ladder, key=lambda rung: rung.minutes)
    rung = next((one for one in ladder if one.minutes > 0), None)
    roles = [Role(call) for call in rung.calls if call != "staff_group"] if rung is not None else []
    return posting.call(ctx, ticket, recipients.holders(ctx, ticket, roles))
