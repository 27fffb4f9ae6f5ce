"""Until when somebody asks to have something: 3天, 到周五, 下周二, 12月3日, 月底, at the beginning of a clause."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.numbers import in_digits

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"\s*(?:再)?(?:要|延|推|放|宽限)*(?:到|至|期)?\s*"
_DAYS = re.compile(rf"{_TO}(?P<n>{_N})\s*(?:个)?\s*(?:天|工作日|days?)", re.IGNORECASE)
_WEEKS = re.compile(rf"{_TO}(?P<n>{_N})\s*(?:个)?\s*(?:周|星期|礼拜|weeks?)(?![一二三四五六日天])", re.IGNORECASE)
_WEEKDAY = re.compile(rf"{_TO}(?P<next>下*)(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_NEAR = re.compile(rf"{_TO}(?P<near>明天|后天|大后天|月底)")
_DATE = re.compile(rf"{_TO}(?:(?P<year>20\d\d)[-年/.])?(?P<month>{_N})[-月/.](?P<day>{_N})(?:日|号)?")
_DAY = re.compile(rf"{_TO}(?P<day>{_N})号")
_NEAR_DAYS = {"明天": 1, "后天": 2, "大后天": 3}
_JOINT = " \t\r\n,，。.:：;；、"
# Five working days to a week.
_WEEK = 5


@dataclass(frozen=True, slots=True)
class Until:
    """So many working days more, or to the end of a day; `rest` is what was said after it."""

    rest: str
    days: int | None = None
    day: date | None = None


def until_in(text: str, today: date) -> Until | None:
    """The first clause that begins with one, None where none does; `rest` is all the other words. A day that has
    passed this month or year is the next."""
    for start in (0, *(found.end() for found in re.finditer(r"[\s,，。;；、]+", text))):
        if (found_here := _at_start(text[start:], today)) is not None:
            rest = f"{text[:start].strip(_JOINT)} {found_here.rest}".strip(_JOINT)
            return Until(rest, found_here.days, found_here.day)
    return None


def _at_start(text: str, today: date) -> Until | None:
    for pattern, days in ((_DAYS, 1), (_WEEKS, _WEEK)):
        if (found := pattern.match(text)) is not None and (count := _number(found["n"])) is not None:
            return Until(_after(text, found), days=count * days)
    if (found := _NEAR.match(text)) is not None:
        if found["near"] == "月底":
            return Until(_after(text, found), day=_month_end(today))
        return Until(_after(text, found), day=today + timedelta(days=_NEAR_DAYS[found["near"]]))
    if (found := _WEEKDAY.match(text)) is not None:
        monday = today - timedelta(days=today.weekday())
        at = monday + timedelta(days=7 * len(found["next"]) + min("一二三四五六日天".index(found["day"]), 6))
        return Until(_after(text, found), day=at if at > today else at + timedelta(days=7))
    return _by_date(text, today)


def _by_date(text: str, today: date) -> Until | None:
    found = _DATE.match(text)
    if found is not None:
        month, day = _number(found["month"]), _number(found["day"])
        year = int(found["year"]) if found["year"] else None
        at = _date(year or today.year, month, day)
        if at is not None and year is None and at <= today:
            at = _date(today.year + 1, month, day)
        return Until(_after(text, found), day=at) if at is not None else None
    found = _DAY.match(text)
    if found is None:
        return None
    day = _number(found["day"])
    at = _date(today.year, today.month, day)
    if at is None or at <= today:
        later = _month_end(today) + timedelta(days=1)
        at = _date(later.year, later.month, day)
    return Until(_after(text, found), day=at) if at is not None else None


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _number(text: str) -> int | None:
    digits = in_digits(text.replace("两", "二"))
    return int(digits) if digits.isdigit() and int(digits) > 0 else None


def _after(text: str, found: re.Match[str]) -> str:
    return re.sub(r"^(?:前|之前|以前|为止|后)", "", text[found.end() :].strip(_JOINT)).strip(_JOINT)
