"""Where a second matter begins in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.matters import counted, parts

LAMP, GATE, BINS = "三号楼门口的路灯不亮", "东门道闸抬不起来", "垃圾桶满出来没人清"


@pytest.mark.parametrize(
    "text",
    [
        f"{LAMP}，另外{GATE}",
        f"{LAMP}。还有就是{GATE}",
        f"{LAMP}，再就是{GATE}",
        f"{LAMP}；顺便说一下，{GATE}",
        f"{LAMP} 对了 {GATE}",
        f"跟您说两件事，一个是{LAMP}，再一个{GATE}",
        f"反映俩问题：{LAMP}，{GATE}",
        f"有两个事想麻烦物业，1、{LAMP} 2、{GATE}",
        f"一是{LAMP}，二是{GATE}",
        f"我讲两个事啊{LAMP}还有{GATE}",
    ],
)
def test_words_that_lead_over_or_count_up(text: str) -> None:
    assert parts(text) == (LAMP, GATE)


def test_three_matters() -> None:
    assert parts(f"三样事，{LAMP}，{GATE}，{BINS}") == (LAMP, GATE, BINS)
    assert parts(f"各位，问三个事：一是{LAMP}，二是{GATE}，三是{BINS}") == (LAMP, GATE, BINS)


def test_two_clauses_in_each_of_which_another_thing_fails() -> None:
    assert parts("单元门关不上，路灯也不亮") == ("单元门关不上", "路灯也不亮")


@pytest.mark.parametrize(
    "text",
    [
        LAMP,
        "电梯坏了，还有人困在里面",
        "家里进水了，还有老人孩子",
        "三单元也没水，还有两户也是",
        "第一晚还以为有人洗澡",
        "路灯坏了，我家孩子也摔了一跤",
        "电梯坏了两天了，第三次了",
        "话都让你说对了",
    ],
)
def test_one_matter_stays_whole(text: str) -> None:
    assert parts(text) == (text,)


def test_counting_up_is_known_from_leading_over() -> None:
    assert counted(f"两个事，{LAMP}，{GATE}")
    assert not counted(f"{LAMP}，另外{GATE}")


@given(st.text(alphabet="一二三是、，。 另外还有两个事再灯不亮电梯坏了1234", max_size=60))
def test_parts_are_pieces_of_the_line_in_their_order(text: str) -> None:
    place = 0
    for part in parts(text):
        place = text.index(part, place) + len(part)
