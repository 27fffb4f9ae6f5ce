"""The night's forgetting: lines that became nothing, and the bodies of what was received."""

from __future__ import annotations

from datetime import timedelta

import structlog

from domain.messages import Outgoing
from handlers.care.today import next_forgetting
from handlers.context import Context
from storage.alarms import Alarm

log = structlog.get_logger()

GO_ON = timedelta(minutes=1)


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    before = ctx.now - timedelta(hours=ctx.settings.privacy.forget_hours)
    batch = ctx.settings.beat.batch
    lines = ctx.store.lines.forget(before, batch)
    drafts = ctx.store.drafts.forget(before)
    bodies = ctx.store.inbox.forget_bodies(before)
    ctx.store.channel_state.forget(ctx.now)
    # A full batch means that there is more: the writer is let go in between.
    due = ctx.now + GO_ON if lines >= batch else next_forgetting(ctx)
    ctx.store.alarms.set("forget", alarm.subject, due, district=alarm.district)
    if lines or drafts or bodies:
        log.info("forgotten", lines=lines, drafts=drafts, bodies=bodies)
    return []
