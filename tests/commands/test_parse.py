"""What is a command and what is talk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.command import COMMANDS, parse

TALK = Path(__file__).parent / "talk.txt"


def read(text: str, *, addressed: bool = True, staff: bool = True) -> tuple[str, str | None, str] | None:
    found = parse(text, addressed=addressed, staff=staff)
    return (found.command.latin, found.number, found.words) if found is not None else None


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("接单 128", ("claim", "128", "")),
        ("接单128", ("claim", "128", "")),
        ("#接单 阳光17", ("claim", "阳光17", "")),
        ("＃接单　阳光１７", ("claim", "阳光17", "")),
        ("/claim 阳光17", ("claim", "阳光17", "")),
        ("／ＣＬＡＩＭ 17", ("claim", "17", "")),
        ("/claim@minqing_bot 17", ("claim", "17", "")),
        ("@机器人 办结 128 换了灯泡", ("done", "128", "换了灯泡")),
        ("办结 128 换了灯泡 @民情小助手", ("done", "128", "换了灯泡")),
        ("办结 阳光128：换了灯泡，亮了。", ("done", "阳光128", "换了灯泡，亮了")),
        ("128 办结 换了灯泡", ("done", "128", "换了灯泡")),
        ("done 128 new lamp", ("done", "128", "new lamp")),
        ("评价 128 3 还是漏", ("rate", "128", "3 还是漏")),
        ("改类 128 投诉", ("category", "128", "投诉")),
        ("并单 128 126", ("merge", "128", "126")),
        ("接单", ("claim", None, "")),
        ("办结 换了灯泡", ("done", None, "换了灯泡")),
        ("转办", ("transfer", None, "")),
        ("帮助 办结", ("help", None, "办结")),
        ("语言 英语", ("language", None, "英语")),
        ("今日", ("today", None, "")),
    ],
)
def test_said_to_us_it_is_a_command(text: str, means: tuple[str, str | None, str]) -> None:
    assert read(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "帮助我家看看漏水",
        "帮助 我家漏水了",
        "我的 电梯坏了",
        "我的电梯卡丢了",
        "今日天气不错",
        "今日 天气不错",
        "登记 一下我家漏水",
        "接单了",
        "办结了吗",
        "上报街道了",
        "@小李 接单 128",
        "donkey",
        "show-off",
        "语言 不通",
        "note that the lift is stuck again",
        "place is dark at night",
        "mine is broken too",
    ],
)
def test_words_that_go_on_are_talk_even_in_private(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["接单 128", "办结 阳光128 换了灯泡", "评价 128 3", "不是报事", "登记错了。", "不记我", "#今日", "/help"]
)
def test_in_a_residents_group_only_what_can_be_nothing_else_is_a_command(text: str) -> None:
    assert read(text, addressed=False) is not None


@pytest.mark.parametrize(
    "text",
    [
        "接单",
        "今日",
        "帮助",
        "登记",
        "登记 201 2份",
        "我的",
        "备注 3 不要香菜",
        "办结",
        "上报",
        "评价 好吃",
        "评价 3 5星",
        "done 128",
        "撤回 3条消息",
    ],
)
def test_in_a_residents_group_a_bare_word_is_talk(text: str) -> None:
    assert read(text, addressed=False) is None


def test_what_only_staff_use_is_talk_in_a_residents_mouth() -> None:
    assert read("上报 3幢2单元漏水", staff=False) is None
    assert read("上报 128 3幢2单元漏水", staff=False) == ("escalate", "128", "3幢2单元漏水")
    assert read("撤回 不用来了", staff=False) == ("withdraw", None, "不用来了")


def talk() -> list[str]:
    return [line for line in TALK.read_text(encoding="utf-8").splitlines() if line]


def test_ordinary_talk_in_a_residents_group_is_never_a_command() -> None:
    lines = talk()
    assert len(lines) > 1000
    assert [line for line in lines if parse(line, addressed=False) is not None] == []


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_whatever_is_said_parse_does_not_break(text: str, addressed: bool, staff: bool) -> None:
    found = parse(text, addressed=addressed, staff=staff)
    assert found is None or found.command in COMMANDS.values()


names = st.sampled_from(sorted({command.name for command in COMMANDS.values() if command.move is not None}))


@given(
    names,
    st.integers(1, 9_999_999),
    st.sampled_from(["", " ", "　", "："]),
    st.sampled_from(["#", "＃", "/", "／", "# "]),
)
def test_with_a_mark_and_a_number_every_ticket_command_is_understood(
    name: str, number: int, gap: str, mark: str
) -> None:
    found = parse(f"{mark}{name}{gap}{number}", addressed=False)
    assert found is not None
    assert (found.command.name, found.number, found.words, found.marked) == (name, str(number), "", True)


@given(st.sampled_from(talk()), st.sampled_from(["办结 阳光128 ", "#备注 128 "]))
def test_words_are_kept_as_they_were_said(line: str, head: str) -> None:
    found = parse(head + line, addressed=True)
    assert found is not None and found.words in line and found.number in ("阳光128", "128")


def test_every_name_is_its_own() -> None:
    by_latin = {command.latin: command for command in COMMANDS.values()}
    assert len({command.name for command in by_latin.values()}) == len(by_latin)
    assert json.dumps(sorted(by_latin)).isascii()
