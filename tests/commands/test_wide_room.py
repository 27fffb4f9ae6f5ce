"""Matters told in a room wider than anyone's post, and grave ones where nobody is above the grid."""

from __future__ import annotations

import pytest

from domain.messages import Address
from domain.people import Role
from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from tests.commands import neighbourhood
from tests.commands.neighbourhood import CHANNEL, Neighbourhood

RAIL = "菜场后面那段栏杆断了一截，小孩老去爬"
BEATEN = "老公打我，我躲在厕所里不敢出去"


@pytest.fixture
def wide(here: Neighbourhood) -> Neighbourhood:
    """The neighbourhood, with a group of the whole district."""
    here.database.write(
        lambda store: store.areas.bind(
            Address(CHANNEL, "all"), here.areas["district"], "district", "residents", "all", here.now, ["edit"]
        )
    )
    return here


def _statuses(here: Neighbourhood) -> list[str]:
    return [ticket.status for ticket in here.tickets()]


def test_whoever_works_below_takes_what_was_told_before_his_eyes(wide: Neighbourhood) -> None:
    wide.say("老刘", RAIL, "all")
    wide.say("李明", "我去看看", "all")
    assert _statuses(wide) == ["taken"]
    wide.wait(hours=3)
    wide.say("李明", "栏杆焊好了", "all")
    assert _statuses(wide) == ["done"]


def test_elsewhere_he_may_not(wide: Neighbourhood) -> None:
    wide.say("老刘", RAIL, "all")
    [ticket] = wide.tickets()
    wide.say("李明", f"接单 {ticket.number}", "unit")
    wide.say("李明", f"接单 {ticket.number}")
    assert _statuses(wide) == ["open"]


def test_a_place_that_is_known_keeps_it_with_those_who_work_there(wide: Neighbourhood) -> None:
    other = wide.database.write(
        lambda store: store.areas.add(wide.areas["district"], "community", "o", "对岸社区", "对岸").id
    )
    wide.database.write(lambda store: store.areas.add(other, "estate", "e2", "望江苑"))
    wide.say("老刘", "望江苑北门栏杆断了一截，小孩老去爬", "all")
    [ticket] = wide.tickets()
    assert ticket.area != wide.areas["district"]
    wide.say("李明", "我去看看", "all")
    assert _statuses(wide) == ["open"]


def test_nobody_answers_a_complaint_about_himself_there(wide: Neighbourhood) -> None:
    wide.say("老刘", "我要投诉物业乱收费，停车费翻了一倍", "all")
    before = _statuses(wide)
    wide.say("赵师傅", "这事我来处理", "all")
    assert _statuses(wide) == before == ["open"]


@pytest.fixture
def headless(database: Database, settings: Settings, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Neighbourhood:
    """The neighbourhood without a secretary and without an admin."""
    heads = (Role.SECRETARY, Role.DISTRICT_ADMIN)
    staff = {name: post for name, post in neighbourhood.STAFF.items() if post[0] not in heads}
    monkeypatch.setattr(neighbourhood, "STAFF", staff)
    return Neighbourhood(database, settings, reader).settle()


def test_where_nobody_holds_a_higher_post_the_grid_worker_hears_of_violence(headless: Neighbourhood) -> None:
    heard = headless.say("张女士", BEATEN, "unit")
    assert heard.to("@李明") and not heard.to("@赵师傅") and not heard.to("@陈干事")
    assert not heard.to("unit") and not heard.to("unit-staff")
    headless.say("李明", "我马上过去", "unit")
    assert _statuses(headless) == ["taken"]


def test_where_somebody_does_it_is_not_for_him(here: Neighbourhood) -> None:
    heard = here.say("张女士", BEATEN, "unit")
    assert heard.to("@王芳") and heard.to("@吴主任") and not heard.to("@李明")
    here.say("李明", "我马上过去", "unit")
    assert _statuses(here) == ["open"]


def test_a_question_is_of_no_place(wide: Neighbourhood) -> None:
    asked = wide.say("老刘", "请问居住证在哪里办", "all")
    [ticket] = wide.tickets()
    assert ticket.category == "consultation" and not ticket.where
    [card] = [one.text for one in asked.letters if ticket.number in one.text and one.to.chat != "all"]
    assert "没说地点" not in card and "居住证" in card
