"""Times as people say them in the office's zone, and when the next day's duty begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers import wording
from handlers.context import Context


def moment(ctx: Context, at: datetime, language: str) -> str:
    """19:12, 明天12点, 周五, 12月3日, seen from now."""
    return wording.moment(at, ctx.now, ctx.settings, language)


def next_morning(ctx: Context) -> datetime:
    """When duty hours begin tomorrow."""
    tz = ctx.settings.office.tz
    tomorrow = ctx.now.astimezone(tz).date() + timedelta(days=1)
    return datetime.combine(tomorrow, ctx.settings.office.duty_from, tz).astimezone(UTC)
