"""The night's forgetting: lines that became nothing, the bodies of what was received, the words of what was sent."""

from __future__ import annotations

from datetime import datetime, timedelta

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
    buttons = ctx.store.button_texts.forget(before)
    looked = alarm.data.get("bodies")
    bodies, since = ctx.store.inbox.forget_bodies(before, datetime.fromisoformat(looked) if looked else None)
    waited = min(before, ctx.now - timedelta(days=ctx.settings.official_account.wait_days))
    letters, behind = ctx.store.outbox.forget(before, waited, int(alarm.data.get("letters", 0)), batch)
    ctx.store.channel_state.forget(ctx.now)
    # A full batch means that there is more: the writer is let go in between.
    due = ctx.now + GO_ON if max(lines, letters) >= batch else next_forgetting(ctx)
    data = {"letters": behind, "bodies": since.isoformat()}
    ctx.store.alarms.set("forget", alarm.subject, due, district=alarm.district, data=data)
    if lines or drafts or buttons or bodies or letters:
        log.info("forgotten", lines=lines, drafts=drafts, buttons=buttons, bodies=bodies, letters=letters)
    return []
