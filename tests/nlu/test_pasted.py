"""What is copied out of a WeChat group, in the layouts that phones and computers give it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.pasted import Pasted, read_pasted, said_at

NOW = datetime(2026, 10, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(text: str) -> list[tuple[str, str]]:
    return [(line.name, line.text) for line in read_pasted(text).lines]


TWO = [("张三", "电梯又停了"), ("王芳", "我家也是")]


@pytest.mark.parametrize(
    "text",
    [
        "张三 10月8日 晚上7:12\n电梯又停了\n王芳 10月8日 晚上7:13\n我家也是",
        "张三 2026/10/8 19:12:33\n电梯又停了\n\n王芳 2026/10/8 19:13:02\n我家也是",
        "2026-10-08 19:12:33 张三\n电梯又停了\n2026-10-08 19:13:02 王芳\n我家也是",
        "张三:\n电梯又停了\n王芳:\n我家也是",
        "张三：电梯又停了\n王芳：我家也是",
        "张三: 电梯又停了\r\n王芳: 我家也是",
        "[2026-10-08 19:12] 张三: 电梯又停了\n[2026-10-08 19:13] 王芳: 我家也是",
        "云栖里业主群的聊天记录\n\n张三: 电梯又停了\n王芳: 我家也是",
        "————— 2026-10-08 —————\n\n张三  19:12\n电梯又停了\n\n王芳  19:13\n我家也是",
        "张三\n昨天 19:12\n电梯又停了\n王芳\n昨天 19:13\n我家也是",
        "张三 (昨天 19:12): 电梯又停了\n王芳 (昨天 19:13): 我家也是",
        "10月8日 晚上7:12\n张三：电梯又停了\n10月8日 晚上7:13\n王芳：我家也是",
    ],
)
def test_the_usual_layouts(text: str) -> None:
    assert told(text) == TWO
    assert read_pasted(text).certain


def test_a_long_message_keeps_its_lines_and_its_marks() -> None:
    [line] = read_pasted("3-2-501 张三 10月8日 晚上7:12\n电梯又停了\n[图片]\n打13800001111也没人接").lines
    assert line.name == "3-2-501 张三"
    assert line.text == "电梯又停了\n[图片]\n打13800001111也没人接"
    assert line.words == "电梯又停了\n \n打13800001111也没人接" and line.photo


@pytest.mark.parametrize(
    "text",
    [
        "电梯又停了",
        "地点：3幢2单元\n情况：电梯停了\n电话：13800001111",
        "19:12电梯停了",
        "看这里 https://example.org/a",
    ],
)
def test_what_nobody_copied_has_no_names(text: str) -> None:
    assert read_pasted(text).named == 0
    assert not read_pasted(text).certain


def test_one_name_before_a_colon_may_be_written_by_hand() -> None:
    pasted = read_pasted("张三：电梯又停了")
    assert told("张三：电梯又停了") == [("张三", "电梯又停了")]
    assert not pasted.certain


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("10月8日 晚上7:12", "2026-10-08 19:12"),
        ("2026/10/8 19:12:33", "2026-10-08 19:12:33"),
        ("12月30日 上午9:05", "2025-12-30 09:05"),
        ("昨天 19:12", "2026-10-08 19:12"),
        ("星期三 中午12:30", "2026-10-07 12:30"),
        ("中午1:05", None),
        ("9:05", "2026-10-09 09:05"),
        ("凌晨12:05", "2026-10-09 00:05"),
        ("2026-02-31 10:00", None),
        ("10月8日", None),
        ("25:71", None),
    ],
)
def test_the_time_beside_a_name(stamp: str, when: str | None) -> None:
    found = said_at(stamp, NOW)
    assert found == (datetime.fromisoformat(when).replace(tzinfo=NOW.tzinfo) if when else None)


PIECES = st.sampled_from(
    ["张三", "王芳 ", "：", ":", "\n", "\r\n", "10月8日 晚上7:12", "19:12", "2026/10/8 19:12:33", "昨天 ", "[图片]",
     "电梯又停了", "的聊天记录", "-----", "13800001111", "(", "]", " ", "地点", "3-2-501", "\u2028", "http://a"]
)  # fmt: skip
PASTES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@given(PASTES)
def test_no_word_is_lost_and_nothing_breaks(text: str) -> None:
    pasted = read_pasted(text)
    kept = Counter(one for one in whole(pasted) if one.isalnum())
    there = Counter(one for one in text if one.isalnum())
    # A line of its own that tells the time stands beside each name that follows it, and aside.
    assert not there - kept
    assert set(kept) <= set(there)


def whole(pasted: Pasted) -> str:
    return "\n".join([*pasted.aside, *(f"{line.name}\n{line.stamp}\n{line.text}" for line in pasted.lines)])


@given(st.text(max_size=40) | PASTES)
def test_any_stamp_is_a_time_not_after_now_or_none(text: str) -> None:
    found = said_at(text, NOW)
    assert found is None or found <= NOW
