"""Danger that is only possible: staff are asked at once, the group hears nothing of it, and one press calls help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.tickets import Ticket
from handlers.texts import say
from tests.commands.neighbourhood import Neighbourhood
from tests.commands.test_danger import called

ASKED = say("staff.feared", button=say("button.danger"))
# Heard, and registered at once: read as ordinary, with danger at .15 to .45.
REPORTED = "屋里水龙头哗哗响，敲门冇得人应，他有心脏病的"
# Half heard: staff alone are asked whether it is anything.
HALF_HEARD = "现在吐了 我自己也晕 太阳穴一跳一跳 腿软的"


def only(here: Neighbourhood) -> Ticket:
    (ticket,) = here.tickets()
    return ticket


@pytest.mark.parametrize("told", [REPORTED, HALF_HEARD])
def test_staff_are_asked_at_once_even_at_night(here: Neighbourhood, told: str) -> None:
    here.wait(hours=15)  # midnight
    heard = here.say("老刘", told, "unit")
    assert {"unit-staff", "@李明", "@赵师傅"} <= called(heard)
    assert ASKED in heard.said_to("unit-staff")
    assert say("staff.proposed") not in heard.said_to("unit-staff")
    assert f"{only(here).number} 紧急" in heard.buttons_for("@李明")[0]


def test_the_group_is_not_alarmed(here: Neighbourhood) -> None:
    assert not here.say("老刘", HALF_HEARD, "unit").to("unit")
    assert say("button.danger") not in here.say("张女士", "302" + REPORTED, "unit").said_to("unit")


@pytest.mark.parametrize("told", [REPORTED, HALF_HEARD])
def test_one_press_makes_it_an_emergency(here: Neighbourhood, told: str) -> None:
    card = here.say("老刘", told, "unit")
    heard = here.press("李明", card.buttons_for("unit-staff")[0], "unit-staff")
    assert only(here).category == "emergency" and only(here).status == "open"
    assert "unit" in called(heard), "now the group is told what to do"
    assert ASKED not in heard.said_to("unit-staff")
    assert "@陈干事" in called(here.wait(minutes=4)), "the ladder goes on"


@pytest.mark.parametrize("told", [REPORTED, HALF_HEARD])
def test_where_nobody_looks_the_next_are_asked_once(here: Neighbourhood, told: str) -> None:
    here.say("老刘", told, "unit")
    assert "@陈干事" not in called(here.wait(minutes=4))
    assert ASKED in here.wait(minutes=2).said_to("@陈干事")
    assert "@陈干事" not in called(here.wait(minutes=20))


@pytest.mark.parametrize("answer", ["接单 {}", "登记 {}", "不是报事 {}", "备注 {} 去看了，人没事，水龙头没关"])
def test_whoever_acts_has_looked(here: Neighbourhood, answer: str) -> None:
    here.say("老刘", HALF_HEARD, "unit")
    here.say("李明", "#" + answer.format(only(here).number), "unit-staff")
    assert only(here).feared_at is None
    heard = here.wait(minutes=6)
    assert "@陈干事" not in called(heard)
    assert ASKED not in "".join(heard.texts)


def test_danger_told_of_a_matter_that_stands_calls_those_on_duty(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元一楼积水了", "unit")
    ticket = only(here)
    here.wait(minutes=2)
    heard = here.say("老刘", "他说脚像被针扎 手麻得甩不开 我把他拖上台阶了", "unit")
    assert only(here).id == ticket.id and only(here).urgency == 2
    assert {"unit-staff", "@李明", "@赵师傅"} <= {one.to.chat for one in heard.letters if one.mode != "edit"}
    here.wait(minutes=1)
    again = here.say("张女士", "我刚才也麻了一下，现在手还在抖", "unit")
    assert all(one.mode == "edit" for one in again.letters), "they have been asked"


def test_who_has_it_in_hand_is_told_what_is_feared_now(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元一楼积水了", "unit")
    here.say("李明", f"#接单 {only(here).number}", "unit-staff")
    heard = here.say("老刘", "他说脚像被针扎 手麻得甩不开 我把他拖上台阶了", "unit")
    assert ASKED in heard.said_to("@李明")


@pytest.mark.parametrize(
    "told",
    [
        "去年我崽烧到四十度抽筋，我抱着跑到医院，哈哈",
        "快看第七集，楼道着火那段，那孩子从窗户跳下来",
        "火灭了，人都没事",
        "电梯又慢了，等了五分钟",
    ],
)
def test_tales_and_what_is_over_are_put_to_nobody(here: Neighbourhood, told: str) -> None:
    heard = here.say("老刘", told, "unit")
    assert ASKED not in "".join(heard.texts)


def test_an_office_can_switch_it_off(here: Neighbourhood) -> None:
    here.settings = replace(here.settings, listening=replace(here.settings.listening, danger=1.0))
    assert ASKED not in "".join(here.say("老刘", HALF_HEARD, "unit").texts)


def test_what_is_registered_may_be_put_under_another_category(here: Neighbourhood) -> None:
    here.say("老刘", HALF_HEARD, "unit")
    here.say("李明", f"登记 {only(here).number} 投诉", "unit-staff")
    assert (only(here).category, only(here).status) == ("complaint", "open")
