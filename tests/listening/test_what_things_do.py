"""Mild plain reports, amid talk of other things: a thing does not do what it is for, and nobody calls it broken."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def _amid_talk(text: str) -> Story:
    story = Story()
    story.say("乙", "今天菜场的杨梅不错")
    story.say("3-2-501陈", text, after=2)
    return story


@pytest.mark.parametrize(
    "text",
    [
        "厨房水下不去",
        "马桶一直在流水",
        "热水器出来的是凉水",
        "单元门自己弹开",
        "楼道里的灯忽明忽暗",
        "电梯按了不来",
        "充电桩插上不走字",
        "健身器材踩上去晃",
        "垃圾桶盖子盖不上",
    ],
)
def test_it_is_answered_at_once(text: str) -> None:
    assert len(_amid_talk(text).tickets) == 1


@pytest.mark.parametrize(
    "text",
    [
        "灶打不着火 电池没了 换两节一号 秒燃",
        "门铃不响 敲门就行",
        "柜子门弹不开 拍一下就开了 祖传手艺",
        "对讲机没电了，打我手机也一样",
        "我家灯泡也是一闪一闪，换成吸顶灯以后再没闪",
        "坐电梯遇到初恋，门关了又开三次，谁都没按",
        "那个道闸认不出我的新牌，录一下就好了，已录",
    ],
)
def test_what_was_settled_with_a_knock_is_talk(text: str) -> None:
    assert not _amid_talk(text).tickets
