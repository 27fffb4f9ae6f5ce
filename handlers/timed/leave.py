"""A leave that was asked for ahead begins: its list, and what is in hand, go to whoever stands in."""

from __future__ import annotations

from domain.messages import Outgoing
from handlers.care.standing_in import hand_over
from handlers.care.today import is_morning, today
from handlers.context import Context
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    leave, day = ctx.store.leaves.find(alarm.subject), today(ctx)
    if leave is None or not leave.on(day) or leave.listed == day or not is_morning(ctx):
        return []
    if not ctx.store.people.get(leave.person).active:
        return []
    return hand_over(ctx, leave, day)
