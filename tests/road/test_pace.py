"""The pace into one room: never more in a minute, nor in an hour, than its budget has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sender import Pace
from domain.running import Budget


@given(
    st.integers(0, 6),
    st.integers(0, 12),
    st.lists(st.floats(0.0, 400.0, allow_nan=False), min_size=1, max_size=60),
)
def test_no_window_holds_more_than_its_budget(minute: int, hour: int, steps: list[float]) -> None:
    pace = Pace(Budget("wecom_aibot", 0.0, minute, hour))
    now, went = 0.0, list[float]()
    for step in steps:
        now += step
        if (pause := pace.wait("room", now)) > 0:
            # Asked again when it said: then it may go.
            now += pause + 1e-3
            assert pace.wait("room", now) == 0.0
        went.append(now)
    for seconds, most in ((60.0, minute), (3600.0, hour)):
        if most:
            assert all(len([one for one in went if last - seconds < one <= last]) <= most for last in went), (
                seconds,
                most,
            )


def test_one_room_does_not_wait_for_another() -> None:
    pace = Pace(Budget("wecom_aibot", 0.0, 0, 2))
    assert [pace.wait("one", float(at)) for at in range(2)] == [0.0, 0.0]
    assert pace.wait("one", 2.0) == 3598.0
    assert pace.wait("other", 2.0) == 0.0
