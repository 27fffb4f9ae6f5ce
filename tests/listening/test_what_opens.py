"""What is told of elsewhere, dreamt or half said twice opens nothing; who says that he complains is heard at once."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    "text",
    [
        "我妹妹宁波那套房 楼上漏水漏到床上 被子都能拧出水",
        "我杭州的小姑家前两天给撬了门 金子全拿走",
        "我外甥上海的电梯上个月困了一个钟头",
        "我姨那边前些天半夜有人撬门 狗一叫就跑了",
        "昨晚堵在山东 前面二十几辆连环撞",
        "一九年你屋里水管炸了 水顺着我家灯往下流",
        "有一次刹车失灵 往避险车道一冲 腿抖了半小时",
        "昨夜做梦 我家灶房起大火 我在里头跑",
        "背到第三遍 感觉脑子着火了",
    ],
)
def test_what_happened_elsewhere_or_in_a_dream_is_told_and_not_reported(text: str) -> None:
    story = Story()
    story.say("阿萍", text)
    story.say("老周", "真的假的", after=20)
    assert story.tickets == []


@pytest.mark.parametrize(
    "text",
    [
        "我家楼上漏水漏到床上，被子都能拧出水",
        "隔壁小姑家前两天给撬了门，就在3幢",
        "2幢的电梯上个月起老是停，昨天又停了",
        "路灯坏了一两年了，没人管",
        "有一次没一次地亮，楼道这灯现在又灭了",
    ],
)
def test_the_same_of_this_place_is_a_report(text: str) -> None:
    story = Story()
    story.say("阿萍", text)
    assert len(story.play.tickets) == 1


@pytest.mark.parametrize(
    "text", ["我要投诉物业乱收费，停车费翻了一倍", "反映一下，南门的快递柜占了盲道", "举报：五楼把承重墙敲了"]
)
def test_whoever_says_that_he_complains_is_heard_amid_talk(text: str) -> None:
    story = Story()
    story.say("阿萍", "晚上吃什么")
    story.say("老周", "面条", after=20)
    story.say("小陈", text, after=20)
    assert story.only.reporter == "小陈"


def test_a_lamp_that_fails_is_heard_amid_supper_and_laughter() -> None:
    story = Story()
    story.say("阿萍", "晚上吃什么")
    story.say("老周", "面条", after=1)
    story.say("阿萍", "我也面条 哈哈", after=1)
    story.say("小陈", "楼道灯坏了，三楼黑漆漆的", after=1)
    assert story.only.reporter == "小陈"


@pytest.mark.parametrize("text", ["再这样我投诉你了", "去年我投诉过一回", "投诉电话是多少来着"])
def test_a_threat_or_an_old_complaint_is_none(text: str) -> None:
    story = Story()
    story.say("阿萍", "晚上吃什么")
    story.say("小陈", text, after=20)
    assert story.tickets == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("付完尾款 我破产了", "我这个月房租都快交不出了"),
        ("台风这次拐走了 我们这里光刮风不下雨", "我看视频 一棵大树倒下来把公交车砸扁了"),
        ("还有人把准考证落在出租车上 交警追了三条街", "那个视频我刷到了 司机也是个明白人"),
    ],
)
def test_two_lines_of_talk_do_not_make_a_report(first: str, second: str) -> None:
    story = Story()
    story.say("阿萍", first)
    story.say("老周", second, after=30)
    assert story.tickets == []


@pytest.mark.parametrize("text", ["小豪掉水里了 没起来", "有孩子掉水里了，在扑腾，快救人"])
def test_who_fell_into_the_water_is_in_danger(text: str) -> None:
    story = Story()
    story.say("阿萍", text)
    assert (story.only.known.category, story.only.known.urgency) == ("emergency", 3)


@pytest.mark.parametrize("text", ["手机掉水里了 没起来", "我家暖气不热，屋里冷，孩子手都红了"])
def test_a_telephone_in_the_water_or_cold_hands_are_no_danger(text: str) -> None:
    story = Story()
    story.say("阿萍", text)
    assert all(ticket.known.urgency < 3 for ticket in story.play.tickets.values())
