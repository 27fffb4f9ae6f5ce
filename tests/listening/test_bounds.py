"""When a line is sure enough: bounds of one group, and newcomers among many open tickets."""

from __future__ import annotations

import pytest

from bot.config import read_text
from domain.errors import BadConfig
from tests.listening.story import Story

HIGH = 'groups = [{ group = "热闹群", sure = 0.9, unsure = 0.5 }]'


def test_a_group_may_have_bounds_of_its_own() -> None:
    listening = read_text(f"[listening]\n{HIGH}\n").listening
    assert listening.bounds("热闹群", "-100") == (0.9, 0.5)
    assert listening.bounds("", "热闹群") == (0.9, 0.5)
    assert listening.bounds("别的群", "-200") == (listening.sure, listening.unsure)


def test_a_group_cannot_ask_later_than_it_acts() -> None:
    with pytest.raises(BadConfig):
        read_text('[listening]\ngroups = [{ group = "a", sure = 0.3, unsure = 0.5 }]\n')


def test_newcomers_do_not_sink_into_what_is_open() -> None:
    story = Story()
    open_ones = [
        "8幢楼下的路灯不亮了，走路看不见",
        "12幢门口下水道堵了，污水往外冒",
        "南门道闸坏了，车出不去",
        "5幢1单元门禁刷不开",
        "健身角的秋千链子断了",
    ]
    for number, text in enumerate(open_ones):
        story.say(f"甲{number}", text, after=25)
    before = len(story.play.tickets)
    assert before == len(open_ones)
    newcomers = [
        "2幢后面的路灯坏了三天了",
        "20幢地下室下水道反水，臭得很",
        "1幢3单元的门禁坏了，门关不上",
        "北门岗亭旁边的井盖没了",
    ]
    for number, text in enumerate(newcomers):
        story.say(f"乙{number}", text, after=40)
    assert len(story.play.tickets) == before + len(newcomers)


def test_scraps_of_one_speaker_are_one_report() -> None:
    story = Story()
    story.say("二爷", "就8号楼前头", after=1)
    story.say("二爷", "那个压腿的架子", after=0.5)
    story.say("二爷", "断了一根，孩子差点摔下来", after=0.5)
    assert story.only.known.lines == (1, 2, 3)
    assert story.only.known.where.building == "8"


def test_a_child_beaten_is_an_emergency_that_the_group_does_not_see() -> None:
    story = Story()
    story.say("奶糕", "楼上又在打孩子，皮带声，孩子一直哭喊", group="u")
    assert story.only.known.category == "emergency"
    assert story.only.known.urgency == 3
    assert story.only.known.private


@pytest.mark.parametrize("cry", ["救命🙏", "救命哈哈哈", "我的妈😂"])
def test_a_cry_over_a_film_raises_nothing(cry: str) -> None:
    story = Story()
    story.say("阿军", "昨晚那个电影太狠了，男主又死了")
    story.say("三姐", "你再剧透我打死你")
    story.say("阿军", cry)
    assert story.tickets == []


def test_thanks_for_what_was_mended_last_week_is_no_report() -> None:
    story = Story()
    story.say("杨杨", "上周报的单元门关不严，师傅当天就来调好了，一直想说声谢谢")
    assert story.play.tickets == {}


def test_one_line_for_two_tickets() -> None:
    story = Story()
    story.say("甲", "8号楼前面的秋千链子断了，小孩差点摔", after=0)
    story.say("乙", "西门墙根一堆建筑垃圾，三个礼拜没人拉", after=5)
    story.work("秋千先拿绳子拦上，焊工下午来，垃圾我转环卫了", after=5)
    assert set(story.does()) == {("claim", 1), ("transfer", 2)}
