"""Staff answer the card in their own room in plain words, without quoting it and without its number."""

from __future__ import annotations

import pytest

from tests.commands.neighbourhood import Neighbourhood

LAMP = "楼道灯不亮了，晚上黑漆漆的"
LIFT = "3幢2单元电梯又坏了，老人被困在里面"


def _statuses(here: Neighbourhood) -> list[str]:
    return [ticket.status for ticket in here.tickets()]


@pytest.mark.parametrize(
    "words", ["我来", "我去看看", "收到，马上过去", "我马上过去", "我来处理", "在路上了", "好的，这就去"]
)
@pytest.mark.parametrize("report", [LAMP, LIFT])
def test_the_only_card_is_taken(here: Neighbourhood, report: str, words: str) -> None:
    here.say("张女士", report, "unit")
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["taken"]


@pytest.mark.parametrize(
    ("report", "words"),
    [(LAMP, "修好了"), (LAMP, "换了个灯头，亮了"), (LIFT, "人救出来了，没事"), (LIFT, "人出来了，已经送去医院")],
)
def test_and_told_done(here: Neighbourhood, report: str, words: str) -> None:
    here.say("张女士", report, "unit")
    here.say("李明", "我来", "unit-staff")
    here.wait(minutes=20)
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["done"] or _statuses(here) == ["closed"]


def test_of_two_cards_the_words_pick_one(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.wait(minutes=3)
    here.say("老刘", "3幢2单元门口垃圾堆了三天没人收", "unit")
    here.say("李明", "垃圾我叫保洁去", "unit-staff")
    assert _statuses(here) == ["open", "taken"]
    here.say("李明", "灯我来换", "unit-staff")
    assert _statuses(here) == ["taken", "taken"]
    here.wait(minutes=30)
    here.say("李明", "垃圾清走了", "unit-staff")
    assert _statuses(here) == ["taken", "done"]


@pytest.mark.parametrize("words", ["今天下午两点开会", "谁有梯子借一下", "中午吃啥", "收到请回复", "辛苦了"])
def test_other_talk_of_staff_takes_nothing(here: Neighbourhood, words: str) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["open"]


def test_handing_on_and_up(here: Neighbourhood) -> None:
    here.say("张女士", "水压很低，三楼以上早上都没水", "unit")
    here.say("李明", "这个归水务", "unit-staff")
    assert [ticket.department is not None for ticket in here.tickets()] == [True]
    here.say("老刘", LAMP, "unit")
    here.say("李明", "灯的事报上去吧", "unit-staff")
    assert here.tickets()[-1].tier == "community"


def test_what_hangs_in_another_room_is_not_meant(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("陈干事", "我来", "community-staff")
    assert _statuses(here) == ["open"]
