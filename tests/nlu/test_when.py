"""When: what people say of times, against the date of their message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalize import fold
from nlu.when import SHANGHAI, when

SENT = datetime(2026, 5, 14, 9, 30, tzinfo=SHANGHAI)  # a Thursday


def start(text: str) -> str | None:
    found = when(fold(text), text, SENT)
    return found.start.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if found and found.start else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨晚八点半开始停水", "05-13 20:30"),
        ("从上周六开始楼道灯就不亮", "05-09 00:00"),
        ("今早7:40就没电了", "05-14 07:40"),
        ("前天下午三点电梯停了", "05-12 15:00"),
        ("半夜两点还在打麻将", "05-14 02:00"),
        ("昨晚十二点还在唱歌", "05-14 00:00"),
        ("昨夜两点砸门", "05-14 02:00"),
        ("晚上十点还在装修", "05-13 22:00"),
        ("垃圾堆了三天了", "05-11 09:30"),
        ("半小时前有人撬锁", "05-14 09:00"),
        ("周一就报修了", "05-11 00:00"),
        ("5月10号报的修", "05-10 00:00"),
        ("12月30日就坏了", "12-30 00:00"),
        ("上个月装的门禁", "04-01 00:00"),
        ("刚才有人喊救命", "05-14 09:30"),
    ],
)
def test_words_for_times_become_instants(text: str, expected: str) -> None:
    assert start(text) == expected


def test_the_words_are_kept_as_said_and_the_instant_is_utc() -> None:
    found = when("昨晚八点半开始停水", "昨晚八点半开始停水", SENT)
    assert found is not None
    assert found.text == "昨晚八点半开始"
    assert found.start == datetime(2026, 5, 13, 12, 30, tzinfo=UTC)


def test_without_the_date_of_the_message_only_the_words_are_known() -> None:
    found = when("昨晚停水", "昨晚停水", None)
    assert found is not None
    assert (found.text, found.start) == ("昨晚", None)


@pytest.mark.parametrize("text", ["3幢2单元电梯坏了", "一点声音都没有", "8号楼门禁坏了", "快点来人"])
def test_no_time_is_heard_where_none_was_said(text: str) -> None:
    assert when(text, text, SENT) is None


@given(st.text(max_size=60), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_no_text_breaks_it(text: str, sent: datetime) -> None:
    found = when(fold(text), text, sent.replace(tzinfo=UTC))
    if found is not None:
        assert found.text in text
        assert found.start is None or found.start.tzinfo is UTC
