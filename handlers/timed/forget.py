"""The night's forgetting: lines that became nothing, the bodies of what was received, the words of what was sent; and
long after that anything was received or sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from domain.messages import Outgoing
from handlers.asked import ticket_of_card
from handlers.care.today import next_forgetting
from handlers.context import Context
from storage.alarms import Alarm
from storage.outlived import Old

log = structlog.get_logger()

GO_ON = timedelta(minutes=1)


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """How far it has come is kept with the alarm."""
    privacy, batch = ctx.settings.privacy, ctx.settings.beat.batch
    before = ctx.now - timedelta(hours=privacy.forget_hours)
    lines = ctx.store.lines.forget(before, batch)
    drafts = ctx.store.drafts.forget(before)
    buttons = ctx.store.button_texts.forget(before)
    looked = alarm.data.get("bodies")
    bodies, since = ctx.store.inbox.forget_bodies(before, datetime.fromisoformat(looked) if looked else None)
    waited = min(before, ctx.now - timedelta(days=ctx.settings.official_account.wait_days))
    letters, behind = ctx.store.outbox.forget(before, waited, int(alarm.data.get("letters", 0)), batch)
    deliveries = ctx.store.outlived.deliveries(ctx.now - timedelta(days=privacy.delivery_days), batch)
    long_ago = ctx.now - timedelta(days=privacy.letter_days)
    old = ctx.store.outlived.letters(long_ago, int(alarm.data.get("old", 0)), batch)
    deleted = _delete(ctx, old, long_ago)
    ctx.store.channel_state.forget(ctx.now)
    # A full batch means that there is more: the writer is let go in between.
    full = max(lines, letters, deliveries, len(old)) >= batch
    due = ctx.now + GO_ON if full else next_forgetting(ctx)
    # Old letters are looked for from the first each night: few are left there, those of matters that are still open.
    data = {"letters": behind, "bodies": since.isoformat(), "old": old[-1].id if full and old else 0}
    ctx.store.alarms.set("forget", alarm.subject, due, district=alarm.district, data=data)
    if lines or drafts or buttons or bodies or letters or deliveries or deleted:
        words = {"lines": lines, "drafts": drafts, "buttons": buttons, "bodies": bodies, "letters": letters}
        log.info("forgotten", **words, deliveries=deliveries, old_letters=deleted)
    return []


def _delete(ctx: Context, letters: Sequence[Old], before: datetime) -> int:
    """Those that wait no longer, and are about nothing that is open or was spoken of since. How many."""
    about = {one.id: ticket_of_card(one.card) for one in letters}
    living = ctx.store.tickets.living({ticket for ticket in about.values() if ticket is not None}, before)
    ended = [one for one in letters if not one.waits and about[one.id] not in living]
    ctx.store.outlived.delete_letters(ended)
    return len(ended)
