"""Staff name a door or a thing for each of several matters: the words go to the one that is there."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def _two_pipes() -> Story:
    story = Story()
    story.say("1-1-803老陈", "我家卫生间水管爆了，水往外冒")
    story.say("5-2-602小邱", "我家厨房水管漏水，柜子全泡了", after=20)
    return story


@pytest.mark.parametrize(
    ("words", "ticket"), [("803我这就上去", 1), ("602的我带管子过去", 2), ("1幢那家我去看看", 1), ("5-2的我上门修", 2)]
)
def test_whose_door_is_named_is_taken(words: str, ticket: int) -> None:
    story = _two_pipes()
    story.work(words)
    assert story.does() == [("claim", ticket)]


@pytest.mark.parametrize(("words", "ticket"), [("803的修好了，不漏了", 1), ("602的换好了", 2)])
def test_whose_door_is_named_is_done(words: str, ticket: int) -> None:
    story = _two_pipes()
    story.work("两处都我来")
    story.work(words, after=60)
    assert story.does() == [("done", ticket)]


@pytest.mark.parametrize("words", ["803、602我都去看", "803、602都归我，上午先去803"])
def test_two_doors_are_two_matters(words: str) -> None:
    story = _two_pipes()
    story.work(words)
    assert sorted(story.does()) == [("claim", 1), ("claim", 2)]


def test_two_things_are_two_matters() -> None:
    story = Story()
    story.say("老余", "茶馆门口石板翘了一头，我担子差点翻")
    story.say("小吴", "送酒的大货车天天堵在巷口卸货，一卸一个钟头", after=5)
    story.work("石板和货车都归我")
    assert sorted(story.does()) == [("claim", 1), ("claim", 2)]


def test_the_door_of_what_was_told_as_done_is_not_another_s() -> None:
    story = _two_pipes()
    story.work("803的我来", "小李")
    story.work("803先止住了，好了", "小李", after=30)
    story.work("803的新管子换好了", "小李", after=300)
    assert ("done", 2) not in story.does()


def test_a_name_that_is_called_is_no_door() -> None:
    story = _two_pipes()
    story.work("@5-2-602小邱 我这就来")
    assert story.does() == [("claim", 2)]


def test_what_is_told_of_an_ended_matter_goes_to_it_though_another_is_in_hand() -> None:
    story = Story()
    story.say("老郑家", "晒谷场杨梅烂了一堆，苍蝇嗡嗡")
    story.say("小蔡", "桥头栏杆断了一截，晚上看不见", after=10)
    story.work("晒谷场我叫人去清，栏杆我也来")
    story.work("晒谷场清干净了，洒了石灰", after=120)
    story.say("老郑家", "干净了，谢谢", after=5)
    story.work("晒谷场这个就过了啊", after=600)
    assert ("done", 2) not in story.does()
