"""No detour wins time: what is raised, corrected and lowered again is due when it would have been without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from domain import moves, sla
from domain.reading import CATEGORIES, Category
from domain.settings import Settings
from domain.tickets import By, Ticket, TicketEvent
from tests.domain.made import ticket

SETTINGS = Settings()
LI = By(person=7)
MOST = SETTINGS.sla.max_pause_days

Step: TypeAlias = tuple[Literal["rest"], int] | tuple[Literal["reopen"], None] | tuple[Category | None, int | None]

moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))
ordinary = st.sampled_from([one for one in CATEGORIES if one != "emergency"])
rests: st.SearchStrategy[Step] = st.tuples(st.just("rest"), st.integers(0, 6))
reopenings: st.SearchStrategy[Step] = st.just(("reopen", None))
corrections: st.SearchStrategy[Step] = st.tuples(st.none() | st.sampled_from(CATEGORIES), st.none() | st.integers(1, 3))
steps = st.lists(st.tuples(st.integers(0, 40), rests | reopenings | corrections), max_size=8)


class Matter:
    """A ticket and its history as time goes by."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self.ticket: Ticket = sla.with_clocks(ticket(opened_at=start), SETTINGS)
        self.history: list[TicketEvent] = []

    def rest(self, days: int) -> None:
        if self.ticket.paused_days < MOST:
            self._keep(moves.pause(self.ticket, self.now, LI, "等配件", max_days=MOST))
            self.now += timedelta(days=days)
            spent, due = sla.pause_spent(self.ticket, self.now, SETTINGS)
            self._keep(moves.resume(self.ticket, self.now, LI, days=spent, solve_due=due))

    def reopen(self) -> None:
        self._keep(moves.finish(self.ticket, self.now, LI, "换好了"))
        again, event = moves.reopen(self.ticket, self.now, LI)
        self._keep((sla.with_clocks(again, SETTINGS, start=self.now), event))

    def correct(self, category: Category | None, urgency: int | None) -> None:
        old = self.ticket
        if (category or old.category, urgency or old.urgency) != (old.category, old.urgency):
            new, event = moves.correct(old, self.now, LI, category=category, urgency=urgency, reason="看错了")
            self._keep((sla.recounted(old, new, self.history, self.now, SETTINGS), event))

    def _keep(self, moved: tuple[Ticket, TicketEvent]) -> None:
        self.ticket, event = moved
        self.history.append(event)


def lived(start: datetime, told: list[tuple[int, Step]], *, corrected: bool) -> Matter:
    """What becomes of it, with its corrections or without."""
    one = Matter(start)
    for hours, (what, how) in told:
        one.now += timedelta(hours=hours)
        if what == "rest":
            one.rest(int(how or 0))
        elif what == "reopen":
            one.reopen()
        elif corrected:
            one.correct(what, how)
    return one


@given(moments, steps, ordinary)
def test_a_detour_neither_wins_nor_costs_time(
    start: datetime, told: list[tuple[int, Step]], category: Category
) -> None:
    straight, round_about = (lived(start, told, corrected=corrected) for corrected in (False, True))
    for one in (straight, round_about):
        one.correct(category, 1)
    assert round_about.ticket.solve_due == straight.ticket.solve_due


@given(moments, steps, st.integers(0, 40), st.lists(ordinary, min_size=1, max_size=3))
def test_no_other_category_is_later_while_it_is_urgent(
    start: datetime, told: list[tuple[int, Step]], hours: int, others: list[Category]
) -> None:
    one = lived(start, told, corrected=False)
    one.now += timedelta(hours=hours)
    one.correct(None, 2)
    for category in others:
        before = one.ticket.solve_due
        one.correct(category, None)
        assert before is not None and one.ticket.solve_due is not None and one.ticket.solve_due <= before
