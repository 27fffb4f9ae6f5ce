"""Times and lengths of time as people say them in the office's zone, and when the next day's duty begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.calendar import Span
from handlers import wording
from handlers.context import Context
from handlers.texts import say


def moment(ctx: Context, at: datetime, language: str) -> str:
    """19:12, 明天12点, 周五, 12月3日, seen from now."""
    return wording.moment(at, ctx.now, ctx.settings, language)


def lasting(span: Span, language: str) -> str:
    """30分钟, 2个值班小时, as a setting has it."""
    unit = str(span).removeprefix(f"{span.amount} ").replace(" ", "_")
    return say(f"span.{unit}", language, amount=span.amount)


def next_morning(ctx: Context) -> datetime:
    """When duty hours begin tomorrow."""
    tz = ctx.settings.office.tz
    tomorrow = ctx.now.astimezone(tz).date() + timedelta(days=1)
    return datetime.combine(tomorrow, ctx.settings.office.duty_from, tz).astimezone(UTC)
