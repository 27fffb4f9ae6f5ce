"""When somebody asks for leave, as people say it on a Tuesday."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.leave import LeaveAsked, asks_leave, leave_in, says_when

TODAY = date(2026, 3, 10)


def day(text: str) -> date:
    month, _, number = text.partition("-")
    return date(2026, int(month), int(number))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("明天", "3-11", None), ("后天起", "3-12", None), ("周三", "3-11", None), ("周二", "3-10", None),
     ("周一", "3-16", None), ("下周一", "3-16", None), ("下周三", "3-18", None), ("周日", "3-15", None),
     ("3日", "4-3", None), ("12号", "3-12", None), ("5月12日-5月14日", "5-12", "5-14"), ("5月12-14日", "5-12", "5-14"),
     ("5.12到5.14", "5-12", "5-14"), ("12-14号", "3-12", "3-14"), ("下周一到周三", "3-16", "3-18"),
     ("周五到下周二", "3-13", "3-17"), ("周三周四", "3-11", "3-12"), ("5月12日周二", "5-12", None),
     ("明后天", "3-11", "3-12"), ("下周", "3-16", "3-22"), ("周末", "3-14", "3-15"), ("2026-05-12", "5-12", None)],
)  # fmt: skip
def test_days(words: str, first: str, last: str | None) -> None:
    found = leave_in(words, TODAY)
    assert found is not None
    assert (found.first, found.last) == (day(first), day(last) if last is not None else None)


@pytest.mark.parametrize(
    ("words", "asked"),
    [("3天", LeaveAsked(days=3)), ("三天，孩子病了", LeaveAsked(days=3)), ("两个星期 回老家", LeaveAsked(weeks=2)),
     ("从周三起三天", LeaveAsked(date(2026, 3, 11), days=3)), ("到周五", LeaveAsked(last=date(2026, 3, 13))),
     ("下午半天", LeaveAsked(half="afternoon")), ("半天", LeaveAsked(half="some")),
     ("明天上午", LeaveAsked(date(2026, 3, 11), half="morning")),
     ("12月31日到1月3日", LeaveAsked(date(2026, 12, 31), date(2027, 1, 3))),
     ("3日", LeaveAsked(date(2026, 4, 3), by_number=3))],
)  # fmt: skip
def test_lengths_and_halves(words: str, asked: LeaveAsked) -> None:
    assert leave_in(words, TODAY) == asked


@pytest.mark.parametrize(
    "words", ["", "孩子病了", "条在哪里领", "3天的流程", "一下可以吗", "2月30日", "3月12日到3月10日", "5"]
)
def test_what_says_no_day(words: str) -> None:
    assert leave_in(words, TODAY) is None


def test_a_day_that_there_is_not_is_one_all_the_same() -> None:
    assert says_when("2月30日") and not says_when("孩子病了")


@pytest.mark.parametrize(
    ("clause", "when"),
    [("请假", ""), ("我请假了", ""), ("我明天下午请假", "我明天下午"), ("请三天假", "3天"), ("我后天不在", "我后天"),
     ("周三休息", "周3"), ("从周三起请假三天", "从周3起3天"),
     ("休息", None), ("王奶奶请假", None), ("陈奶奶周三不在", None), ("明天请假可以吗", None), ("下午要去开会", None)],
)  # fmt: skip
def test_who_asks_for_it(clause: str, when: str | None) -> None:
    assert asks_leave(clause) == when
