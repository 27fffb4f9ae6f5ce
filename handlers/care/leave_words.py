"""A leave in words: 今天, 3月11日（周三）下午, 3月11日（周三）到3月13日（周五）."""

from __future__ import annotations

from datetime import date

from domain.leaves import Leave
from handlers.care.today import today
from handlers.context import Context
from handlers.texts import say


def when(ctx: Context, leave: Leave, tongue: str) -> str:
    """Its days; of one that runs already only the last."""
    first, last = day_words(ctx, leave.first, tongue), day_words(ctx, leave.last, tongue)
    if leave.half is not None:
        return say(f"care.day_{leave.half}", tongue, day=first)
    if leave.first == leave.last or (leave.first <= today(ctx) and leave.last == today(ctx)):
        return last
    if leave.first <= today(ctx):
        return say("care.days_to", tongue, last=last)
    return say("care.days", tongue, first=first, last=last)


def day_words(ctx: Context, day: date, tongue: str) -> str:
    if day == today(ctx):
        return say("care.day_today", tongue)
    weekday = say(f"care.weekday.{day.isoweekday()}", tongue)
    return say("care.day", tongue, month=day.month, day=day.day, weekday=weekday)
