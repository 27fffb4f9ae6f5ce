"""After the closing: one in twenty is called back, by somebody who had no hand in it; after an emergency all are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.callbacks import is_called_back, lot
from domain.settings import Settings
from domain.tickets import Ticket
from nlu.reader import Reader
from storage.database import Database
from tests.commands.neighbourhood import Neighbourhood
from tests.domain.made import ticket as made


@pytest.fixture
def all_called(database: Database, settings: Settings, reader: Reader) -> Neighbourhood:
    every = replace(settings, rating=replace(settings.rating, callback_share=1.0))
    return Neighbourhood(database, every, reader).settle()


def closed(here: Neighbourhood, by: str = "李明") -> Ticket:
    ticket = here.report()
    here.say(by, f"接单 {ticket.number}")
    here.say(by, f"办结 {ticket.number} 换了门机皮带")
    here.say("张女士", "1")
    assert here.ticket(ticket).status == "closed"
    return ticket


def test_the_next_morning_somebody_of_the_community_is_asked_to_call(all_called: Neighbourhood) -> None:
    here = all_called
    ticket = closed(here)
    asked = here.wait(hours=24)
    [task] = asked.to("@陈干事")
    assert ticket.number in task.text and "张女士" in task.text and "换了门机皮带" in task.text
    assert f"回访 {ticket.number} 1" in [button.command for button in task.buttons]
    assert not asked.to("@李明") and not asked.to("@张女士") and not asked.to("unit")
    heard = here.press("陈干事", f"回访 {ticket.number} 1", card=task.card)
    assert "回访记下了" in heard.said_to("@陈干事")
    assert not here.wait(hours=72).to("@陈干事")
    assert here.ticket(ticket).status == "closed"


def test_not_solved_after_all_it_is_opened_again(all_called: Neighbourhood) -> None:
    here = all_called
    ticket = closed(here)
    [task] = here.wait(hours=24).to("@陈干事")
    again = here.say("陈干事", "回访 3 又抖了", card=task.card)
    assert here.ticket(ticket).status == "taken" and "又抖了" in again.said_to("@李明")
    [event] = here.read(lambda store: store.tickets.events(ticket.id, ["called_back"]))
    assert (event.event.data["score"], event.event.data["words"]) == (3, "又抖了")


def test_nobody_answered_and_he_is_asked_once_more(all_called: Neighbourhood) -> None:
    here = all_called
    ticket = closed(here)
    here.wait(hours=24)
    assert "再打一次" in here.say("陈干事", f"回访 {ticket.number} 没打通").said_to("@陈干事")
    assert ticket.number in here.wait(hours=24).said_to("@陈干事")
    assert not here.wait(hours=96).to("@陈干事")


def test_who_did_the_work_does_not_ask_how_it_went(all_called: Neighbourhood) -> None:
    here = all_called
    ticket = closed(here, by="陈干事")
    asked = here.wait(hours=24)
    assert asked.to("@王芳") and not asked.to("@陈干事")
    assert "您经办的" in here.say("陈干事", f"回访 {ticket.number} 1").said_to("@陈干事")
    assert not here.say("张女士", f"回访 {ticket.number} 1").to("@李明")
    assert here.read(lambda store: store.tickets.events(ticket.id, ["called_back"])) == []


def test_after_an_emergency_there_is_always_a_call_and_no_rating(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 人已放出，平安")
    asked = here.wait(hours=24)
    assert "人好不好" in asked.said_to("@陈干事")
    assert not asked.to("@张女士")


def test_what_was_opened_again_meanwhile_is_not_called_about(all_called: Neighbourhood) -> None:
    here = all_called
    ticket = closed(here)
    here.say("张女士", f"重办 {ticket.number} 又坏了")
    assert not here.wait(hours=26).to("@陈干事")


@given(st.integers(1, 10**6), st.integers(0, 5), st.floats(0, 1))
def test_everybody_draws_the_same_lot(seq: int, reopened: int, share: float) -> None:
    one = made(seq=seq, number=f"阳光{seq}", reopened=reopened, status="closed")
    assert 0 <= lot(one) < 1 and lot(one) == lot(replace(one, version=9, summary="别的", assignee=4))
    assert is_called_back(one, share) == (lot(one) < share)
    assert is_called_back(replace(one, urgency=3), 0.0) and not is_called_back(replace(one, sensitive=True), 1.0)
    assert not is_called_back(replace(one, status="done"), 1.0)


def test_one_in_twenty() -> None:
    drawn = sum(is_called_back(made(seq=n, number=f"阳光{n}", status="closed"), 0.05) for n in range(20_000))
    assert 900 < drawn < 1100
