"""A ticket handed on with a reason behind the name, however the two are parted."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from domain.listening import Acts
from storage.store import Store
from storage.tables import posts
from tests.commands.neighbourhood import Neighbourhood


@pytest.mark.parametrize("between", [" ", "，", ",", "。", "：", ":", "、", "；", "\u3000", "\xa0", "\n", "， "])
@pytest.mark.parametrize("name", ["周工", "赵师傅"])
def test_the_reason_is_not_part_of_the_name(here: Neighbourhood, name: str, between: str) -> None:
    ticket = here.report()
    here.say("王芳", f"接单 {ticket.number}")
    said = here.say("王芳", f"转办 {ticket.number} {name}{between}陈奶奶家水管爆了")
    moved = here.ticket(ticket)
    assert moved.assignee == here.people[name] and said.to(f"@{name}")
    assert name in said.said_to("unit") and "陈奶奶" not in said.said_to("unit")
    assert "陈奶奶" not in said.said_to("@王芳")
    handed = here.read(lambda store: store.tickets.events(ticket.id, ("transfer",)))[-1].event
    assert handed.data["reason"] == "陈奶奶家水管爆了"


def test_a_department_is_found_before_the_comma(here: Neighbourhood) -> None:
    ticket = here.report()
    said = here.say("王芳", f"转办 {ticket.number} 给水务，水管爆了")
    assert here.ticket(ticket).department is not None and said.to("@周工")
    assert said.said_to("@王芳").startswith(f"{ticket.number} 已转给水务，您")


def test_whoever_is_not_ours_is_named_without_the_reason(here: Neighbourhood) -> None:
    ticket = here.report()
    said = here.say("王芳", f"转办 {ticket.number} 张经理，水务说归他们")
    assert here.ticket(ticket).department is None
    assert "张经理" in said.said_to("unit") and "水务" not in said.said_to("unit")


def test_a_name_of_several_words_is_kept_whole(here: Neighbourhood) -> None:
    def work(store: Store) -> None:
        store.areas.add_department(here.areas["district"], "住建、规划", "职能部门", ["Housing Office"], [])

    here.database.write(work)
    for called in ("住建、规划", "Housing Office"):
        ticket = here.report()
        here.press("王芳", f"转办 {ticket.number} {called}")
        assert here.ticket(ticket).department is not None
    ticket = here.report()
    here.say("王芳", f"转办 {ticket.number} Housing Office, the lift stands still")
    assert here.ticket(ticket).department is not None


@pytest.mark.parametrize("said", ["赵师傅吧", "给赵师傅处理", "赵师傅"])
def test_the_answer_says_who_has_it_now(here: Neighbourhood, said: str) -> None:
    ticket = here.report()
    answer = here.say("王芳", f"转办 {ticket.number} {said}").said_to("@王芳")
    assert answer.splitlines()[0] == f"{ticket.number} 已转给物业赵师傅，您还跟着。"


def test_the_lead_is_named_with_a_reason_too(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    said = here.say("王芳", f"牵头 {ticket.number} 由水务，就归你们")
    assert here.ticket(ticket).department is not None and said.to("@周工")
    assert "就归你们" not in said.said_to("@王芳")


@pytest.mark.parametrize("private", [True, False])
def test_the_property_firm_gets_what_was_told_in_private(here: Neighbourhood, private: bool) -> None:
    ticket = here.report(summary="3幢2单元402家里漏水", category="home_repair", private=private)
    here.say("李明", f"接单 {ticket.number}")
    said = here.say("李明", f"转办 {ticket.number} 物业")
    assert here.ticket(ticket).assignee == here.people["赵师傅"]
    assert "漏水" in said.said_to("@赵师傅") and "接单 阳光1" in said.buttons_for("@赵师傅")
    assert said.said_to("@李明").startswith(f"{ticket.number} 已转给物业赵师傅，您还跟着。")


def test_violence_at_home_is_not_handed_to_the_property_firm(here: Neighbourhood) -> None:
    here.say("张女士", "阳光花园3幢2单元，我老公又打我，我害怕")
    [ticket] = here.tickets()
    assert ticket.sensitive
    for whom in ("物业", "赵师傅", "网格员"):
        said = here.say("王芳", f"转办 {ticket.number} {whom}")
        assert "只有指定的同事看得到" in said.said_to("@王芳") and said.to("@赵师傅") == said.to("@李明") == []
    assert here.ticket(ticket).assignee is None


def test_an_office_that_nobody_holds_is_not_told_and_the_answer_says_so(here: Neighbourhood) -> None:
    def work(store: Store) -> None:
        store.connection.execute(delete(posts).where(posts.c.person_id == here.people["赵师傅"]))

    here.database.write(work)
    ticket = here.report()
    said = here.say("王芳", f"转办 {ticket.number} 物业")
    assert "没人收到通知" in said.said_to("@王芳")


@pytest.mark.parametrize("command", ["转办", "牵头"])
def test_who_hands_it_to_a_department_that_nobody_hears_for_us_is_told_so(here: Neighbourhood, command: str) -> None:
    """Nobody works in 城管, and who works in 水务 has never written to us: it goes there all the same."""
    here.lose_chat("周工")
    for whom in ("水务", "城管"):
        ticket = here.report()
        here.say("李明", f"接单 {ticket.number}")
        said = here.say("王芳", f"{command} {ticket.number} {whom}").said_to("@王芳")
        assert here.ticket(ticket).department is not None
        assert said.splitlines()[0].startswith(f"{ticket.number} 已转给{whom}") and f"{whom}现在收不到我的通知" in said


def test_who_picks_such_a_department_in_the_staff_group_is_told_in_private(here: Neighbourhood) -> None:
    ticket = here.report()
    heard = here.press("王芳", f"转办 {ticket.number} 城管", "community-staff")
    assert "城管现在收不到我的通知" in heard.said_to("@王芳")


def test_said_by_the_way_it_is_told_too_and_never_among_residents(here: Neighbourhood) -> None:
    for who, room in (("王芳", "unit-staff"), ("王芳", "unit")):
        ticket = here.report()
        said = here.decided(who, Acts(ticket.id, "transfer", "城管"), room)
        assert "城管现在收不到我的通知" in said.said_to("@王芳")
        assert "收不到" not in said.said_to(room)


@pytest.mark.parametrize("words", ["转办 {n} 水务", "上报 {n} 难办"])
def test_what_one_waited_for_does_not_hold_up_the_next(here: Neighbourhood, words: str) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    due = here.ticket(ticket).solve_due
    here.say("李明", f"挂起 {ticket.number} 等配件")
    here.wait(days=1)
    handed = here.say("李明", words.format(n=ticket.number))
    now = here.ticket(ticket)
    assert (now.paused_at, now.paused_days) == (None, 1)
    assert now.solve_due is not None and due is not None and now.solve_due > due
    assert "等配件" not in handed.said_to("unit") + handed.said_to("@周工") + handed.said_to("unit-staff")


def test_handed_back_the_clock_goes_on(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"转办 {ticket.number} 水务")
    here.say("周工", f"接单 {ticket.number}")
    here.say("周工", f"挂起 {ticket.number} 等配件")
    back = here.say("周工", f"退回 {ticket.number} 不归我们")
    assert here.ticket(ticket).paused_at is None and "等配件" not in back.said_to("@李明")


def test_a_sentence_is_nobodys_name(here: Neighbourhood) -> None:
    ticket = here.report()
    step = Acts(ticket.id, "transfer", note="垃圾池归镇上保洁，俺把他们领队叫来")
    said = here.decided("王芳", step, "unit").said_to("unit")
    assert "转给负责这事的单位" in said and "领队" not in said
