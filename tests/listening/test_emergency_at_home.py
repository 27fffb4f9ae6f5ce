"""Who cries that his pan burns or his mother does not wake is at his own door, unless something says otherwise."""

from __future__ import annotations

import pytest

from domain.reading import Where
from handlers.listening.places import whole_where
from tests.listening.story import Story


def room(text: str, *before: str) -> str | None:
    story = Story()
    story.say("302阿光", text, group="u")
    return whole_where(story.play.lines[-1], Where("阳光花园", "3", "2"), "emergency", before).room


@pytest.mark.parametrize(
    "text",
    [
        "锅里油炸起来了 冒火了",
        "我妈刚刚脸色发白 说话说不清",
        "俺婆婆封了炉子早上喊不醒",
        "我老公从梯子上摔下来了 一滩血",
        "厨房报警器一直叫 味道刺鼻",
        "我姐在卫生间晕倒了 不应声",
        "火盆翻了 被子在冒烟",
        "风把门带上了 宝宝一个人在里面",
        "我孩子噎住了 脸都紫了",
        "我爸倒在浴室起不来",
    ],
)
def test_at_his_own_door(text: str) -> None:
    assert room(text) == "302"


@pytest.mark.parametrize(
    "text",
    [
        "我妈下午出去到现在没回来",
        "我儿子放学不见了",
        "我妈被关在电梯里了",
        "我爸在广场晕倒了",
        "楼道里有人倒了 我妈在看着",
        "对面阳台有个小孩翻出去了",
        "隔壁厨房着火了",
        "看到有人的阳台在冒烟",
        "我爸妈在老家煤气中毒了",
        "一个人坐在阳台外面",
    ],
)
def test_elsewhere(text: str) -> None:
    assert room(text) is None


def test_what_was_said_before_still_counts() -> None:
    assert room("我妈喘气有点急", "电梯停在九楼跟十楼中间了") is None
    assert room("我妈喘气有点急", "快来人") == "302"
