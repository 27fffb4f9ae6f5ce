"""Who has the same trouble and who only answers: the blamed flat above, who heard the blows, who cries 打120."""

from __future__ import annotations

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
