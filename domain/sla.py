"""The clocks of SERVICE.md §2: when a first word, a step on the way and the solution are due, and what follows.

The figures are settings; here is only the reckoning. Nothing reads the time of day: `now` is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from domain.calendar import Span, next_allowed
from domain.clocks import Emergency, Rung
from domain.reading import Category, Nature
from domain.settings import Settings
from domain.tickets import ACTIVE, ENDED, Ticket, TicketEvent, is_emergency

Checkpoint: TypeAlias = Literal["first_warning", "first_due", "step_due", "solve_warning", "solve_due", "pause_over"]

# In these no deadline runs: what leaves them for one that is not an end has its clocks set anew.
_AT_REST = frozenset({"proposed", "done"}) | ENDED


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each is due (UTC)."""

    first: datetime
    solve: datetime
    step: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A moment at which the clock looks at a ticket."""

    kind: Checkpoint
    at: datetime


def deadlines(
    category: Category,
    nature: Nature | None,
    urgency: int,
    start: datetime,
    settings: Settings,
    *,
    with_department: bool = False,
) -> Deadlines:
    """The deadlines of a matter that begins at `start`. Emergencies: taken, first word, result."""
    calendar = settings.office.calendar
    first_span, step_span, solve_span = _spans(category, nature, urgency, settings)
    if category == "consultation" and nature != "建议" and urgency <= 1 and with_department:
        solve_span = settings.sla.consultation_with_department
    return Deadlines(
        first=calendar.add(start, first_span),
        solve=calendar.add(start, solve_span),
        step=calendar.add(start, step_span) if step_span is not None else None,
    )


def _spans(
    category: Category, nature: Nature | None, urgency: int, settings: Settings
) -> tuple[Span, Span | None, Span]:
    """How long until the first word, a step on the way and the solution."""
    if category == "emergency" or urgency >= 3:
        rule = settings.emergency
        return rule.taken, rule.first, rule.solve
    clock = settings.clock(category, nature)
    level = 1 if urgency == 2 else 0
    return clock.first[level], clock.step[level], clock.solve[level]


def began(ticket: Ticket) -> datetime:
    """Since when its deadlines count: when it was opened, registered, reopened or made more urgent."""
    return ticket.clock_from or ticket.opened_at


def with_clocks(ticket: Ticket, settings: Settings, start: datetime | None = None) -> Ticket:
    """The ticket with its deadlines, counted from `start` (reopened, say), else from when they began."""
    begun = replace(ticket, clock_from=start or ticket.clock_from)
    due = _of(begun, began(begun), settings)
    return replace(begun, first_due=due.first, solve_due=due.solve)


def recounted(old: Ticket, new: Ticket, history: Sequence[TicketEvent], now: datetime, settings: Settings) -> Ticket:
    """The clocks after a correction. A raised urgency counts from now, and while it lasts no promise gets later;
    a promised first word never does. A lowered one counts from the beginning (or the reopening) again, so that
    nobody wins time by raising it first. Of the pauses in `history` those count that ended since the clock began."""
    if (old.category, old.urgency) == (new.category, new.urgency):
        return new
    raised = new.urgency > old.urgency or (is_emergency(new) and not is_emergency(old))
    lowered = new.urgency < old.urgency or (is_emergency(old) and not is_emergency(new))
    restarted = _restarted(history)
    if raised:
        new = replace(new, clock_from=now)
    elif lowered:
        new = replace(new, clock_from=restarted)
    due = _of(new, began(new), settings)
    paused = sum(int(event.data["days"] or 0) for event in history if event.kind == "resume" and event.at > began(new))
    solve = settings.office.calendar.add(due.solve, Span(paused, "working days")) if paused else due.solve
    if old.solve_due is not None:
        if raised or new.clock_from != restarted:
            solve = min(old.solve_due, solve)
        elif old.extended:
            solve = max(old.solve_due, solve)
    first = due.first if old.first_due is None else min(old.first_due, due.first)
    return replace(new, first_due=first if new.answered_at is None else old.first_due, solve_due=solve)


def _restarted(history: Sequence[TicketEvent]) -> datetime | None:
    """When it last came to stand: registered after it was proposed, or reopened; None where it stood from the first."""
    starts = [one.at for one in history if one.data.get("from") in _AT_REST and one.data.get("to") not in ENDED]
    return starts[-1] if starts else None


def _of(ticket: Ticket, start: datetime, settings: Settings) -> Deadlines:
    handed = ticket.department is not None
    return deadlines(ticket.category, ticket.nature, ticket.urgency, start, settings, with_department=handed)


def warn_at(start: datetime, due: datetime, settings: Settings) -> datetime:
    """When the share of the time (80 %) is used up; long ones wait for duty hours, but never past the deadline."""
    at = start + (due - start) * settings.sla.warn_share
    if due - start > timedelta(hours=24):
        at = settings.office.calendar.next_duty(at)
    return min(at, due)


def checks(ticket: Ticket, settings: Settings) -> tuple[Check, ...]:
    """All moments at which something may have to be said about it, in order; none once it is done."""
    if ticket.status not in ACTIVE or ticket.status == "proposed":
        return ()
    found: list[Check] = []
    start = began(ticket)
    if ticket.answered_at is None and ticket.first_due is not None:
        found.append(Check("first_warning", warn_at(start, ticket.first_due, settings)))
        found.append(Check("first_due", ticket.first_due))
    if ticket.paused_at is not None:
        found.append(Check("pause_over", pause_ends(ticket, settings)))
    elif ticket.solve_due is not None and ticket.nature != "建议":
        step = _spans(ticket.category, ticket.nature, ticket.urgency, settings)[1]
        step_due = settings.office.calendar.add(start, step) if step is not None else None
        # What was made urgent shortly before it was due is due at once.
        if step_due is not None and step_due < ticket.solve_due and not ticket.reopened:
            found.append(Check("step_due", step_due))
        found.append(Check("solve_warning", warn_at(start, ticket.solve_due, settings)))
        found.append(Check("solve_due", ticket.solve_due))
    return tuple(sorted(found, key=lambda check: check.at))


def upper_tier_due(escalated_at: datetime, settings: Settings) -> datetime:
    """By when the tier above must have taken what was passed up."""
    return settings.office.calendar.add(escalated_at, settings.sla.upper_tier_takes)


def may_bounce(handed_at: datetime, now: datetime, settings: Settings) -> bool:
    """Whether a department may still hand the matter back."""
    return now <= settings.office.calendar.add(handed_at, settings.sla.bounce_within)


def pause_ends(ticket: Ticket, settings: Settings) -> datetime:
    """When the pause allowed to this ticket is used up (its `paused_at` must be set)."""
    if ticket.paused_at is None:
        raise ValueError("the ticket is not paused")
    left = max(0, settings.sla.max_pause_days - ticket.paused_days)
    return settings.office.calendar.add(ticket.paused_at, Span(left, "working days"))


def pause_spent(ticket: Ticket, now: datetime, settings: Settings) -> tuple[int, datetime | None]:
    """What a pause that ends now used up, in working days (never more than are left), and the later deadline."""
    if ticket.paused_at is None:
        return 0, ticket.solve_due
    left = max(0, settings.sla.max_pause_days - ticket.paused_days)
    calendar = settings.office.calendar
    days = min(left, calendar.working_days_between(ticket.paused_at, now))
    if not days or ticket.solve_due is None:
        return days, ticket.solve_due
    return days, calendar.add(ticket.solve_due, Span(days, "working days"))


def rungs_due(opened_at: datetime, now: datetime, rule: Emergency, climbed: int = 0) -> Sequence[Rung]:
    """The rungs of the ladder reached by now, after the first `climbed` that were called before."""
    waited = now - opened_at
    ladder = sorted(rule.ladder, key=lambda rung: rung.minutes)
    return [rung for rung in ladder[climbed:] if waited >= timedelta(minutes=rung.minutes)]


def next_rung_at(opened_at: datetime, climbed: int, rule: Emergency) -> datetime | None:
    """When the next rung is called, None at the top."""
    ladder = sorted(rule.ladder, key=lambda rung: rung.minutes)
    return opened_at + timedelta(minutes=ladder[climbed].minutes) if climbed < len(ladder) else None


def goes_at_once(ticket: Ticket) -> bool:
    """Quiet hours do not hold it: emergencies, and urgency 2, which at night goes to those on duty."""
    return is_emergency(ticket) or ticket.urgency == 2


def send_at(now: datetime, settings: Settings, *, at_once: bool = False) -> datetime:
    """When something unasked may go out under the office's quiet hours."""
    return now.astimezone(UTC) if at_once else next_allowed(now, settings.quiet, settings.office.tz)


def remind_rating_at(asked_at: datetime, settings: Settings) -> datetime:
    """When the reporter is asked a second and last time."""
    return send_at(asked_at + timedelta(hours=settings.rating.remind_hours), settings)


def give_up_rating_at(asked_at: datetime, settings: Settings) -> datetime:
    """When it is closed as 未评价."""
    return asked_at.astimezone(UTC) + timedelta(hours=settings.rating.give_up_hours)
