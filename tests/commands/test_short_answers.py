"""1, 2, 3 to the question how it went; a worker's few words after a reminder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tickets import Ticket
from handlers.verdicts import verdict_in
from tests.commands.neighbourhood import Neighbourhood


def done(here: Neighbourhood, who: str = "张女士", summary: str = "3幢2单元电梯停了") -> Ticket:
    ticket = here.report(who, summary)
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 换了门机皮带")
    return ticket


@pytest.mark.parametrize(
    ("answer", "rating", "status"),
    [("1", 1, "closed"), ("2", 2, "closed"), ("１", 1, "closed"), ("好了", 1, "closed"), ("满意，谢谢", 1, "closed"),
     ("还行", 2, "closed"), ("3", 3, "taken"), ("还没好", 3, "taken"), ("不满意", 3, "taken"), ("二", 2, "closed")],
)  # fmt: skip
def test_the_reporter_answers_in_private(here: Neighbourhood, answer: str, rating: int, status: str) -> None:
    ticket = done(here)
    here.say("张女士", answer)
    assert (here.ticket(ticket).rating, here.ticket(ticket).status) == (rating, status)


def test_not_yet_goes_back_to_the_same_worker(here: Neighbourhood) -> None:
    ticket = done(here)
    heard = here.say("张女士", "3 还是抖")
    again = here.ticket(ticket)
    assert (again.status, again.assignee, again.reopened) == ("taken", here.people["李明"], 1)
    assert heard.to("@张女士")
    assert here.ratings(ticket) == [(3, "还是抖")]


def test_pressing_a_rating(here: Neighbourhood) -> None:
    ticket = done(here)
    here.press("张女士", f"评价 {ticket.number} 1", card=f"rating:{ticket.id}")
    assert here.ticket(ticket).rating == 1


def test_who_has_no_private_chat_answers_the_closing_line_in_the_group(here: Neighbourhood) -> None:
    ticket = done(here, "小陈")
    here.say("老刘", "1", "unit", card=f"ticket:{ticket.id}:closing")
    assert here.ticket(ticket).rating is None
    here.say("小陈", "2", "unit", card=f"ticket:{ticket.id}:closing")
    assert here.ticket(ticket).rating == 2


def test_two_questions_open_and_one_digit_is_asked_back(here: Neighbourhood) -> None:
    first, second = done(here), done(here, summary="楼道灯不亮")
    asked = here.say("张女士", "1")
    assert sorted(asked.buttons_for("@张女士")) == sorted([f"评价 {first.number} 1", f"评价 {second.number} 1"])
    here.say("张女士", "1", card=f"rating:{second.id}")
    assert (here.ticket(first).rating, here.ticket(second).rating) == (None, 1)


def test_a_neighbours_digit_rates_nothing(here: Neighbourhood) -> None:
    ticket = done(here)
    here.say("老刘", "1")
    assert here.ticket(ticket).rating is None


def test_the_worker_answers_a_reminder_in_a_few_words(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "我来")
    assert here.ticket(ticket).status == "taken"
    reminded = here.wait(days=5)
    assert ticket.number in reminded.said_to("@李明")
    asked = here.say("李明", "办好了").said_to("@李明")
    assert "怎么办的" in asked and here.ticket(ticket).status == "taken"
    here.say("李明", "办好了 换了灯")
    assert (here.ticket(ticket).status, here.ticket(ticket).result) == ("done", "换了灯")


def test_with_nothing_in_hand_good_is_only_talk(here: Neighbourhood) -> None:
    here.report()
    heard = here.say("李明", "好了")
    assert not heard.buttons_for("@李明") and "怎么办的" not in heard.said_to("@李明")


@given(st.text(max_size=40))
def test_any_words_are_a_verdict_or_none(text: str) -> None:
    found = verdict_in(text)
    assert found is None or found.score in (1, 2, 3)


@pytest.mark.parametrize("text", ["", "修好了吗", "什么时候修", "电梯", "12", "1234", "下午在家", "?"])
def test_no_verdict(text: str) -> None:
    assert verdict_in(text) is None


def test_a_figure_after_an_emergency_is_taken_though_nobody_asked(here: Neighbourhood) -> None:
    ticket = here.report(category="emergency", urgency=3, summary="3幢2单元电梯困人")
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 人救出来了")
    assert here.ticket(ticket).status == "closed"
    assert here.say("张女士", "1").said_to("@张女士")
    assert (here.ticket(ticket).rating, here.ratings(ticket)) == (1, [(1, "")])


def test_what_ended_long_ago_is_not_rated_by_a_bare_figure(here: Neighbourhood) -> None:
    ticket = here.report(category="emergency", urgency=3, summary="3幢2单元电梯困人")
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 人救出来了")
    here.wait(hours=73)
    here.say("张女士", "1")
    assert here.ticket(ticket).rating is None


@pytest.mark.parametrize("words", ["1", "2", "评价 {n} 1", "评价 {n} 2 还行"])
def test_a_worker_does_not_rate_his_own_work(here: Neighbourhood, words: str) -> None:
    here.say("李明", "代报 3幢2单元楼道灯坏了")
    [ticket] = here.tickets()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 换了灯泡")
    answer = here.say("李明", words.format(n=ticket.number)).said_to("@李明")
    assert "不用给自己打分" in answer
    assert here.ticket(ticket).rating is None and here.ratings(ticket) == []


def test_a_worker_may_say_that_his_own_work_does_not_hold(here: Neighbourhood) -> None:
    here.say("李明", "代报 3幢2单元楼道灯坏了")
    [ticket] = here.tickets()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 换了灯泡")
    here.say("李明", f"评价 {ticket.number} 3 又不亮了")
    assert here.ticket(ticket).status == "taken"


@pytest.mark.parametrize("words", ["1", "2", "评价 {n} 1"])
def test_what_could_not_be_done_is_not_rated_good(here: Neighbourhood, words: str) -> None:
    ticket = given_up(here)
    answer = here.say("张女士", words.format(n=ticket.number)).said_to("@张女士")
    assert "客观上办不了" in answer and "重办" in answer
    ended = here.ticket(ticket)
    assert (ended.status, ended.rating, here.ratings(ticket)) == ("closed", None, [])


def test_thanks_for_what_could_not_be_done_are_no_score(here: Neighbourhood) -> None:
    ticket = given_up(here)
    assert "不用打分" not in here.say("张女士", "好的，谢谢").said_to("@张女士")
    assert here.ticket(ticket).rating is None
    here.say("张女士", f"评价 {ticket.number} 3 隔壁楼就装上了")
    assert here.ticket(ticket).status == "taken"


def given_up(here: Neighbourhood) -> Ticket:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"客观办不了 {ticket.number} 没有管道井")
    here.say("王芳", f"批准 {ticket.number}")
    assert here.ticket(ticket).impossible
    return ticket


@pytest.mark.parametrize(
    ("text", "score"),
    [("不是很满意", 3), ("不太好", 3), ("not good", 3), ("not bad", 1), ("满意", 1), ("不错", 1), ("还行", 2)],
)
def test_what_is_denied_is_not_good(text: str, score: int) -> None:
    found = verdict_in(text)
    assert found is not None and found.score == score
