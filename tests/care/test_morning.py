"""The morning list: what stands in it, and when it goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.leaves import Leave
from domain.messages import Outgoing, Person
from handlers.care.today import ensure_alarms, morning_list, today
from handlers.command import parse
from handlers.command import run as run_command
from handlers.context import Context
from handlers.timed.morning import run
from tests.care.conftest import ZONE, Town
from tests.care.test_visits import command


def ring(town: Town) -> list[Outgoing]:
    """What the clock does: every alarm of the morning that is due, once."""

    def tick(ctx: Context) -> list[Outgoing]:
        said: list[Outgoing] = []
        for alarm in ctx.store.alarms.due(ctx.now, 500):
            if alarm.kind == "morning":
                said += run(ctx, alarm)
            ctx.store.alarms.settle(alarm)
        return said

    said = town.do(tick)
    town.deliver(said)
    return said


def test_it_says_whom_to_see_in_walking_order(town: Town) -> None:
    worker = town.person("李敏")
    listed = town.at("2026-03-10 08:00").do(lambda ctx: morning_list(ctx, worker, today(ctx)))
    assert listed.has_anything
    assert listed.text.splitlines() == [
        "李敏，早上好，今天周二。",
        "走访4户：3-1-201 陈奶奶，3-2-402 王奶奶，5-1-101 老周，5-1-302 小林",
        "都联系过了回“都好”，差哪户回“除了201”；今天不在，回“请假”。",
    ]


def test_each_worker_gets_his_own_once(town: Town) -> None:
    town.at("2026-03-10 07:00").do(ensure_alarms)
    assert ring(town) == []
    said = ring(town.at("2026-03-10 08:00"))
    assert len(said) == 3
    assert {one.once for one in said} == {
        f"morning:{town.person(name)}:2026-03-10" for name in ("李敏", "赵强", "何静")
    }
    assert ring(town.at("2026-03-10 08:01")) == []
    assert len(ring(town.at("2026-03-11 08:00"))) == 3


@pytest.mark.parametrize(
    ("started", "lists"),
    [
        ("2026-03-10 08:10", 3),
        ("2026-03-10 19:59", 3),
        ("2026-03-10 21:00", 0),
        ("2026-03-12 08:00", 3),
        ("2026-03-12 03:00", 0),
    ],
)
def test_a_process_that_was_down_sends_todays_and_no_other(town: Town, started: str, lists: int) -> None:
    town.at("2026-03-09 12:00").do(ensure_alarms)
    said = ring(town.at(started))
    assert len(said) == lists
    assert all(one.once is not None and one.once.endswith(started[:10]) for one in said)
    # It goes on the next morning whatever happened.
    following = town.now.replace(hour=8, minute=0)
    if following <= town.now:
        following += timedelta(days=1)
    assert len(ring(town.at(following.isoformat()[:16]))) == 3


def test_nothing_to_do_no_message(town: Town) -> None:
    worker = town.person("何静")

    def nobody_left(ctx: Context) -> None:
        for plan in ctx.store.visits.of_worker(worker, today(ctx)):
            ctx.store.visits.end(plan.id, today(ctx))

    town.at("2026-03-09 12:00").do(nobody_left)
    town.do(ensure_alarms)
    said = ring(town.at("2026-03-10 08:00"))
    assert f"morning:{worker}:2026-03-10" not in {one.once for one in said}
    assert len(said) == 2


def test_who_is_away_gets_none_until_he_is_back(town: Town) -> None:
    town.at("2026-03-09 12:00").do(ensure_alarms)
    worker = town.person("李敏")
    leave = Leave(0, worker, date(2026, 3, 9), date(2026, 3, 11))
    town.do(lambda ctx: ctx.store.leaves.keep(leave, ctx.store.people.get(worker).district))
    for day, lists in (("2026-03-10", 2), ("2026-03-11", 2), ("2026-03-12", 3)):
        said = ring(town.at(f"{day} 08:00"))
        assert len([one for one in said if (one.once or "").startswith("morning:")]) == lists


def test_on_each_morning_of_a_leave_the_list_goes_to_who_stands_in(town: Town) -> None:
    town.at("2026-03-09 12:00").do(ensure_alarms)
    deputy, secretary = Person(town.person("周莉")), Person(town.person("陈卫红"))
    [handed] = [one for one in command(town.at("2026-03-10 07:30"), "请假 3天") if one.to == deputy]
    assert "3-1-201 陈奶奶" in handed.text
    assert [one for one in ring(town.at("2026-03-10 08:00")) if one.to == deputy] == []
    [second] = [one for one in ring(town.at("2026-03-11 08:00")) if one.to == deputy]
    assert second.text.startswith("李敏到3月12日（周四）请假，请您代一下。\n走访4户：3-1-201 陈奶奶，")
    # What was seen to is not told again, and nobody who is away himself is asked.
    command(town, "#走访 3-2-402 王奶奶精神不错", user="u:zhouli")
    command(town.at("2026-03-12 07:30"), "请假", user="u:zhouli")
    [third] = [one for one in ring(town.at("2026-03-12 08:00")) if one.to == secretary]
    assert "3-1-201 陈奶奶" in third.text and "3-2-402" not in third.text
    assert [one for one in ring(town.at("2026-03-13 08:00")) if one.to in (deputy, secretary)] == []


def test_what_is_due_stands_first_and_the_rest_is_counted(town: Town) -> None:
    worker = town.person("李敏")
    for matter in ("3幢2单元门禁坏了", "5幢1单元楼道灯不亮", "3幢1单元的门禁坏了"):
        parsed = parse(f"#代报 {matter}", addressed=True)
        assert parsed is not None
        town.at("2026-03-06 09:00").says(
            "u:limin", matter, lambda ctx, speaker, one=parsed: run_command(ctx, speaker, one)
        )

    def take(ctx: Context) -> list[str]:
        mine = ctx.store.tickets.in_area("/", ("open",))
        for ticket in mine[:2]:
            moved = replace(ticket, status="taken", assignee=worker, version=ticket.version + 1)
            if ticket is mine[0]:
                moved = replace(moved, solve_due=datetime(2026, 3, 10, 16, tzinfo=ZONE))
            ctx.store.tickets.save(moved, ticket.version)
        return [ticket.number for ticket in mine]

    first, second, third = town.do(take)
    lines = town.at("2026-03-10 08:00").do(lambda ctx: morning_list(ctx, worker, today(ctx))).text.splitlines()
    assert lines[1].startswith(f"先办：{first} ") and lines[1].endswith("今天16:00到期")
    assert any(line.startswith(f"还没人接：{third} ") for line in lines)
    assert "手上还有1件，都不急。" in lines and all(second not in line for line in lines)


def test_two_processes_queue_it_once(town: Town) -> None:
    town.at("2026-03-10 07:00").do(ensure_alarms)
    town.at("2026-03-10 08:00")

    def twice(ctx: Context) -> list[Outgoing]:
        alarms = [one for one in ctx.store.alarms.due(ctx.now, 500) if one.kind == "morning"]
        return [message for alarm in (*alarms, *alarms) for message in run(ctx, alarm)]

    said = town.do(twice)
    assert len(said) == 6
    assert town.deliver(said) == 3


def test_missing_alarms_are_found_and_set_once(town: Town) -> None:
    assert town.do(ensure_alarms) == 5
    assert town.do(ensure_alarms) == 0
