"""Care plans and the visits that they make due: daily contact, weekly visit, monthly companionship.

A due visit is computed from the plan and the last visit each time it is asked for, never stored.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from domain.archive import fits, walking_order

Rhythm: TypeAlias = Literal["daily", "weekly", "monthly"]

RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)


@dataclass(frozen=True, slots=True)
class CarePlan:
    """Who looks in on which door how often. `weekdays` 1 Monday to 7 Sunday: the days of daily contact (empty:
    every day), or the day of the weekly visit (empty: Monday); `month_day` the day of the monthly one."""

    id: int
    worker: int
    household: str
    rhythm: Rhythm
    resident: int | None = None
    resident_name: str = ""
    weekdays: tuple[int, ...] = ()
    month_day: int = 1
    starts: date = date.min
    ends: date | None = None
    household_id: int | None = None
    estate: str = ""


@dataclass(frozen=True, slots=True)
class Cared:
    """Somebody whom a worker looks after, as he may be named without his door: `called` 王奶奶 or empty."""

    name: str
    called: str
    door: str
    estate: str = ""

    @property
    def where(self) -> str:
        """The door with its estate in front: 锦园3-2-402."""
        return f"{self.estate}{self.door}"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that is due on `day`; since `since`; `missed`: the period before went by without one."""

    plan: CarePlan
    day: date
    since: date
    missed: bool = False


def due_visits(plans: Iterable[CarePlan], last_done: Mapping[int, date], day: date) -> list[Visit]:
    """What is due on that day. `last_done` gives the day of the last visit by plan id."""
    return [
        visit for plan in plans if _runs(plan, day) and (visit := _due(plan, last_done.get(plan.id), day)) is not None
    ]


def order(due: Iterable[Visit], limit: int | None = None) -> list[Visit]:
    """The morning list: as one walks from door to door. Where not all can be shown, those missed and those
    seen most often stay."""
    chosen = list(due)
    if len(chosen) < 2:
        return chosen
    if limit is not None and len(chosen) > limit:
        chosen.sort(key=lambda visit: (not visit.missed, RHYTHMS.index(visit.plan.rhythm), visit.since))
        chosen = chosen[:limit]
    return sorted(chosen, key=lambda visit: (visit.plan.estate, walking_order(visit.plan.household), visit.plan.id))


def answered(due: Sequence[Visit], exceptions: Iterable[str]) -> tuple[list[Visit], list[Visit]]:
    """Splits the list into seen and not seen. A room that several doors have leaves all of them unseen."""
    named = tuple(exceptions)
    left = [visit for visit in due if any(fits(visit.plan.household, door) for door in named)]
    return [visit for visit in due if visit not in left], left


def _runs(plan: CarePlan, day: date) -> bool:
    return plan.starts <= day and (plan.ends is None or day <= plan.ends)


def _due(plan: CarePlan, last: date | None, day: date) -> Visit | None:
    if plan.rhythm == "daily":
        wanted = not plan.weekdays or day.isoweekday() in plan.weekdays
        return Visit(plan, day, day) if wanted and (last is None or last < day) else None
    begin = _begins(plan.rhythm, day)
    if last is not None and last >= begin:
        return None
    if last is not None:
        missed = last < _begins(plan.rhythm, begin - timedelta(days=1))
    else:
        # A plan without a beginning that never had a visit is new to us, not neglected.
        missed = date.min < plan.starts < begin
    since = begin if missed else _chosen(plan, begin)
    return Visit(plan, day, since, missed) if since <= day else None


def _begins(rhythm: Rhythm, day: date) -> date:
    return day - timedelta(days=day.weekday()) if rhythm == "weekly" else day.replace(day=1)


def _chosen(plan: CarePlan, begin: date) -> date:
    if plan.rhythm == "weekly":
        return begin + timedelta(days=(min(plan.weekdays) if plan.weekdays else 1) - 1)
    last_day = calendar.monthrange(begin.year, begin.month)[1]
    return begin.replace(day=min(plan.month_day, last_day))
