"""Workers and residents answer tickets: by command, by button, in a few words."""

from __future__ import annotations

import pytest

from domain.listening import Acts
from tests.commands.neighbourhood import Neighbourhood


def test_taken_done_and_rated_by_command(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    assert here.ticket(ticket).status == "taken"
    assert here.ticket(ticket).assignee == here.people["李明"]
    here.say("李明", "办结 换了门机皮带", photo=True)
    assert here.ticket(ticket).result == "换了门机皮带"
    asked = here.say("张女士", f"评价 {ticket.number} 2 就是等了半天")
    assert here.ticket(ticket).status == "closed"
    assert here.ticket(ticket).rating == 2
    assert here.ratings(ticket) == [(2, "就是等了半天")]
    assert asked.to("@张女士")


def test_the_bare_word_means_the_only_ticket_or_the_card_replied_to(here: Neighbourhood) -> None:
    first, second = here.report(), here.report("老刘", "路灯不亮", category="community_report")
    asked = here.say("李明", "接单")
    assert sorted(asked.buttons_for("@李明")) == sorted([f"接单 {first.number}", f"接单 {second.number}"])
    assert {here.ticket(one).status for one in (first, second)} == {"open"}
    here.say("李明", "接单", "unit-staff", card=f"ticket:{second.id}:staff:unit")
    assert here.ticket(second).status == "taken"
    here.say("李明", "接单")
    assert here.ticket(first).status == "taken"


def test_pressing_the_button_that_asks_which_finishes_with_the_words_said(here: Neighbourhood) -> None:
    tickets = [here.report(), here.report("老刘", "路灯不亮")]
    for ticket in tickets:
        here.say("李明", f"接单 {ticket.number}")
    asked = here.say("李明", "办结 换了灯泡")
    chosen = next(command for command in asked.buttons_for("@李明") if tickets[1].number in command)
    here.press("李明", chosen)
    assert here.ticket(tickets[1]).result == "换了灯泡"
    assert here.ticket(tickets[0]).status == "taken"


def test_done_without_saying_how_is_asked_back(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    answer = here.say("李明", f"办结 {ticket.number}").said_to("@李明")
    assert "怎么办的" in answer and ticket.number in answer
    assert here.ticket(ticket).status == "taken"


def test_buttons_of_the_staff_card(here: Neighbourhood) -> None:
    ticket = here.report()
    card = f"ticket:{ticket.id}:staff:unit"
    here.press("李明", f"接单 {ticket.number}", "unit-staff", card=card)
    assert here.ticket(ticket).status == "taken"
    offered = here.press("李明", f"转办 {ticket.number}", "unit-staff", card=card)
    assert not offered.to("unit-staff")
    assert offered.buttons_for("@李明") == [f"转办 {ticket.number} 水务", f"转办 {ticket.number} 城管"]
    here.press("李明", offered.buttons_for("@李明")[0])
    moved = here.ticket(ticket)
    assert (moved.status, moved.assignee, moved.followed_by) == ("open", None, here.people["李明"])
    here.say("周工", "接单")
    here.press("周工", f"上报 {ticket.number}")
    assert here.ticket(ticket).tier == "community"


def test_a_button_out_of_date_says_so(here: Neighbourhood) -> None:
    ticket = here.report()
    here.press("李明", f"接单 {ticket.number}", "unit-staff")
    again = here.press("赵师傅", f"接单 {ticket.number}", "unit-staff")
    assert again.said_to("unit-staff") and here.ticket(ticket).assignee == here.people["李明"]
    assert here.press("李明", "什么也不是", "unit-staff").said_to("unit-staff")


def test_passed_up_with_its_reason_and_taken_there(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    here.say("李明", "上报 要动用维修资金")
    assert here.ticket(ticket).tier == "community"
    here.say("王芳", f"接单 {ticket.number}", "community-staff")
    assert here.ticket(ticket).assignee == here.people["王芳"]
    events = here.read(lambda store: store.tickets.events(ticket.id, ["escalate"]))
    assert [kept.event.data["reason"] for kept in events] == ["要动用维修资金"]


def test_notes_corrections_and_places(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"备注 {ticket.number} 配件明天到")
    here.say("李明", f"改类 {ticket.number} 投诉")
    here.say("李明", f"改址 {ticket.number} 5-1-302")
    changed = here.ticket(ticket)
    assert changed.category == "complaint"
    assert (changed.where.building, changed.where.unit, changed.where.room) == ("5", "1", "302")
    notes = here.read(lambda store: store.tickets.events(ticket.id, ["note"]))
    assert [kept.event.data["text"] for kept in notes] == ["配件明天到"]
    assert "投诉举报" in here.say("李明", f"改类 {ticket.number} 飞碟").said_to("@李明")
    buttons = here.say("李明", f"改类 {ticket.number}").buttons_for("@李明")
    assert f"改类 {ticket.number} home_repair" in buttons and len(buttons) == 8


def test_urgency_is_corrected_with_a_reason(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"改类 {ticket.number} 急2 老人腿脚不便")
    assert here.ticket(ticket).urgency == 2


@pytest.mark.parametrize(
    ("words", "category", "urgency"),
    [
        ("紧急2 老人多", "public_repair", 2),
        ("紧急２ 老人多", "public_repair", 2),
        ("紧急程度：3 有人受伤", "public_repair", 3),
        ("不是紧急，改成投诉", "complaint", 1),
        ("投诉 不紧急", "complaint", 1),
        ("投诉 急2 没那么急", "complaint", 2),
        ("不是紧急求救，是居家维修", "home_repair", 1),
        ("居家维修，急3楼", "home_repair", 1),
        ("不紧急", "public_repair", 1),
        ("没那么急", "public_repair", 1),
        ("紧急求救", "emergency", 1),
        ("紧急求救 急3 有人受伤", "emergency", 3),
    ],
)
def test_how_urgent_it_is_makes_it_no_emergency(here: Neighbourhood, words: str, category: str, urgency: int) -> None:
    ticket = here.report()
    here.say("李明", f"改类 {ticket.number} {words}")
    now = here.ticket(ticket)
    assert (now.category, now.urgency) == (category, urgency)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("不是投诉", "public_repair"),
        ("不应该是投诉", "public_repair"),
        ("别按投诉办", "public_repair"),
        ("投诉 不是报事", "complaint"),
        ("是居家，不属于公共区域", "home_repair"),
        ("归咨询，别归投诉", "consultation"),
        ("不算投诉，小区报事", "community_report"),
        ("不是小区报事，改成投诉", "complaint"),
    ],
)
def test_what_it_is_not_is_not_what_it_becomes(here: Neighbourhood, words: str, category: str) -> None:
    ticket = here.report()
    said = here.say("李明", f"改类 {ticket.number} {words}")
    assert here.ticket(ticket).category == category
    assert ("投诉举报" in said.said_to("@李明")) == (category == "public_repair")


def test_it_is_made_less_urgent_and_nobody_is_called(here: Neighbourhood) -> None:
    ticket = here.report(urgency=2)
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"改类 {ticket.number} 紧急1 不用赶")
    assert (here.ticket(ticket).category, here.ticket(ticket).urgency) == ("public_repair", 1)
    assert here.wait(minutes=21).letters == []


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0"])
def test_a_blank_behind_the_word_is_no_category(here: Neighbourhood, blank: str) -> None:
    ticket = here.report()
    for words in (f"改类{blank}", f"改类 {ticket.number}{blank}"):
        assert here.say("李明", words).buttons_for("@李明")


def test_what_was_only_suspected_is_registered_or_rejected(here: Neighbourhood) -> None:
    first, second = here.report(sure=False), here.report("老刘", "这灯一闪一闪", sure=False)
    here.say("李明", f"登记 {first.number}")
    assert here.ticket(first).status == "open"
    here.say("李明", f"不是报事 {second.number}")
    assert here.ticket(second).status == "rejected"


@pytest.mark.parametrize("room", [None, "unit"])
@pytest.mark.parametrize("words", ["#撤回", "#不是报事"])
def test_what_neighbours_reported_too_goes_on(here: Neighbourhood, words: str, room: str | None) -> None:
    here.say("张女士", "3幢2单元电梯停了", "unit")
    here.say("老刘", "电梯我也坐不了，停了一上午了", "unit")
    [ticket] = here.tickets()
    here.say("李明", f"接单 {ticket.number}")
    said = here.say("张女士", f"{words} {ticket.number}", room)
    assert here.ticket(ticket).status == "taken" and "不用去" not in said.said_to("@李明")
    assert "还有1户也反映过" in said.said_to("@张女士") and "已撤回" not in said.said_to("unit")
    noted = here.read(lambda store: store.tickets.events(ticket.id, ("note",)))[-1].event
    assert noted.data["text"] == "第一位反映的人说不用了，还有1户反映"


@pytest.mark.parametrize("words", ["#撤回", "#不是报事"])
def test_who_has_no_private_chat_is_told_in_the_group_that_it_goes_on(here: Neighbourhood, words: str) -> None:
    here.say("小陈", "3幢2单元电梯停了", "unit")
    here.say("老刘", "电梯我也坐不了，停了一上午了", "unit")
    [ticket] = here.tickets()
    said = here.say("小陈", f"{words} {ticket.number}", "unit")
    assert "还有1户也反映过，这件事接着办" in said.said_to("unit")


def test_told_aloud_in_plain_words_it_is_over_for_all(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯停了", "unit")
    here.say("老刘", "电梯我也坐不了，停了一上午了", "unit")
    [ticket] = here.tickets()
    said = here.decided("张女士", Acts(ticket.id, "withdraw"))
    assert here.ticket(ticket).status == "open" and "还有1户也反映过" in said.said_to("@张女士")
    here.decided("张女士", Acts(ticket.id, "withdraw"), "unit")
    assert here.ticket(ticket).status == "withdrawn"


def test_the_same_matter_twice_becomes_one(here: Neighbourhood) -> None:
    first, second = here.report(), here.report("老刘", "电梯又不动了")
    here.say("李明", f"并单 {second.number} {first.number}")
    assert here.ticket(second).status == "withdrawn"
    voices = here.read(lambda store: store.tickets.voices(first.id))
    assert [voice.name for voice in voices] == ["张女士", "老刘"]


def test_two_matters_in_one_ticket_become_two(here: Neighbourhood) -> None:
    ticket = here.report("张女士", "3幢2单元电梯停了，还有5幢门口的路灯不亮了")
    assert "拆单" in here.say("李明", f"拆单 {ticket.number}").said_to("@李明")
    said = here.say("李明", f"拆单 {ticket.number} 5幢门口的路灯不亮了")
    new = here.read(lambda store: store.tickets.by_number("阳光2", here.areas["district"], here.areas["community"]))
    assert new is not None and new.reporter_name == "张女士" and new.group == ticket.group
    assert (new.category, new.where.building, new.where.unit) == ("public_repair", "5", None)
    assert here.read(lambda store: store.tickets.lines_of(new.id) == store.tickets.lines_of(ticket.id))
    assert "阳光2" in said.said_to("unit") and "阳光2" in said.said_to("@李明") and "张女士" not in said.said_to("unit")
    assert here.ticket(ticket).status == "open"
    kept = here.read(lambda store: store.tickets.corrections_of(ticket.id))
    assert kept == [("split", ticket.number, new.number)]
    for one, other in ((ticket, new), (new, ticket)):
        notes = here.read(lambda store, one=one: store.tickets.events(one.id, ["note"]))
        assert [note.event.data["text"] for note in notes] == [f"与{other.number}拆成两件"]


def test_only_staff_split(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("老刘", f"拆单 {ticket.number} 路灯不亮了", "unit")
    assert (
        here.read(lambda store: store.tickets.by_number("2", here.areas["district"], here.areas["community"])) is None
    )


def test_the_reporter_takes_it_back_and_brings_it_back(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("张女士", "撤回 自己好了")
    assert here.ticket(ticket).status == "withdrawn"
    here.say("张女士", f"重办 {ticket.number} 又停了", "unit")
    assert here.ticket(ticket).status == "open"


def test_misheard_says_the_reporter_in_the_group(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("张女士", "不是报事", "unit")
    assert here.ticket(ticket).status == "rejected"


@pytest.mark.parametrize("command", ["接单 {n}", "办结 {n} 换了", "转办 {n} 水务", "上报 {n} 难", "并单 {n} 2"])
def test_residents_may_not_do_what_staff_do(here: Neighbourhood, command: str) -> None:
    ticket = here.report()
    answer = here.say("张女士", command.format(n=ticket.number)).said_to("@张女士")
    assert "直接说" in answer
    assert here.ticket(ticket).status == "open"


def test_others_may_not_rate_withdraw_or_see_it(here: Neighbourhood) -> None:
    ticket = here.report(private=True, category="legal_dispute", summary="楼上漏水要我赔")
    for command in ("评价 {n} 1", "撤回 {n}", "详情 {n}", "重办 {n}"):
        answer = here.say("老刘", command.format(n=ticket.number)).said_to("@老刘")
        assert ticket.number in answer and "漏水" not in answer
    assert here.ticket(ticket).status == "open"


def test_a_number_that_is_not_there(here: Neighbourhood) -> None:
    here.report()
    assert "999" in here.say("李明", "接单 999").said_to("@李明")
    assert "没找到" in here.say("老刘", "撤回").said_to("@老刘")


def test_a_number_in_the_words_is_not_a_ticket(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    here.say("李明", "办结 换了灯管2")
    assert here.ticket(ticket).result == "换了灯管2"
