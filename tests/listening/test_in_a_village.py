"""A day in two villages: what residents say of houses by group and number, and what their worker does."""

from __future__ import annotations

import pytest

from domain.reading import Where
from domain.settings import Settings
from nlu.reader import Reader
from nlu.villages import houses_in
from storage.database import Database
from tests.listening.hamlet import Hamlet


@pytest.fixture
def hamlet(database: Database, settings: Settings, reader: Reader) -> Hamlet:
    here = Hamlet(database, settings, reader)
    here.settle()
    return here


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("12号门口路灯不亮", Where(place="12号门口")),
        ("3组老王家停水了，怎么回事", Where(building="3组", room="老王家")),
        ("我家28号停水了，一滴都没有", Where(room="28号")),
        ("3组路灯坏了三盏", Where(building="3组")),
        ("上王村3组12号门口的路灯坏了", Where(building="3组", place="12号门口")),
    ],
)
def test_what_residents_say_gets_its_place(hamlet: Hamlet, words: str, where: Where) -> None:
    heard = hamlet.say("老陈", words, "village")
    [ticket] = hamlet.tickets()
    assert ticket.where == where
    assert "幢" not in heard.said_to("village") + heard.said_to("staff")
    if where.room:
        assert where.room not in heard.said_to("village")


@pytest.mark.parametrize("words", ["12号上午开会", "12号停电通知看到了吗", "下个月28号选举", "30号前交医保"])
def test_a_day_of_the_month_is_no_house(words: str) -> None:
    assert houses_in(words) == ()


def test_asked_where_he_names_a_house(hamlet: Hamlet) -> None:
    asked = hamlet.say("小芳", "水沟堵了", "parish").said_to("parish")
    assert "回“3组12号”或者“12号门口”就行" in asked
    hamlet.say("小芳", "岭口村3组12号", "parish")
    [ticket] = hamlet.tickets()
    assert ticket.where == Where(estate="岭口村", building="3组", room="12号")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("走访 28号 王大爷血压偏高", "记下了：28号 王大爷"),
        ("走访 3-5 老李腿脚不好", "记下了：3组5号"),
        ("走访 岭口村12号 老人不在家", "记下了：岭口村12号"),
        ("走访 上王3组40号 老徐新起的房子", "记下了：上王3组40号"),
    ],
)
def test_a_visit_is_noted_at_its_house(hamlet: Hamlet, words: str, told: str) -> None:
    assert told in hamlet.say("小李", words).said_to("@小李")


def test_a_place_is_put_right_by_group_and_number(hamlet: Hamlet) -> None:
    hamlet.say("老陈", "路灯坏了三盏，3组的", "village")
    hamlet.say("小李", "改址 上王1 2-5")
    [ticket] = hamlet.tickets()
    assert (ticket.where.building, ticket.where.room) == ("2组", "5号")
