"""Words of trouble in idle talk: the weather, what is sought among neighbours, what was only feared or seen."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    "text",
    [
        "今早雾大得像锅盖，小区门口的桥都看不见了",
        "风大得能把人吹走，今天不出门",
        "请问有人转让地库车位吗，长期的",
        "求租6幢附近车位 长租",
        "楼顶的热水器又排气呲呲响，我以为漏气",
        "楼下放烟花吓得我以为打雷",
    ],
)
def test_idle_talk_opens_nothing(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert not story.tickets


@pytest.mark.parametrize(
    "text",
    [
        "昨晚的风把楼顶广告牌刮下来了，挂在电线上",
        "有人把地下室转租给十几个人住，楼道堆满了东西",
        "单元门口电箱滋滋冒火星，好大的烟",
    ],
)
def test_trouble_in_like_words_opens_a_ticket(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert len(story.tickets) == 1


def test_a_fire_that_others_know_of_is_told_amid_tales_of_elsewhere() -> None:
    story = Story()
    story.say("甲", "西安那边昨晚地震了？我同学说吊灯都晃")
    story.say("乙", "我姐在四川 天天震都习惯了")
    story.say("甲", "还有那个化工厂着火的 看着吓人 黑烟冒好几层楼高")
    assert not story.tickets


def test_a_fire_here_is_raised_amid_tales_of_elsewhere() -> None:
    story = Story()
    story.say("甲", "西安那边昨晚地震了？我同学说吊灯都晃")
    story.say("乙", "我姐在四川 天天震都习惯了")
    story.say("甲", "不好了，3幢楼顶着火了，黑烟冒好几层楼高")
    assert [ticket.known.urgency for ticket in story.tickets] == [3]
