"""Letters about one matter: told at length, by several people, with the same forms of politeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicates import average_precision, told_together
from nlu.common_pairs import table
from nlu.likeness import gauge, likeness

MIXER = gauge(
    "云溪苑旁边建搅拌站，灰尘噪音大",
    "尊敬的领导您好，我是云溪苑业主，小区北面新建了一个混凝土搅拌站，离最近的楼不到一百米，整天灰尘，请尽快处理，谢谢",
)
MIXER_AGAIN = gauge(
    "投诉云溪苑附近的搅拌站",
    "各位领导好，云溪苑附近的水泥搅拌站夜里开工，灰大得不敢开窗，老人孩子都咳嗽，希望有关部门给予解决",
)
MIXER_ELSEWHERE = gauge(
    "桂花城对面搅拌站噪音", "尊敬的领导您好，我是桂花城业主，小区对面的搅拌站车辆多，请尽快处理，谢谢"
)
SCHOOL = gauge("咨询小学入学问题", "尊敬的领导您好，我是云溪苑业主，请问孩子九月上小学要带什么材料，谢谢")


def test_the_same_matter_in_other_words_is_nearest() -> None:
    assert likeness(MIXER, MIXER_AGAIN) > likeness(MIXER, MIXER_ELSEWHERE) > likeness(MIXER, SCHOOL)


def test_politeness_alone_makes_nothing_alike() -> None:
    polite = "尊敬的领导您好，希望有关部门尽快解决，谢谢"
    assert likeness(gauge("路灯不亮", polite), gauge("欠薪", polite)) == 0


@given(st.text(max_size=40), st.text(max_size=80), st.text(max_size=40), st.text(max_size=80))
def test_likeness_is_even_handed_and_between_nothing_and_one(a: str, more: str, b: str, other: str) -> None:
    mine, theirs = gauge(a, more), gauge(b, other)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, theirs) == pytest.approx(likeness(theirs, mine))
    assert likeness(mine, mine) >= likeness(mine, theirs) - 1e-9


def test_pairs_are_counted_once_a_line() -> None:
    assert table(["路灯路灯"] * 20 + ["路灯"] * 5 + ["水管"] * 3) == "28\n20 灯路\n25 路灯\n"


def test_average_precision_counts_what_stands_above() -> None:
    assert average_precision([(0.9, True), (0.5, False), (0.4, True)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([(0.5, False), (0.5, True)]) == 0.5


def test_only_pairs_within_one_topic_of_a_team_belong_together() -> None:
    rows = [
        {"team": team, "问题ID": topic, "留言编号": letter}
        for team, topic, letter in [("a", "1", "x"), ("a", "1", "y"), ("a", "2", "z"), ("b", "1", "y"), ("b", "1", "x")]
    ]
    assert told_together(rows) == {("x", "y"): 2}
