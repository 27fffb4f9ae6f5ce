"""Kinds of time: wall clock, duty hours (every day), and working days with China's make-up days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, TypeAlias

import chinese_calendar

SpanUnit: TypeAlias = Literal["minutes", "hours", "duty hours", "working days", "same day"]
Holidays: TypeAlias = Literal["china", "weekdays"]

_UNITS: dict[str, SpanUnit] = {
    "minute": "minutes",
    "hour": "hours",
    "duty hour": "duty hours",
    "working day": "working days",
}
# The State Council announces the next year's holidays in November; deadlines reach into it from December on.
COMING = timedelta(days=35)
# Of an announced year more days than these are off besides its weekends; whoever tells fewer has told his own alone.
A_YEAR_OFF = 7
_SPAN = re.compile(r"(\d{1,4}) (minute|hour|duty hour|working day)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as settings write it: "30 minutes", "2 hours", "4 duty hours", "3 working days",
    "same day" (until duty ends)."""

    amount: int
    unit: SpanUnit

    @classmethod
    def parse(cls, text: str) -> Span:
        """Reads what str() writes; ValueError says what is allowed."""
        if text == "same day":
            return cls(1, "same day")
        found = _SPAN.fullmatch(text.strip())
        if found is None:
            raise ValueError("30 minutes, 2 hours, 4 duty hours, 3 working days or same day")
        return cls(int(found[1]), _UNITS[found[2]])

    def __str__(self) -> str:
        if self.unit == "same day":
            return "same day"
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing unasked is sent; they may run over midnight. Both the same: none."""

    start: time = time(21, 30)
    end: time = time(7, 30)

    def holds(self, at: time) -> bool:
        """Whether this local time is quiet; the end itself is not."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@lru_cache(maxsize=64)
def is_published(year: int) -> bool:
    """Whether the holidays of that year are known; else weekdays are taken."""
    try:
        chinese_calendar.is_workday(date(year, 6, 1))
    except NotImplementedError:  # chinese_calendar's word for a year that it does not know yet
        return False
    return True


def is_weekday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


@lru_cache(maxsize=1024)
def is_working_day(day: date) -> bool:
    """A working day in China: make-up weekends are, public holidays are not."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year whose holidays chinese_calendar does not know yet
        return is_weekday(day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A district's hours. All times in and out are aware; results are UTC."""

    tz: tzinfo
    duty_from: time = time(8)
    duty_to: time = time(20)
    holidays: Holidays = "china"
    days_off: tuple[date, ...] = ()
    days_on: tuple[date, ...] = ()

    def works(self, day: date) -> bool:
        """Whether it is a working day; the office's own days go before those of the list."""
        if day in self.days_off or day in self.days_on:
            return day in self.days_on
        return is_working_day(day) if self.holidays == "china" else is_weekday(day)

    def knows(self, year: int) -> bool:
        """Whether its holidays are known, from the list or from the office; else Monday to Friday are taken."""
        own = sum(day.year == year for day in self.days_off) >= A_YEAR_OFF
        return self.holidays != "china" or own or is_published(year)

    def unknown_year(self, day: date) -> int | None:
        """The year that `day` or one of the weeks after it lies in, whose holidays are still to be told."""
        years = dict.fromkeys([day.year, (day + COMING).year])
        return next((year for year in years if not self.knows(year)), None)

    def on_duty(self, at: datetime) -> bool:
        """Within duty hours; the closing minute counts."""
        return self.duty_from <= at.astimezone(self.tz).time() <= self.duty_to

    def add(self, start: datetime, span: Span) -> datetime:
        """When the span is over. Duty hours end in duty hours, working days on a working day in duty hours."""
        if span.unit == "minutes":
            return start.astimezone(UTC) + timedelta(minutes=span.amount)
        if span.unit == "hours":
            return start.astimezone(UTC) + timedelta(hours=span.amount)
        if span.unit == "duty hours":
            return self._add_duty(start, timedelta(hours=span.amount))
        if span.unit == "same day":
            return self._at(self._duty_day(start, lambda day: True, open_end=False).astimezone(self.tz).date())
        return self._add_days(start, span.amount)

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """How many working days lie after the day of `start` up to and with that of `end`; 0 within one day."""
        day, last = start.astimezone(self.tz).date(), end.astimezone(self.tz).date()
        count = 0
        while day < last:
            day += timedelta(days=1)
            count += self.works(day)
        return count

    def next_duty(self, at: datetime) -> datetime:
        """`at` itself within duty hours, else when they next begin."""
        return self._duty_day(at, lambda day: True)

    def _at(self, day: date, clock: time | None = None) -> datetime:
        return datetime.combine(day, clock or self.duty_to, self.tz).astimezone(UTC)

    def _duty_day(self, at: datetime, counts: Callable[[date], bool], *, open_end: bool = True) -> datetime:
        # The first moment from `at` on that lies in the duty hours of a day that counts.
        local = at.astimezone(self.tz)
        late = local.time() > self.duty_to or (not open_end and local.time() == self.duty_to)
        if counts(local.date()) and not late:
            return max(at.astimezone(UTC), self._at(local.date(), self.duty_from))
        day = local.date() + timedelta(days=1)
        while not counts(day):
            day += timedelta(days=1)
        return self._at(day, self.duty_from)

    def _add_duty(self, start: datetime, left: timedelta) -> datetime:
        at = self.next_duty(start)
        while True:
            day = at.astimezone(self.tz).date()
            room = self._at(day) - at
            if left <= room:
                return at + left
            left -= room
            at = self._at(day + timedelta(days=1), self.duty_from)

    def _add_days(self, start: datetime, days: int) -> datetime:
        # The day it begins is not counted (民法典 §201); the hour of the day is kept.
        at = self._duty_day(start, self.works).astimezone(self.tz)
        day = at.date()
        while days > 0:
            day += timedelta(days=1)
            days -= self.works(day)
        return self._at(day, at.time())


def next_allowed(now: datetime, quiet: Quiet, tz: tzinfo) -> datetime:
    """The first moment from `now` on at which something unasked may be sent (UTC)."""
    local = now.astimezone(tz)
    if not quiet.holds(local.time()):
        return now.astimezone(UTC)
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet.end, tz).astimezone(UTC)
