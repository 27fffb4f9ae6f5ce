"""An emergency that was in somebody's hands and is in nobody's again: everybody is called anew, however often."""

from __future__ import annotations

import pytest

from domain.tickets import Ticket
from tests.commands.neighbourhood import Heard, Neighbourhood

EVERYBODY = {"@李明", "@赵师傅", "@陈干事", "@王芳", "@孙值班", "@吴主任"}


def emergency(here: Neighbourhood) -> Ticket:
    return here.report(summary="有人被困在电梯里", category="emergency", urgency=3)


def called(heard: Heard) -> set[str]:
    """Who got a call that nobody has taken it; cards that are edited call nobody."""
    return {letter.to.chat for letter in heard.letters if letter.text.startswith("【急】")}


def test_handed_on_after_everybody_was_called_again_they_are_called_once_more(here: Neighbourhood) -> None:
    ticket = emergency(here)
    assert called(here.wait(minutes=46)) == EVERYBODY
    here.say("李明", f"接单 {ticket.number}")
    here.wait(minutes=5)
    here.say("李明", f"转办 {ticket.number} 消防队")
    assert here.ticket(ticket).status == "open"
    assert called(here.wait(minutes=6)) == EVERYBODY
    assert called(here.wait(minutes=28)) == set()
    assert called(here.wait(minutes=2)) == EVERYBODY


def test_handed_on_twice_they_are_called_twice(here: Neighbourhood) -> None:
    ticket = emergency(here)
    here.wait(minutes=1)
    for worker, other in (("李明", "消防队"), ("赵师傅", "维保公司"), ("陈干事", "蓝天救援队")):
        here.say(worker, f"接单 {ticket.number}")
        here.say(worker, f"转办 {ticket.number} {other}")
        assert called(here.wait(minutes=6)) == EVERYBODY, other


def test_a_department_that_took_it_and_hands_it_back_leaves_it_to_nobody(here: Neighbourhood) -> None:
    ticket = emergency(here)
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"转办 {ticket.number} 水务")
    here.say("周工", f"接单 {ticket.number}")
    here.say("周工", f"退回 {ticket.number} 电梯不归我们")
    assert here.ticket(ticket).status == "open"
    assert called(here.wait(minutes=6)) == EVERYBODY


def test_no_false_alarm_after_all_they_are_called_rung_by_rung_again(here: Neighbourhood) -> None:
    ticket = emergency(here)
    here.wait(minutes=16)
    here.say("李明", f"不是报事 {ticket.number}")
    here.wait(minutes=10)
    here.say("李明", f"登记 {ticket.number}")
    assert called(here.wait(minutes=1)) == {"@李明", "@赵师傅"}
    assert called(here.wait(minutes=9)) == {"@陈干事", "@王芳", "@孙值班"}
    assert called(here.wait(minutes=6)) == {"@吴主任"}


def test_withdrawn_and_reopened_they_are_called_rung_by_rung_again(here: Neighbourhood) -> None:
    ticket = emergency(here)
    here.wait(minutes=16)
    here.say("张女士", f"撤回 {ticket.number}")
    here.wait(minutes=10)
    here.say("张女士", f"重办 {ticket.number} 又困住了")
    assert here.ticket(ticket).status == "open"
    assert called(here.wait(minutes=1)) == {"@李明", "@赵师傅"}
    assert called(here.wait(minutes=15)) == EVERYBODY - {"@李明", "@赵师傅"}


@pytest.mark.parametrize("minutes", [4, 11])
def test_on_the_way_up_nobody_is_called_twice(here: Neighbourhood, minutes: int) -> None:
    emergency(here)
    heard = here.wait(minutes=minutes)
    assert called(heard) == set()
    assert len(heard.to("@陈干事")) == 1
