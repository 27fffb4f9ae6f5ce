"""Visits that fall due, the answer to a morning list, doors as people write them, and areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.archive import HouseholdKey, fits, walking_order
from domain.areas import Area, Group, contains, depth, ids_in, nearest, path_of, place_of
from domain.diary import Entry, title_of
from domain.errors import Refused
from domain.reading import Where
from domain.visits import RHYTHMS, CarePlan, Visit, answered, due_visits, order

TUESDAY = date(2026, 3, 10)
BEGAN = date(2026, 1, 1)


def plan(id: int, household: str, rhythm: str = "daily", **more: object) -> CarePlan:
    return CarePlan(id, 7, household, rhythm, starts=BEGAN, **more)  # type: ignore[arg-type]


def doors(visits: list[Visit]) -> list[str]:
    return [visit.plan.household for visit in visits]


def test_the_morning_list_in_walking_order() -> None:
    plans = [
        plan(1, "10-1-101"),
        plan(2, "5-1-302", "weekly", weekdays=(2,)),
        plan(3, "3-2-402", "monthly", month_day=10),
        plan(4, "3-1-201"),
        plan(5, "3-1-202", "weekly", weekdays=(3,)),
        plan(6, "3-1-203", "monthly", month_day=11),
    ]
    seen = {2: TUESDAY - timedelta(days=7), 3: date(2026, 2, 10), 5: date(2026, 3, 4), 6: date(2026, 2, 11)}
    assert doors(order(due_visits(plans, seen, TUESDAY))) == ["3-1-201", "3-2-402", "5-1-302", "10-1-101"]


def test_a_visit_made_early_counts_for_its_week() -> None:
    weekly = plan(1, "3-1-201", "weekly", weekdays=(4,))
    assert due_visits([weekly], {1: date(2026, 3, 9)}, date(2026, 3, 12)) == []
    assert doors(due_visits([weekly], {1: date(2026, 3, 8)}, date(2026, 3, 12))) == ["3-1-201"]


def test_a_weekly_visit_stays_due_until_made_and_a_missed_one_comes_first_thing() -> None:
    weekly = plan(1, "3-1-201", "weekly", weekdays=(4,))
    made = {1: date(2026, 3, 5)}
    assert [bool(due_visits([weekly], made, date(2026, 3, day))) for day in (9, 11, 12, 13, 15)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    (visit,) = due_visits([weekly], made, date(2026, 3, 16))
    assert (visit.missed, visit.since) == (True, date(2026, 3, 16))
    # A visit on the very first day of last week was last week's.
    assert due_visits([weekly], {1: date(2026, 3, 9)}, date(2026, 3, 16)) == []


def test_a_monthly_visit_on_the_31st_falls_on_the_last_day() -> None:
    monthly = plan(1, "3-1-201", "monthly", month_day=31)
    assert due_visits([monthly], {1: date(2026, 1, 31)}, date(2026, 2, 27)) == []
    assert doors(due_visits([monthly], {1: date(2026, 1, 31)}, date(2026, 2, 28))) == ["3-1-201"]


def test_plans_that_ended_or_have_not_begun_are_still() -> None:
    plans = [
        CarePlan(1, 7, "3-1-201", "daily", ends=date(2026, 3, 9)),
        CarePlan(2, 7, "3-1-202", "daily", starts=date(2026, 3, 11)),
    ]
    assert due_visits(plans, {}, TUESDAY) == []


def test_where_not_all_can_be_shown_the_missed_stay() -> None:
    plans = [plan(1, "1-1-101", "monthly"), plan(2, "2-1-101"), plan(3, "9-1-101", "weekly")]
    due = due_visits(plans, {1: date(2026, 2, 3), 3: date(2026, 2, 20)}, TUESDAY)
    assert doors(order(due, limit=2)) == ["2-1-101", "9-1-101"]


def test_everybody_is_well_except() -> None:
    due = due_visits([plan(1, "3-1-201"), plan(2, "5-1-302"), plan(3, "5-2-201")], {}, TUESDAY)
    assert doors(answered(due, ())[0]) == ["3-1-201", "5-1-302", "5-2-201"]
    seen, left = answered(due, ("201",))
    assert (doors(seen), doors(left)) == (["5-1-302"], ["3-1-201", "5-2-201"])
    assert doors(answered(due, ("5-2-201",))[1]) == ["5-2-201"]
    assert doors(answered(due, ("01",))[1]) == []


plans_drawn = st.builds(
    CarePlan,
    id=st.just(1),
    worker=st.just(7),
    household=st.just("3-1-201"),
    rhythm=st.sampled_from(RHYTHMS),
    weekdays=st.sets(st.integers(1, 7), max_size=3).map(lambda days: tuple(sorted(days))),
    month_day=st.integers(1, 31),
    starts=st.dates(date(2026, 1, 1), date(2026, 3, 1)),
)


@given(plans_drawn)
def test_who_goes_whenever_due_goes_as_often_as_promised(drawn: CarePlan) -> None:
    made: list[date] = []
    day = date(2026, 3, 2)
    for _ in range(364):
        if due_visits([drawn], {1: made[-1]} if made else {}, day):
            made.append(day)
            assert due_visits([drawn], {1: day}, day) == []
        day += timedelta(days=1)
    if drawn.rhythm == "daily":
        assert len(made) == 52 * (len(drawn.weekdays) or 7)
    elif drawn.rhythm == "weekly":
        assert len({one.isocalendar()[:2] for one in made}) == len(made) == 52
    else:
        months = [one.month for one in made if one.year == 2026]
        assert months == sorted(set(months)) and len(months) == 10


@pytest.mark.parametrize(
    ("said", "door"),
    [
        ("3-2-402", "3-2-402"),
        ("3幢2单元402", "3-2-402"),
        ("3号楼2单元402室", "3-2-402"),
        ("8-101", "8-101"),
        ("12栋1802室", "12-1802"),
        ("12号", "12号"),
        ("三组12号", "3组12号"),
        ("第十二村民小组12号乙", "12组12号乙"),
        ("二十一组 3－1号 二楼", "21组3-1号2楼"),
    ],
)
def test_doors_as_people_write_them(said: str, door: str) -> None:
    assert str(HouseholdKey.parse(said)) == door


@pytest.mark.parametrize("said", ["", "402", "3-2-402-1", "三幢", "3幢", "二三组12号", "十"])
def test_what_is_no_door_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="bad_household"):
        HouseholdKey.parse(said)


def test_a_door_knows_what_it_is_called_and_where_it_is() -> None:
    door = HouseholdKey.parse("3-1-201")
    said = ("201", "1-201", "3-1-201", "01", "", "2-1-201")
    assert [fits(str(door), one) for one in said] == [True] * 3 + [False] * 3
    assert door.where == Where(building="3", unit="1", room="201")
    assert sorted(["10-1-101", "3-10-101", "3-2-402", "3-A-101"], key=walking_order) == [
        "3-2-402",
        "3-10-101",
        "3-A-101",
        "10-1-101",
    ]


def test_the_title_of_an_entry() -> None:
    entry = Entry(7, datetime(2026, 3, 10, tzinfo=UTC), "resident", "王奶奶血压偏高，\n要申请轮椅", household="3-2-402")
    assert title_of(entry) == "3-2-402 王奶奶血压偏高， 要申请轮椅"
    assert title_of(entry, limit=6) == "3-2-402 王奶奶血压…"
    assert title_of(replace(entry, text="3-2-402 王奶奶好多了")) == "3-2-402 王奶奶好多了"


def group(id: int, path: str, tier: str, audience: str = "staff") -> Group:
    return Group(id, "playground", str(id), None, ids_in(path)[-1], path, tier, audience)  # type: ignore[arg-type]


def test_the_nearest_group_of_a_tier() -> None:
    groups = [group(1, "/1/", "district"), group(2, "/1/4/", "community"), group(3, "/1/40/", "community")]
    groups += [group(4, "/1/4/9/", "unit", "residents"), group(5, "/1/4/", "unit"), group(6, "/1/4/9/", "unit")]
    found = [nearest(groups, "/1/4/9/", tier, "staff") for tier in ("unit", "community", "district")]
    assert [one and one.id for one in found] == [6, 2, 1]
    assert nearest(groups, "/1/40/7/", "unit", "staff") is None
    one = nearest(groups, "/1/40/7/", "community", "staff")
    assert one is not None and one.id == 3


def test_what_an_area_stands_for() -> None:
    estate = Area(5, 4, "/1/4/5/", "estate", "e1", "阳光花园")
    assert place_of([estate, Area(9, 5, "/1/4/5/9/", "unit", "3-2", "3幢2单元")]) == Where("阳光花园", "3", "2")
    tower = Area(8, 5, "/1/4/5/8/", "building", "3", "3幢")
    assert place_of([estate, tower, Area(9, 8, "/1/4/5/8/9/", "unit", "2", "2单元")]) == Where("阳光花园", "3", "2")
    assert place_of([estate]) == Where("阳光花园")


@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.lists(st.integers(1, 500), min_size=1, max_size=6))
def test_paths_hold_exactly_what_lies_below(one: list[int], other: list[int]) -> None:
    path, wider = path_of(one), path_of(one + other)
    assert ids_in(path) == tuple(one) and depth(path) == len(one)
    assert contains(path, wider) and contains(path, path)
    assert contains(path, path_of(other)) == (other[: len(one)] == one)
