"""The night's learning: asks for a fit where enough was put right since the last one; bot/taught.py makes it."""

from __future__ import annotations

import structlog

from domain.messages import Outgoing
from handlers.care.today import next_learning
from handlers.context import Context
from storage.alarms import Alarm

log = structlog.get_logger()


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    asked = ctx.settings.learning
    if not asked.nightly:
        return []
    ctx.store.alarms.set("learn", alarm.subject, next_learning(ctx), district=alarm.district)
    learning = ctx.store.learning
    before = max((version.corrections for version in learning.versions()), default=0)
    new = learning.count() - before
    if new >= asked.least_corrections:
        learning.want(ctx.now)
    log.info("corrections_counted", new=new, least=asked.least_corrections)
    return []
