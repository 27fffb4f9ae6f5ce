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


def test_a_bare_denial_only_answers_staff() -> None:
    story = Story()
    story.say("甲", "上周我家漏水，感谢小仲忙到半夜，一直忘了说")
    story.say("物业小仲", "应该的应该的，后来没再漏就好", "property")
    story.say("甲", "一滴都没有")
    assert not story.tickets


def test_what_is_said_at_cards_is_no_matter_of_staff() -> None:
    story = Story()
    story.say("甲", "今天手气爆棚，杠上开花三回")
    story.say("乙", "我卡在一张三条上两个钟头，人都卡麻了")
    story.work("九点，我一家一家上门拍照", after=10)
    assert not story.tickets


@pytest.mark.parametrize(
    "text",
    [
        "上个月三楼的消防门是那个网格妹子找人弄的，合页顺滑，门不撞手了，记她一个好",
        "昨天楼道灯不亮，师傅当晚就来修了，记你们一功",
    ],
)
def test_praise_for_what_was_mended_opens_nothing(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert not story.play.tickets


def test_how_somebody_is_who_was_in_danger_is_no_new_alarm() -> None:
    story = Story()
    story.say("甲", "对门301的周师傅倒在地上叫不醒，快来人")
    story.work("我打120了，马上到")
    story.work("门开了，人倒在卫生间，能讲话，医生在抬", after=25)
    assert [ticket.known.urgency for ticket in story.tickets] == [3]
