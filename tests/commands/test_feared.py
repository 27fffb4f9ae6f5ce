"""Danger that is only possible: staff are asked at once, the group hears nothing of it, and one press calls help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.listening import Acts, Opens
from domain.reading import Where
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
    assert heard.buttons_for("@李明")[0] == f"确有危险 {only(here).number}"


def test_the_group_is_not_alarmed(here: Neighbourhood) -> None:
    assert not here.say("老刘", HALF_HEARD, "unit").to("unit")
    assert say("button.danger") not in here.say("张女士", "302" + REPORTED, "unit").said_to("unit")


@pytest.mark.parametrize("who", ["李明", "赵师傅", "王芳"])
@pytest.mark.parametrize("told", [REPORTED, HALF_HEARD])
def test_one_press_makes_it_an_emergency(here: Neighbourhood, told: str, who: str) -> None:
    card = here.say("老刘", told, "unit")
    heard = here.press(who, card.buttons_for("unit-staff")[0], "unit-staff")
    assert only(here).category == "emergency" and only(here).status == "open"
    assert "unit" in called(heard), "now the group is told what to do"
    assert ASKED not in heard.said_to("unit-staff")
    assert "@陈干事" in called(here.wait(minutes=4)), "the ladder goes on"


def test_the_alarm_stands_once_in_the_group(here: Neighbourhood) -> None:
    card = here.say("老刘", REPORTED, "unit")
    heard = here.press("李明", card.buttons_for("unit-staff")[0], "unit-staff")
    assert [one.mode for one in heard.to("unit")] == ["reply"], "an edit besides would say the same above it"
    after = here.say("李明", f"#接单 {only(here).number}", "unit-staff")
    assert [one.mode for one in after.to("unit")] == ["edit"]


@pytest.mark.parametrize("told", [REPORTED, HALF_HEARD])
def test_whoever_was_asked_and_is_called_now_gets_a_card_that_rings(here: Neighbourhood, told: str) -> None:
    card = here.say("老刘", told, "unit")
    heard = here.press("李明", card.buttons_for("unit-staff")[0], "unit-staff")
    assert [one.mode for one in heard.to("@赵师傅")] == ["new"]


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


def test_an_alarm_of_which_the_bot_is_unsure_is_asked_about_like_any_fear(here: Neighbourhood) -> None:
    step = Opens((), "emergency", 3, Where(building="3", unit="2"), "明火没得了，还冒烟", sure=False, feared=True)
    heard = here.decided("老刘", step, "unit")
    assert {"unit-staff", "@李明", "@赵师傅"} <= called(heard) and "unit" not in called(heard)
    assert ASKED in heard.said_to("@李明")
    heard = here.press("赵师傅", heard.buttons_for("@赵师傅")[0])
    assert only(here).status == "open" and "unit" in called(heard)


def test_violence_that_is_only_possible_stays_a_matter_of_public_security(here: Neighbourhood) -> None:
    step = Opens((), "public_security", 2, Where(building="3", unit="2"), "楼上在打架", sure=True, feared=True)
    here.press("李明", here.decided("老刘", step, "unit").buttons_for("@李明")[0])
    assert (only(here).category, only(here).urgency) == ("public_security", 3)


def test_where_a_rung_has_nobody_the_one_above_is_asked(here: Neighbourhood) -> None:
    here.lose_chat("陈干事")
    here.say("老刘", HALF_HEARD, "unit")
    assert ASKED in here.wait(minutes=6).said_to("@王芳")


def test_who_comes_along_has_looked(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元一楼积水了", "unit")
    here.say("赵师傅", f"#接单 {only(here).number}", "unit-staff")
    here.say("老刘", "他说脚像被针扎 手麻得甩不开 我把他拖上台阶了", "unit")
    assert only(here).feared_at is not None
    here.decided("李明", Acts(only(here).id, "claim"), "unit")
    assert only(here).feared_at is None and only(here).helpers == (here.people["李明"],)


def test_the_word_is_for_staff_and_what_is_one_already_is_not_raised_twice(here: Neighbourhood) -> None:
    ticket = here.report()
    assert not here.say("老刘", f"#确有危险 {ticket.number}", "unit").to("unit-staff")
    assert here.ticket(ticket).urgency == 1
    here.say("李明", f"#确有危险 {ticket.number}", "unit-staff")
    assert here.ticket(ticket).category == "emergency"
    again = here.say("李明", f"#确有危险 {ticket.number}", "unit-staff")
    assert "unit" not in called(again)
