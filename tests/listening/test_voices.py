"""Who has the same trouble and who only answers: the blamed flat above, who heard the blows, who cries 打120."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def voices(*talk: tuple[str, str]) -> list[str]:
    """Of the one ticket that comes of it."""
    told = Story()
    for who, text in talk:
        told.say(who, text)
    return next(ticket.voices for ticket in told.tickets)


def test_the_flat_above_answers_for_itself() -> None:
    assert voices(("601阿明", "楼上漏水，我卫生间顶上滴到马桶了"), ("701老唐", "我家没用水啊")) == []


def test_the_flat_that_is_named_answers_for_itself() -> None:
    told = "厨房天花板湿了一大片，楼上603是不是漏了"
    assert voices(("503小刘", told), ("603小宋", "我家水槽下面干的呀，我刚摸过")) == []
    assert voices(("503小刘", told), ("403老金", "我家也湿了，墙皮都鼓了")) == ["403老金"]


def test_the_flat_that_is_named_has_the_same_trouble() -> None:
    told = ("503小刘", "暖气片嗞水了，603漏下来的"), ("603小宋", "我家地板也泡起来了，鼓了一大片")
    assert voices(*told) == ["603小宋"]


def test_who_heard_the_blows_as_well() -> None:
    told = Story()
    told.say("1701阿芬", "隔壁1702又打起来了，砸东西，女的喊救命")
    told.say("1601", "我也听到了，有东西砸地")
    (ticket,) = told.tickets
    assert ticket.known.private
    assert ticket.voices == ["1601"]
    assert told.play.said == [], "nothing of it is said in the group"


def test_who_says_call_an_ambulance_has_seen_nothing_more() -> None:
    told = ("小徐", "我婆婆手脚一边不灵，嘴也歪了，站不起来"), ("方老师", "打120！这是中风！"), ("阿健", "我打120了")
    assert voices(*told) == ["阿健"]


@pytest.mark.parametrize(
    ("told", "joined"),
    [
        ("桥头那段栏杆晃得厉害，我手一扶差点栽下去", "我刚去摇了 真的松 旁边那根也松"),
        ("楼下那个对讲门喊不开，外卖每次打电话让我下去", "对讲我家的也是哑的"),
        ("9号楼后面那排路灯全不亮", "我下班走过 边上那盏也是闪一下就灭"),
        ("3幢电子门关不上，谁都进得来", "门禁我们这边的也刷不了"),
    ],
)
def test_what_is_beside_it_or_at_his_own_door_is_the_same_matter(told: str, joined: str) -> None:
    story = Story()
    story.say("阿秀", told)
    story.say("老叶", joined, after=2)
    assert story.only.voices == ["老叶"]


@pytest.mark.parametrize(
    "echoed", ["又灭了是吧，我刚下楼也看见了", "又黑了，我摸着下来的", "是啊又不亮了，我家门口也黑"]
)
def test_who_says_after_another_that_it_is_back_tells_no_third_time(echoed: str) -> None:
    story = Story()
    story.say("阿秀", "16栋2单元门口的路灯不亮了")
    story.work("我来换")
    story.work("路灯换好了")
    story.say("阿秀", "16栋2单元门口的路灯又不亮了，换了还不到半个月", after=6 * 24 * 60)
    story.say("老叶", echoed, after=3)
    assert len(story.tickets) == 2
    assert story.tickets[1].voices == ["老叶"]


def test_a_matter_that_nobody_has_spoken_of_for_a_while_is_told_of_in_other_words() -> None:
    story = Story()
    story.say("阿秀", "糖糖不见了，五岁，穿红棉袄，刚才还在滑梯那边")
    story.say("老叶", "各位看一下，我外孙女糖糖从5栋跑出去了，扎两个小辫", group="c", after=40)
    assert len(story.tickets) == 1
