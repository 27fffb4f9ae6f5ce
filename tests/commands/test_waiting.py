"""What cannot be done in time: more time asked for, a clock that rests, a matter handed back, one that is given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas import Group
from domain.calendar import Span
from domain.people import Role
from domain.tickets import Ticket
from nlu.until import until_in
from storage.store import Store
from tests.commands.neighbourhood import CHANNEL, START, Neighbourhood


def taken(here: Neighbourhood) -> Ticket:
    ticket = here.report()
    here.say("李明", "接单")
    return here.ticket(ticket)


def engage(here: Neighbourhood, who: str, department: str) -> None:
    """Somebody who works in the department of that name."""

    def work(store: Store) -> None:
        one = next(one for one in store.areas.departments(here.areas["district"]) if one.name == department)
        person = here.people[who] = store.people.add(here.areas["district"], who, here.now)
        store.people.appoint(person, here.areas["district"], Role.DEPARTMENT, here.now, one.id)
        account = store.people.account(CHANNEL, who, who, here.now, private_chat=f"@{who}")
        store.people.bind_account(account.id, person)

    here.database.write(work)


# 延期


def test_more_time_is_asked_for_agreed_a_tier_up_and_told_to_the_resident(here: Neighbourhood) -> None:
    ticket = taken(here)
    assert ticket.solve_due is not None
    asked = here.say("李明", f"延期 {ticket.number} 3天 门机皮带没到")
    assert "门机皮带没到" in asked.said_to("@王芳") and f"批准 {ticket.number}" in asked.buttons_for("@王芳")
    assert not asked.to("unit") and not here.ticket(ticket).extended
    agreed = here.press("王芳", f"批准 {ticket.number}", card=f"ticket:{ticket.id}:asked:{here.people['王芳']}")
    later = here.ticket(ticket)
    # Friday 09:00 and three working days more: Wednesday.
    assert later.extended and later.solve_due == datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    assert "门机皮带没到" in agreed.said_to("@张女士") and "3月18日" in agreed.said_to("@张女士")
    assert ticket.number in agreed.said_to("@李明") and "3月18日" in agreed.said_to("unit")
    refused = here.say("李明", f"延期 {ticket.number} 3天 还没到")
    assert "不能再延" in refused.said_to("@李明") and not refused.to("@王芳")


def test_to_a_day_and_without_a_reason_he_is_asked_how(here: Neighbourhood) -> None:
    ticket = taken(here)
    for words in ("", "3天", "等配件"):
        heard = here.say("李明", f"延期 {ticket.number} {words}".strip())
        assert "延期" in heard.said_to("@李明") and not heard.to("@王芳")
    here.say("李明", f"延期 {ticket.number} 到下周二，等专家来")
    here.say("王芳", f"批准 {ticket.number}")
    assert here.ticket(ticket).solve_due == datetime(2026, 3, 17, 12, 0, tzinfo=UTC)


def test_who_works_on_it_cannot_agree_himself_and_a_no_leaves_the_deadline(here: Neighbourhood) -> None:
    ticket = taken(here)
    assert "没有等着批" in here.say("王芳", f"批准 {ticket.number}").said_to("@王芳")
    here.say("李明", f"延期 {ticket.number} 3天 等配件")
    assert here.say("李明", f"批准 {ticket.number}").said_to("@李明")
    assert not here.ticket(ticket).extended
    no = here.say("王芳", "不批准 再催一催厂家")
    assert "再催一催厂家" in no.said_to("@李明")
    assert here.ticket(ticket).solve_due == ticket.solve_due
    assert "没有等着批" in here.say("王芳", f"批准 {ticket.number}").said_to("@王芳")


def test_an_emergency_gets_no_more_time(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.say("李明", f"接单 {ticket.number}")
    for words in ("延期 {} 3天 等配件", "挂起 {} 等配件", "客观办不了 {} 没有钥匙"):
        assert "急事" in here.say("李明", words.format(ticket.number)).said_to("@李明")
    assert here.ticket(ticket).paused_at is None


# 挂起, 恢复


def test_a_pause_is_seen_by_all_and_moves_the_deadline(here: Neighbourhood) -> None:
    ticket = taken(here)
    paused = here.say("李明", f"挂起 {ticket.number} 等厂家配件")
    assert "等厂家配件" in paused.said_to("unit") and "等厂家配件" in paused.said_to("unit-staff")
    assert f"恢复 {ticket.number}" in paused.buttons_for("unit-staff")
    assert not here.wait(days=3).to("@李明")
    here.say("李明", "恢复")
    again = here.ticket(ticket)
    assert again.paused_at is None and again.paused_days == 3
    assert again.solve_due == datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    assert "没有挂起" in here.say("李明", f"恢复 {ticket.number}").said_to("@李明")


def test_ten_working_days_are_all_and_then_it_goes_on_by_itself(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.say("李明", f"挂起 {ticket.number} 等厂家配件")
    heard = here.wait(days=16)
    again = here.ticket(ticket)
    assert (again.paused_at, again.paused_days) == (None, here.settings.sla.max_pause_days)
    assert "用完了" in heard.said_to("@李明")
    assert "用完" in here.say("李明", f"挂起 {ticket.number} 还在等").said_to("@李明")
    # The clock runs again: it is warned of, and told when it is overdue.
    assert ticket.number in here.wait(days=6).said_to("@王芳")


def test_of_a_sensitive_matter_no_later_time_is_written_to_the_reporter(here: Neighbourhood) -> None:
    ticket = here.report(summary="楼上孩子天天被虐待", category="public_security", private=True)
    assert ticket.sensitive
    here.say("王芳", f"接单 {ticket.number}")
    here.say("王芳", f"延期 {ticket.number} 3天 在联系妇联")
    agreed = here.say("吴主任", f"批准 {ticket.number}")
    assert here.ticket(ticket).extended and not agreed.to("@张女士")
    assert "请您当面或打电话告诉他" in agreed.said_to("@王芳") and "告诉报的人" not in agreed.said_to("@王芳")


# 退回, 牵头


def test_a_department_hands_back_once_and_soon(here: Neighbourhood) -> None:
    ticket = taken(here)
    handed = here.say("李明", f"转办 {ticket.number} 水务")
    assert f"退回 {ticket.number}" in handed.buttons_for("@周工")
    assert "为什么退回" in here.press("周工", f"退回 {ticket.number}").said_to("@周工")
    back = here.say("周工", f"退回 {ticket.number} 户内管道不归我们")
    assert "户内管道不归我们" in back.said_to("@李明") and not back.to("@王芳")
    now = here.ticket(ticket)
    assert (now.department, now.assignee, now.bounces) == (None, here.people["李明"], 1)
    here.say("李明", f"转办 {ticket.number} 水务 就是你们的主管")
    assert "牵头" in here.say("周工", f"退回 {ticket.number} 真不归我们").said_to("@周工")
    assert here.ticket(ticket).bounces == 1


def test_after_two_duty_hours_it_is_theirs(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.say("李明", f"转办 {ticket.number} 水务")
    here.wait(hours=2, minutes=1)
    assert "不能退回" in here.say("周工", f"退回 {ticket.number} 不归我们").said_to("@周工")
    assert here.ticket(ticket).department is not None


def test_how_long_there_is_to_take_it_or_hand_it_back_is_told_as_it_is_set(here: Neighbourhood) -> None:
    soon = replace(here.settings.sla, bounce_within=Span(30, "minutes"), upper_tier_takes=Span(45, "minutes"))
    here.settings = replace(here.settings, sla=soon)
    ticket = taken(here)
    here.say("李明", f"转办 {ticket.number} 水务")
    assert "过了45分钟还没人接" in here.wait(minutes=50).said_to("@王芳")
    assert "超过30分钟了，不能退回" in here.say("周工", f"退回 {ticket.number} 不归我们").said_to("@周工")
    here.say("周工", "语言 英语")
    assert "more than 30 minutes" in here.say("周工", f"退回 {ticket.number} 不归我们").said_to("@周工")


def test_handed_back_twice_the_secretary_names_the_lead_who_keeps_it(here: Neighbourhood) -> None:
    engage(here, "何队", "城管")
    ticket = taken(here)
    here.say("李明", f"转办 {ticket.number} 水务")
    here.say("周工", f"退回 {ticket.number} 不归我们")
    here.say("李明", f"转办 {ticket.number} 城管")
    twice = here.say("何队", f"退回 {ticket.number} 也不归我们")
    assert f"牵头 {ticket.number}" in twice.buttons_for("@王芳")
    assert here.say("李明", f"牵头 {ticket.number} 水务").said_to("@李明")
    assert here.ticket(ticket).department is None
    offered = here.press("王芳", f"牵头 {ticket.number}").buttons_for("@王芳")
    assert f"牵头 {ticket.number} 水务" in offered
    named = here.press("王芳", f"牵头 {ticket.number} 水务")
    assert ticket.number in named.said_to("@周工") and f"退回 {ticket.number}" not in named.buttons_for("@周工")
    assert "牵头" in here.say("周工", f"退回 {ticket.number} 不归我们").said_to("@周工")


# 客观办不了


def test_what_cannot_be_done_is_agreed_to_told_and_counted_apart(here: Neighbourhood) -> None:
    ticket = taken(here)
    asked = here.say("李明", f"客观办不了 {ticket.number} 楼里没有管道井")
    assert "楼里没有管道井" in asked.said_to("@王芳") and here.ticket(ticket).status == "taken"
    told = here.say("王芳", f"批准 {ticket.number}")
    ended = here.ticket(ticket)
    assert (ended.status, ended.impossible, ended.rating) == ("closed", True, None)
    assert "楼里没有管道井" in told.said_to("unit") and "办好了" not in told.said_to("unit")
    assert "楼里没有管道井" in told.said_to("@张女士") and "1 好了" not in told.said_to("@张女士")
    assert not here.wait(hours=30).to("@张女士")
    here.say("张女士", f"重办 {ticket.number} 隔壁楼就装上了")
    assert here.ticket(ticket).status == "taken" and not here.ticket(ticket).impossible


# 上一级


def test_passed_up_and_not_taken_in_two_duty_hours_the_next_level_hears_of_it(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.say("李明", f"上报 {ticket.number} 要动用维修资金")
    assert not here.wait(hours=1, minutes=55).to("@吴主任")
    told = here.wait(minutes=10)
    assert ticket.number in told.said_to("@吴主任") and not told.to("unit")
    assert not here.wait(hours=3).to("@吴主任")


def test_taken_above_in_time_nobody_is_told(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.say("李明", f"上报 {ticket.number} 要动用维修资金")
    here.say("陈干事", f"接单 {ticket.number}")
    assert not here.wait(hours=4).to("@吴主任")


def test_a_department_that_does_not_take_it_is_told_of(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.say("李明", f"转办 {ticket.number} 水务")
    told = here.wait(hours=2, minutes=5)
    assert "水务" in told.said_to("@王芳") and ticket.number in told.said_to("@王芳")


def test_passed_up_in_the_evening_counts_duty_hours(here: Neighbourhood) -> None:
    ticket = taken(here)
    here.now = START + timedelta(hours=10)
    here.say("李明", f"上报 {ticket.number} 难办")
    assert not here.wait(hours=13, minutes=55).to("@吴主任")
    assert here.wait(minutes=10).to("@吴主任")


# where people belong


def test_where_somebody_was_last_heard_outlives_his_lines(here: Neighbourhood) -> None:
    here.say("老刘", "今天天气不错", "unit")
    forgotten = here.database.write(lambda store: store.lines.forget(here.now + timedelta(days=4), 100))
    assert forgotten > 0

    def heard_in(store: Store) -> Group | None:
        account = store.people.account(CHANNEL, "老刘", "老刘", here.now)
        return store.areas.group(account.last_group) if account.last_group is not None else None

    assert here.read(heard_in) == here.groups["unit"]
    here.now += timedelta(days=4)
    here.say("老刘", "3幢2单元门禁坏了，进不去")
    assert [one.area for one in here.read(lambda store: store.tickets.in_area("/", ("open", "proposed")))] == [
        here.areas["unit"]
    ]


# until when


@pytest.mark.parametrize(
    ("text", "days", "day", "rest"),
    [
        ("3天 配件没到", 3, None, "配件没到"),
        ("再延三个工作日，等配件", 3, None, "等配件"),
        ("两周 走流程", 10, None, "走流程"),
        ("到周五 等审批", None, "2026-03-13", "等审批"),
        ("到周二 等审批", None, "2026-03-17", "等审批"),
        ("下周日前，人不在", None, "2026-03-22", "人不在"),
        ("12月3日 等专家", None, "2026-12-03", "等专家"),
        ("1月3日 等专家", None, "2027-01-03", "等专家"),
        ("月底 开会", None, "2026-03-31", "开会"),
        ("配件没到，延到3月20号", None, "2026-03-20", "配件没到"),
    ],
)
def test_until_when(text: str, days: int | None, day: str | None, rest: str) -> None:
    found = until_in(text, START.date())
    assert found is not None
    assert (found.days, found.day.isoformat() if found.day else None, found.rest) == (days, day, rest)


@given(st.text("延到再下周一二三日天号月年0123456789-./ ，个工作底明后大", max_size=20))
def test_whatever_is_said_a_day_named_is_still_to_come(text: str) -> None:
    found = until_in(text, START.date())
    if found is not None and found.day is not None and "20" not in text:
        assert found.day > START.date()
    assert until_in("", START.date()) is None
