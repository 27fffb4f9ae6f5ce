"""What becomes of a leave beside those that were asked for before."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.leaves import Half, Leave, settled

TODAY = date(2026, 3, 10)


def leave(first: int, last: int, half: Half | None = None, id_: int = 1) -> Leave:
    return Leave(id_, 7, date(2026, 3, first), date(2026, 3, last), half)


@pytest.mark.parametrize(
    ("there", "asked", "becomes"),
    [
        ([], (12, 14, None), (12, 14, None)),
        ([(12, 14, None)], (16, 17, None), (16, 17, None)),
        ([(12, 14, None)], (12, 13, None), (12, 13, None)),
        ([(12, 14, None)], (13, 16, None), (12, 16, None)),
        ([(12, 14, None)], (11, 15, None), (11, 15, None)),
        ([(12, 14, None)], (13, 13, None), (12, 14, None)),
        ([(9, 14, None)], (10, 11, None), (9, 11, None)),
        ([(12, 14, None)], (13, 13, "afternoon"), (12, 14, None)),
        ([(12, 12, "morning")], (12, 12, "afternoon"), (12, 12, None)),
        ([(12, 12, "afternoon")], (12, 12, "afternoon"), (12, 12, "afternoon")),
        ([(12, 12, "afternoon")], (12, 14, None), (12, 14, None)),
        ([(12, 12, None)], (12, 12, "afternoon"), (12, 12, "afternoon")),
    ],
)
def test_two_that_meet_are_one(
    there: list[tuple[int, int, Half | None]],
    asked: tuple[int, int, Half | None],
    becomes: tuple[int, int, Half | None],
) -> None:
    planned = [leave(*one) for one in there]
    kept, gone = settled(planned, leave(*asked, id_=0), TODAY)
    assert (kept.first.day, kept.last.day, kept.half) == becomes and gone == ()


def test_those_between_are_taken_in() -> None:
    planned = [leave(12, 13, id_=1), leave(15, 16, id_=2)]
    kept, gone = settled(planned, leave(11, 18, id_=0), TODAY)
    assert (kept.id, kept.first.day, kept.last.day) == (1, 11, 18) and [one.id for one in gone] == [2]


@pytest.mark.parametrize(
    ("half", "away", "begun"),
    [(None, (True, True), (True, True)), ("morning", (True, False), (True, True)),
     ("afternoon", (False, True), (False, True))],
)  # fmt: skip
def test_half_a_day(half: Half | None, away: tuple[bool, bool], begun: tuple[bool, bool]) -> None:
    one, hours = leave(10, 10, half), [datetime(2026, 3, 10, 9), datetime(2026, 3, 10, 15)]
    assert tuple(map(one.at, hours)) == away
    assert tuple(map(one.has_begun, hours)) == begun
