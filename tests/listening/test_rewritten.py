"""A report is edited: what was wrong in it is put right, or it is taken back."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

BACK = [
    "说错了，电梯没坏",
    "电梯没坏，说错了",
    "弄错了，电梯是好的",
    "看错了，没坏",
    "不好意思，搞错了，电梯没停",
    "虚惊一场，电梯没停",
    "误报，电梯正常，打扰大家了",
    "电梯好了，不用来了",
    "没事了",
    "不用了，谢谢",
]
STILL = [
    "3幢1单元电梯坏了",
    "说错了，是3幢1单元电梯坏了",
    "打错了，是3幢1单元",
    "更正：是5幢，不是3幢",
    "3幢2单元电梯停了，不是坏了",
    "电梯没坏，是门坏了，关不上",
    "说错了，电梯没停，是一直抖",
    "电梯没坏但是灯坏了",
    "3幢2单元电梯坏了，有人来看过了，没修好",
    "电梯没坏吗？按了没反应",
    "不是电梯，是大门坏了",
]


@pytest.mark.parametrize("text", BACK)
def test_what_takes_it_back_calls_it_off(text: str) -> None:
    story = Story()
    first = story.say("甲", "3幢2单元电梯坏了，停在五楼", group="u")
    story.say("甲", text, group="u", edits=first)
    assert [does for does, _ in story.does()] == ["withdraw"] and not story.tickets


@pytest.mark.parametrize("text", STILL)
def test_what_puts_it_right_does_not(text: str) -> None:
    story = Story()
    first = story.say("甲", "3幢2单元电梯坏了，停在五楼", group="u")
    story.say("甲", text, group="u", edits=first)
    assert "withdraw" not in [does for does, _ in story.does()] and len(story.tickets) == 1


def test_only_who_reported_it_takes_it_back() -> None:
    story = Story()
    story.say("甲", "3幢2单元电梯坏了，停在五楼", group="u")
    also = story.say("乙", "+1 电梯我也坐不了", group="u")
    story.say("乙", "说错了，电梯没坏", group="u", edits=also)
    assert len(story.tickets) == 1


def test_of_what_lacks_that_it_lacks_is_no_taking_back() -> None:
    story = Story()
    first = story.say("甲", "3幢2单元停水了，厨房不停滴水", group="u")
    story.say("甲", "没水了", group="u", edits=first)
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    ("added", "text"), [("里面还在漏水", "里面没漏"), ("按钮也坏了", "按钮没坏"), ("好像5幢也坏了", "看错了")]
)
def test_what_takes_back_only_what_he_added_leaves_the_report(added: str, text: str) -> None:
    story = Story()
    story.say("甲", "3幢2单元电梯坏了，停在五楼", group="u")
    also = story.say("甲", added, group="u")
    story.say("甲", text, group="u", edits=also)
    assert len(story.tickets) == 1


def test_a_report_in_two_lines_is_taken_back_by_the_one_that_tells_it() -> None:
    story = Story()
    story.say("甲", "3幢2单元的", group="u")
    told = story.say("甲", "电梯坏了，停在五楼", group="u")
    story.say("甲", "说错了，电梯没坏", group="u", edits=told)
    assert not story.tickets
