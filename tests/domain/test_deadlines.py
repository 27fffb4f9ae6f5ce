"""The clocks of SERVICE.md §2, told with dates of 2026, and what holds for them at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import moves, sla
from domain.calendar import Calendar, Quiet, Span, SpanUnit, is_published, is_working_day, next_allowed
from domain.reading import CATEGORIES, Category
from domain.settings import Settings
from domain.tickets import By, Ticket
from tests.domain.made import ticket

SHANGHAI = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings()
CALENDAR = SETTINGS.office.calendar
LI = By(person=7)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def said(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def due(category: Category, urgency: int, start: datetime, nature: str | None = None) -> sla.Deadlines:
    return sla.deadlines(category, nature, urgency, start, SETTINGS)  # type: ignore[arg-type]


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
units: st.SearchStrategy[SpanUnit] = st.sampled_from(["minutes", "hours", "duty hours", "working days"])
spans = st.builds(Span, st.integers(0, 40), units)


def test_a_street_light_on_tuesday_morning() -> None:
    one = due("public_repair", 1, at("2026-03-10", "10:00"))
    assert (said(one.first), said(one.solve), one.step) == ("2026-03-10 14:00", "2026-03-13 10:00", None)


def test_what_is_said_in_the_evening_counts_on_in_the_morning() -> None:
    one = due("public_repair", 1, at("2026-03-10", "18:30"))
    assert said(one.first) == "2026-03-11 10:30"
    late = due("public_repair", 1, at("2026-03-10", "23:00"))
    assert (said(late.first), said(late.solve)) == ("2026-03-11 12:00", "2026-03-16 08:00")


def test_duty_hours_run_at_the_weekend_and_working_days_do_not() -> None:
    one = due("community_report", 1, at("2026-03-14", "09:00"))
    assert (said(one.first), said(one.solve)) == ("2026-03-14 13:00", "2026-03-19 08:00")


def test_a_stopped_lift_runs_on_the_wall_clock() -> None:
    one = due("public_repair", 2, at("2026-03-10", "23:50"))
    assert (said(one.first), said(one.step), said(one.solve)) == (
        "2026-03-11 00:20",
        "2026-03-11 01:50",
        "2026-03-11 23:50",
    )


def test_somebody_in_need_is_everywhere_the_same() -> None:
    start = at("2026-10-01", "03:00")
    assert due("emergency", 3, start) == due("public_repair", 3, start)
    one = due("emergency", 3, start)
    assert (said(one.first), said(one.step), said(one.solve)) == (
        "2026-10-01 03:05",
        "2026-10-01 03:30",
        "2026-10-01 05:00",
    )


def test_holidays_do_not_count_and_make_up_days_do() -> None:
    # National Day 2026: 1 to 7 October off; Sunday 20 September and Saturday 10 October are worked.
    assert said(due("home_repair", 1, at("2026-09-30", "10:00")).solve) == "2026-10-09 10:00"
    assert is_working_day(date(2026, 9, 20)) and not is_working_day(date(2026, 10, 1))


def test_a_dispute_and_a_suggestion_take_their_time() -> None:
    dispute = due("legal_dispute", 2, at("2026-03-10", "10:00"))
    assert (said(dispute.step), said(dispute.solve)) == ("2026-03-10 20:00", "2026-03-31 10:00")
    assert said(due("legal_dispute", 1, at("2026-03-10", "10:00")).step) == "2026-03-13 10:00"
    idea = due("complaint", 1, at("2026-03-10", "10:00"), "建议")
    assert (said(idea.first), said(idea.solve)) == ("2026-03-10 18:00", "2026-03-31 10:00")


def test_a_question_for_a_department_has_three_days() -> None:
    start = at("2026-03-10", "10:00")
    alone = sla.deadlines("consultation", "咨询", 1, start, SETTINGS)
    handed = sla.deadlines("consultation", "咨询", 1, start, SETTINGS, with_department=True)
    assert (said(alone.solve), said(handed.solve)) == ("2026-03-11 10:00", "2026-03-13 10:00")


def test_a_year_without_published_holidays_counts_weekdays_and_is_asked_for() -> None:
    assert not is_published(2060)
    assert said(due("complaint", 1, at("2060-03-10", "10:00")).solve) == "2060-03-17 10:00"
    assert CALENDAR.unknown_year(date(2060, 3, 10)) == 2060
    assert CALENDAR.unknown_year(date(2026, 3, 10)) is None
    assert Calendar(SHANGHAI, holidays="weekdays").unknown_year(date(2060, 3, 10)) is None


def test_the_holidays_of_the_coming_year_are_asked_for_in_december() -> None:
    last = max(year for year in range(2026, 2060) if is_published(year))
    assert CALENDAR.unknown_year(date(last, 11, 20)) is None
    assert CALENDAR.unknown_year(date(last, 12, 1)) == last + 1


def test_an_office_tells_the_days_that_no_list_knows() -> None:
    office = replace(SETTINGS.office, days_off=(date(2060, 3, 11), date(2060, 3, 12)), days_on=(date(2060, 3, 13),))
    calendar = office.calendar
    assert [calendar.works(date(2060, 3, day)) for day in (10, 11, 12, 13, 14)] == [True, False, False, True, False]
    assert said(calendar.add(at("2060-03-10", "10:00"), Span(1, "working days"))) == "2060-03-13 10:00"
    with pytest.raises(ValueError, match="2060-03-11 is in days_off and in days_on"):
        replace(office, days_on=(date(2060, 3, 11),))


def test_a_day_of_its_own_is_not_the_list_of_a_year() -> None:
    off = tuple(date(2060, 2, day) for day in range(2, 10))
    own, whole = (replace(SETTINGS.office, days_off=days).calendar for days in (off[:1], off))
    assert own.unknown_year(date(2060, 3, 10)) == 2060 and whole.unknown_year(date(2060, 3, 10)) is None


def test_other_hours_come_from_the_settings() -> None:
    office = replace(
        SETTINGS.office, duty_from=time(9), duty_to=time(17), timezone="Europe/Berlin", holidays="weekdays"
    )
    start = datetime(2026, 10, 1, 14, 30, tzinfo=UTC)  # Thursday 16:30 in Berlin, a holiday in China
    one = sla.deadlines("public_repair", None, 1, start, replace(SETTINGS, office=office))
    assert one.first == datetime(2026, 10, 2, 10, 30, tzinfo=UTC)
    assert one.solve == datetime(2026, 10, 6, 14, 30, tzinfo=UTC)


def opened(start: datetime, **changes: object) -> Ticket:
    return sla.with_clocks(ticket(opened_at=start, **changes), SETTINGS)


def test_raising_the_urgency_counts_from_then_and_makes_no_promise_later() -> None:
    one = opened(at("2026-03-10", "10:00"))
    now = at("2026-03-10", "13:50")
    raised, _ = moves.correct(one, now, LI, urgency=2)
    raised = sla.recounted(one, raised, [], now, SETTINGS)
    assert (said(raised.first_due), said(raised.solve_due)) == ("2026-03-10 14:00", "2026-03-11 13:50")
    last_day = at("2026-03-13", "09:00")
    late, _ = moves.correct(one, last_day, LI, urgency=2)
    assert said(sla.recounted(one, late, [], last_day, SETTINGS).solve_due) == "2026-03-13 10:00"


def test_a_raised_urgency_is_warned_of_and_looked_at_from_then() -> None:
    one = opened(at("2026-03-10", "10:00"), answered_at=at("2026-03-10", "10:10"), category="home_repair")
    now = at("2026-03-10", "15:00")
    raised, _ = moves.correct(one, now, LI, urgency=2)
    raised = sla.recounted(one, raised, [], now, SETTINGS)
    assert [(check.kind, said(check.at)) for check in sla.checks(raised, SETTINGS)] == [
        ("step_due", "2026-03-10 17:00"),
        ("solve_warning", "2026-03-11 10:12"),
        ("solve_due", "2026-03-11 15:00"),
    ]


def test_no_step_on_the_way_comes_after_the_deadline() -> None:
    one = opened(at("2026-03-10", "10:00"), answered_at=at("2026-03-10", "10:10"))
    now = at("2026-03-13", "09:00")
    raised, _ = moves.correct(one, now, LI, urgency=2)
    raised = sla.recounted(one, raised, [], now, SETTINGS)
    assert [(check.kind, said(check.at)) for check in sla.checks(raised, SETTINGS)] == [
        ("solve_warning", "2026-03-13 09:48"),
        ("solve_due", "2026-03-13 10:00"),
    ]


def test_nobody_wins_time_by_raising_the_urgency_and_lowering_it_again() -> None:
    one = opened(at("2026-03-10", "10:00"))
    now = at("2026-03-12", "09:00")
    raised, _ = moves.correct(one, now, LI, urgency=2)
    raised = sla.recounted(one, raised, [], now, SETTINGS)
    lowered, _ = moves.correct(raised, now, LI, urgency=1, reason="看错了")
    assert sla.recounted(raised, lowered, [], now, SETTINGS).solve_due == one.solve_due


def test_what_is_corrected_after_it_was_reopened_counts_from_then() -> None:
    one = opened(at("2026-03-10", "10:00"), status="closed")
    now = at("2026-03-16", "10:00")
    again, reopened = moves.reopen(one, now, LI)
    again = sla.with_clocks(again, SETTINGS, start=now)
    changed, _ = moves.correct(again, now, LI, category="complaint")
    assert said(sla.recounted(again, changed, [reopened], now, SETTINGS).solve_due) == "2026-03-23 10:00"
    assert ("solve_warning", "2026-03-18 19:36") in [
        (check.kind, said(check.at)) for check in sla.checks(again, SETTINGS)
    ]


def test_another_category_has_its_own_deadline_from_the_beginning() -> None:
    one = opened(at("2026-03-10", "10:00"))
    changed, _ = moves.correct(one, at("2026-03-11", "10:00"), LI, category="complaint")
    changed = sla.recounted(one, changed, [], at("2026-03-11", "10:00"), SETTINGS)
    assert (said(changed.first_due), said(changed.solve_due)) == ("2026-03-10 14:00", "2026-03-17 10:00")


def test_the_moments_at_which_the_clock_looks() -> None:
    one = opened(at("2026-03-10", "10:00"))
    assert [(check.kind, said(check.at)) for check in sla.checks(one, SETTINGS)] == [
        ("first_warning", "2026-03-10 13:12"),
        ("first_due", "2026-03-10 14:00"),
        ("solve_warning", "2026-03-12 19:36"),
        ("solve_due", "2026-03-13 10:00"),
    ]
    taken, _ = moves.claim(one, at("2026-03-10", "10:20"), LI)
    assert sla.checks(taken, SETTINGS)[0].kind == "solve_warning"
    done, _ = moves.finish(taken, at("2026-03-11", "09:00"), LI, "换好了")
    assert sla.checks(done, SETTINGS) == ()


def test_a_warning_waits_for_duty_hours_but_never_past_the_deadline() -> None:
    start = at("2026-03-10", "10:00")
    assert said(sla.warn_at(start, at("2026-03-12", "07:00"), SETTINGS)) == "2026-03-12 07:00"
    assert said(sla.warn_at(start, at("2026-03-12", "12:00"), SETTINGS)) == "2026-03-12 08:00"


def test_pauses_move_the_deadline_and_run_out() -> None:
    one = opened(at("2026-03-10", "10:00"))
    paused, _ = moves.pause(one, at("2026-03-11", "10:00"), LI, "等配件", max_days=10)
    assert said(sla.pause_ends(paused, SETTINGS)) == "2026-03-25 10:00"
    days, until = sla.pause_spent(paused, at("2026-03-16", "09:00"), SETTINGS)
    assert (days, said(until)) == (3, "2026-03-18 10:00")
    back, _ = moves.resume(paused, at("2026-03-16", "09:00"), LI, days=days, solve_due=until)
    again, _ = moves.pause(back, at("2026-03-16", "10:00"), LI, "还等", max_days=10)
    assert sla.pause_spent(again, at("2026-05-20", "10:00"), SETTINGS)[0] == 7


def test_the_ladder_climbs_until_somebody_takes_it() -> None:
    start = at("2026-03-10", "23:00")
    rule = SETTINGS.emergency
    assert [[*rung.calls] for rung in sla.rungs_due(start, start, rule)] == [
        ["grid_worker", "property_duty", "staff_group"]
    ]
    assert [rung.minutes for rung in sla.rungs_due(start, start + timedelta(minutes=11), rule, climbed=1)] == [3, 6, 10]
    steps = [sla.next_rung_at(start, climbed, rule) for climbed in range(6)]
    assert [step and (step - start).seconds // 60 for step in steps] == [0, 3, 6, 10, 15, None]
    assert [rung.ring for rung in rule.ladder] == [False, False, False, True, False]


def test_the_upper_tier_and_a_department_have_two_duty_hours() -> None:
    assert said(sla.upper_tier_due(at("2026-03-10", "19:00"), SETTINGS)) == "2026-03-11 09:00"
    assert sla.may_bounce(at("2026-03-10", "19:00"), at("2026-03-11", "09:00"), SETTINGS)
    assert not sla.may_bounce(at("2026-03-10", "19:00"), at("2026-03-11", "09:01"), SETTINGS)


def test_quiet_hours_hold_what_is_not_urgent() -> None:
    assert said(sla.send_at(at("2026-03-10", "21:29"), SETTINGS)) == "2026-03-10 21:29"
    assert said(sla.send_at(at("2026-03-10", "21:30"), SETTINGS)) == "2026-03-11 07:30"
    assert said(sla.send_at(at("2026-03-11", "03:00"), SETTINGS)) == "2026-03-11 07:30"
    assert said(sla.send_at(at("2026-03-11", "03:00"), SETTINGS, at_once=True)) == "2026-03-11 03:00"
    assert said(sla.remind_rating_at(at("2026-03-10", "21:45"), SETTINGS)) == "2026-03-12 07:30"
    assert said(sla.give_up_rating_at(at("2026-03-10", "21:45"), SETTINGS)) == "2026-03-13 21:45"
    assert sla.goes_at_once(ticket(urgency=2)) and not sla.goes_at_once(ticket())


@pytest.mark.parametrize(
    "text", ["30 minutes", "1 hour", "4 duty hours", "1 working day", "15 working days", "same day"]
)
def test_spans_are_read_as_they_are_written(text: str) -> None:
    assert str(Span.parse(text)) == text


@pytest.mark.parametrize("text", ["", "4", "4 dutyhours", "-1 hours", "two hours", "4 hours ago"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="30 minutes"):
        Span.parse(text)


@given(spans)
def test_every_span_can_be_written_and_read(span: Span) -> None:
    assert Span.parse(str(span)) == span


@given(moments, spans)
def test_time_only_goes_forward_and_ends_where_it_may(start: datetime, span: Span) -> None:
    end = CALENDAR.add(start, span)
    assert end >= start and end.tzinfo is UTC
    if span.unit in ("duty hours", "working days"):
        assert CALENDAR.on_duty(end)
    if span.unit == "working days":
        assert is_working_day(end.astimezone(SHANGHAI).date())
        assert CALENDAR.working_days_between(start, end) >= span.amount


@given(st.lists(moments, min_size=2, max_size=2), spans)
def test_who_reports_earlier_is_never_due_later(starts: list[datetime], span: Span) -> None:
    early, late = sorted(starts)
    assert CALENDAR.add(early, span) <= CALENDAR.add(late, span)


@given(
    moments, st.sampled_from(["minutes", "hours", "duty hours", "working days"]), st.integers(0, 20), st.integers(0, 20)
)
def test_two_spans_are_their_sum(start: datetime, unit: SpanUnit, first: int, second: int) -> None:
    in_two = CALENDAR.add(CALENDAR.add(start, Span(first, unit)), Span(second, unit))
    assert in_two == CALENDAR.add(start, Span(first + second, unit))


@given(moments)
def test_nothing_added_within_duty_changes_nothing(start: datetime) -> None:
    if CALENDAR.on_duty(start):
        assert CALENDAR.add(start, Span(0, "duty hours")) == start
    assert CALENDAR.add(start, Span(0, "minutes")) == start


@given(moments, st.times(), st.times())
def test_the_next_allowed_moment_is_allowed_and_soon(now: datetime, start: time, end: time) -> None:
    quiet = Quiet(start, end)
    then = next_allowed(now, quiet, SHANGHAI)
    assert not quiet.holds(then.astimezone(SHANGHAI).time())
    assert now <= then <= now + timedelta(days=1)
    assert next_allowed(then, quiet, SHANGHAI) == then


@given(moments, st.sampled_from(CATEGORIES), st.sampled_from([None, "建议", "投诉"]))
def test_the_more_urgent_the_earlier(start: datetime, category: Category, nature: str | None) -> None:
    ordinary, soon, now = (due(category, urgency, start, nature) for urgency in (1, 2, 3))
    for less, more in pairwise((ordinary, soon, now)):
        assert more.solve <= less.solve and more.first <= less.first


@given(moments, st.integers(1, 3), st.sampled_from(CATEGORIES))
def test_checks_come_in_order_and_warnings_before_their_deadline(
    start: datetime, urgency: int, category: Category
) -> None:
    one = opened(start, urgency=urgency, category=category)
    found = sla.checks(one, SETTINGS)
    assert [check.at for check in found] == sorted(check.at for check in found)
    by_kind = {check.kind: check.at for check in found}
    assert start <= by_kind["first_warning"] <= by_kind["first_due"]
    assert start <= by_kind["solve_warning"] <= by_kind["solve_due"]
