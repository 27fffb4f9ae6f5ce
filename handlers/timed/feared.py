"""Somebody may be in danger and nobody has looked yet: those whom an emergency would call next are asked, once."""

from __future__ import annotations

from domain.fears import is_feared
from domain.messages import Outgoing, Person
from domain.people import Role
from handlers import recipients
from handlers.context import Context
from handlers.deeds import posting
from handlers.delivery import reached_now
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """Whoever of the staff did anything with it has looked. The first rung on which anybody is who was not told yet; of
    a sensitive matter nobody else may be."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or not is_feared(ticket) or ticket.sensitive:
        return []
    for rung in sorted(ctx.settings.emergency.ladder, key=lambda rung: rung.minutes):
        roles = [Role(call) for call in rung.calls if call != "staff_group"]
        reached = [
            one for one in recipients.holders(ctx, ticket, roles) if reached_now(ctx.store, Person(one), ctx.now)
        ]
        if told := posting.call(ctx, ticket, reached):
            return told
    return []
