"""In private somebody only says hello, thanks, a figure, or sends a photo: one short line, then none for hours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Address, Media, Said, Sender
from domain.private import Private
from handlers.asides import kind_of
from handlers.texts import say
from tests.commands.neighbourhood import START, Neighbourhood


@pytest.mark.parametrize("hello", ["你好", "您好！", "在吗", "有人吗？", "你好，在吗", "hello", "怎么用"])
def test_a_greeting_is_told_once_what_can_be_done_here(here: Neighbourhood, hello: str) -> None:
    [told] = here.say("张女士", hello).to("@张女士")
    assert "哪里、怎么了" in told.text and "帮助" in told.text and "12345" in told.text
    assert len(told.text) < 90
    for again in ("在吗", "你好", "1", "谢谢"):
        assert here.say("张女士", again).texts == []
    here.wait(hours=7)
    assert here.say("张女士", "你好").texts == [told.text]


def test_how_long_is_for_the_office_to_say(here: Neighbourhood) -> None:
    here.settings = replace(here.settings, private=Private(aside_hours=1))
    assert here.say("张女士", "你好").texts
    here.wait(minutes=61)
    assert here.say("张女士", "你好").texts


def test_a_worker_is_told_what_is_his(here: Neighbourhood) -> None:
    [told] = here.say("李明", "你好").texts
    assert all(word in told for word in ("李明", "我的", "今日", "帮助")) and len(told) < 60


def test_thanks_once_a_day_at_most(here: Neighbourhood) -> None:
    assert here.say("老刘", "谢谢你们，辛苦了").texts == [say("aside.thanks")]
    here.wait(hours=7)
    assert here.say("老刘", "谢谢").texts == []
    here.wait(hours=18)
    assert here.say("老刘", "谢谢").texts == [say("aside.thanks")]


def test_a_figure_that_nobody_asked_for(here: Neighbourhood) -> None:
    [told] = here.say("张女士", "1").texts
    assert "没有等您回" in told and "我的" in told


def test_a_figure_that_is_none_of_the_three(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 换了皮带")
    assert here.say("张女士", "5").texts == [say("refused.rating_1_to_3")]
    here.say("张女士", "2")
    assert here.ticket(ticket).rating == 2


def test_a_tickets_number_alone_shows_it_to_whom_it_concerns(here: Neighbourhood) -> None:
    ticket = here.report()
    assert "电梯停了" in here.say("张女士", ticket.number).said_to("@张女士")
    assert "电梯停了" not in here.say("老刘", ticket.number).said_to("@老刘")


def test_a_photo_alone_is_asked_about_and_then_belongs_to_the_words(here: Neighbourhood) -> None:
    [told] = here.say("张女士", "", photo=True).texts
    assert "照片" in told and "哪里、怎么了" in told
    assert here.say("张女士", "", photo=True).texts == []
    # What was only attached does not use up the greeting.
    assert here.say("张女士", "你好").texts


def test_a_report_too_badly_spelt_to_be_heard_is_not_passed_over_in_silence(here: Neighbourhood) -> None:
    here.say("老刘", "在吗")
    [told] = here.say("老刘", "我家灯不量了").texts
    assert "没听明白" in told and "我的" in told
    assert here.say("老刘", "就是灯不量了嘛").texts == []


def test_mere_talk_is_left_alone(here: Neighbourhood) -> None:
    for who, said in (("老刘", "今天天气真好"), ("老刘", "吃饭了没"), ("李明", "水务说排到后天")):
        assert here.say(who, said).texts == []


def test_what_became_something_gets_no_such_line(here: Neighbourhood) -> None:
    heard = here.say("张女士", "阳光花园3幢2单元楼道灯坏了，晚上看不见路")
    assert heard.to("@张女士") and "没听明白" not in heard.said_to("@张女士")
    ticket = here.tickets()[0]
    heard = here.say("张女士", f"备注 {ticket.number} 下午家里有人")
    assert "没听明白" not in heard.said_to("@张女士")


def test_never_in_a_group(here: Neighbourhood) -> None:
    for room in ("unit", "unit-staff"):
        for said in ("你好", "在吗", "谢谢", "1", "怎么用"):
            assert here.say("张女士", said, room).texts == []
        assert here.say("张女士", "", room, photo=True).texts == []


def test_in_his_language(here: Neighbourhood) -> None:
    here.say("张女士", "语言 英语")
    [told] = here.say("张女士", "hello").texts
    assert "where and what" in told and "12345" in told


@given(st.text(max_size=40))
def test_whatever_is_said_is_of_one_kind_or_none(text: str) -> None:
    said = Said(at=Address("x", "y"), id="1", sender=Sender("z", "z"), sent_at=START, private=True, text=text)
    assert kind_of(said) in {None, "greeting", "thanks", "figure", "unclear"}
    attached = replace(said, text="", media=(Media("voice", "v"),))
    assert kind_of(attached) == "voice"


def test_a_row_of_marks_is_read_at_once() -> None:
    said = Said(at=Address("x", "y"), id="1", sender=Sender("z", "z"), sent_at=START, text="！" * 4000 + "x")
    assert kind_of(said) is None


def test_a_further_word_is_told_where_it_went_so_that_another_matter_is_not_lost_in_it(here: Neighbourhood) -> None:
    here.say("张女士", "阳光花园3幢2单元501我家厨房下水道堵了")
    heard = here.say("张女士", "就在水槽下面，一直往外冒")
    told = heard.said_to("@张女士")
    assert "记到阳光1里了" in told and "另一件事" in told
    assert here.say("张女士", "水已经漫到客厅了").said_to("@张女士").count("记到") == 0
    assert [one.number for one in here.tickets()] == ["阳光1"]
