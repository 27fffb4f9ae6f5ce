"""What is kept from the group: asked for by the reporter, a neighbour or staff, or told by the words themselves."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    "plea",
    [
        "群里先别说是哪一户了",
        "大家不要打听，我上去看",
        "我和所里的人到楼下了，群里莫讲门牌",
        "请大家都当没看见",
        "不要在群里议论，我来处理",
    ],
)
def test_staff_ask_the_group_not_to_speak_of_it(plea: str) -> None:
    story = Story()
    story.say("夜班", "有人在砸401的门，骂得很凶，里面的姑娘不敢开", group="u")
    story.work(plea, group="u")
    assert story.only.known.private


@pytest.mark.parametrize(
    "rule",
    [
        "大家别在群里发广告",
        "群里不要吵，有事慢慢说",
        "不要在群里讲语音，听不清",
        "谣言别传，没有的事",
        "群里不要拼单砍价",
    ],
)
def test_rules_of_the_group_make_nothing_secret(rule: str) -> None:
    story = Story()
    story.say("阿泽", "2单元门口的灯不亮了，晚上看不见台阶", group="u")
    story.work(rule, group="u")
    assert not story.only.known.private


def test_a_repair_talked_over_apart_stays_a_repair_for_all() -> None:
    story = Story()
    story.say("阿泽", "2单元门口的灯不亮了，晚上看不见台阶", group="u")
    story.work("灯我明天换，钥匙的事您来办公室跟我说", group="u")
    assert not story.only.known.private


def test_a_debt_between_neighbours_is_talked_over_apart() -> None:
    story = Story()
    story.say("阿泽", "二手车行收了我八千定金，车不给钱也不退，合同都签了", group="c")
    story.work("这事咱们私下说，下午来社区找我")
    assert story.only.known.private


def test_a_neighbour_asks_that_the_door_be_not_named() -> None:
    story = Story()
    story.say("小雨", "隔壁单元有人一直在踹门，喊着要冲进去", group="u")
    story.say("何叔", "别说是哪家，人家还要做人的", group="u")
    assert story.only.known.private


@pytest.mark.parametrize("plea", ["这事千万别让他知道", "帮我悄悄问一下就行", "不要声张，拜托", "别在群里讲，私下回我"])
def test_the_reporter_asks_for_it_afterwards(plea: str) -> None:
    story = Story()
    story.say("小雨", "502天天半夜放音响，孩子睡不了觉", group="u")
    story.say("小雨", plea, group="u")
    assert story.only.known.private


def test_violence_told_in_the_second_line_hides_the_first() -> None:
    story = Story()
    story.say("阿丽", "楼上摔东西摔了一晚上，吵死了", group="u")
    story.say("阿丽", "女的在喊救命，还扇她耳光", group="u", after=0.5)
    assert story.only.known.private
    assert story.only.known.urgency == 3


def test_a_plea_about_nothing_does_nothing() -> None:
    story = Story()
    story.say("阿丽", "明天周末，谁家包饺子")
    story.say("何叔", "不要打听，包好了叫你")
    assert story.play.tickets == {}


@pytest.mark.parametrize(
    "text",
    [
        "上回来我家的那位工作人员说话太冲，我妈哭了一晚上，能不能换个人来",
        "窗口那个办事员态度很差，我跑了三趟，投诉一下",
        "我外公要告我舅舅不给赡养费，能不能帮忙写个状子，不要群里讲名字",
        "东家欠他三个月工钱，还要收他身份证，他不敢在群里说，托我问问",
    ],
)
def test_what_may_turn_against_its_teller_is_not_shown(text: str) -> None:
    story = Story()
    story.say("李姐", text)
    assert story.tickets and all(ticket.known.private for ticket in story.tickets)


def test_a_neighbours_fear_of_blows_is_a_matter_that_the_group_never_sees() -> None:
    story = Story()
    story.say("阿泽", "怀疑302打老婆，天天晚上哭喊", group="u")
    assert story.only.known.private


def test_fear_of_blows_does_not_go_into_the_matter_of_a_lamp() -> None:
    story = Story()
    story.say("阿泽", "3幢2单元灯坏了", group="c")
    story.say("阿泽", "我怕他回来打我", group="c")
    lamp, fear = story.tickets
    assert not lamp.known.private
    assert fear.known.private
