"""What goes on unseen: the night's forgetting, and the auditor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from sqlalchemy import select, update

from domain.messages import Address, Outgoing, Person, Raw
from domain.people import Role
from domain.tickets import Status
from handlers.asked import ticket_of_card
from handlers.cards import residents_key
from handlers.care.today import ensure_alarms
from handlers.command import parse
from handlers.command import run as run_command
from handlers.context import Context
from handlers.timed import auditor, forget
from storage.alarms import Alarm
from storage.late import WAITS
from storage.tables import cards, care_plans, inbox, lines, outbox, people, posts
from tests.care.conftest import Town
from tests.domain.made import ticket


def alarm(town: Town, kind: str) -> Alarm:
    def of_district(ctx: Context) -> Alarm:
        district = ctx.store.areas.below("/", "district")[0].id
        ctx.store.alarms.set(kind, district, ctx.now, district=district)
        return next(one for one in ctx.store.alarms.due(ctx.now, 500) if one.kind == kind)

    return town.do(of_district)


def heard(town: Town) -> list[str]:
    remote = select(lines.c.remote).order_by(lines.c.id)
    return town.do(lambda ctx: list(ctx.store.connection.execute(remote).scalars()))


def said(town: Town, text: str, *, keep: bool = False) -> None:
    town.says(
        "u:zhang",
        text,
        lambda ctx, speaker: ctx.store.lines.keep([speaker.line or 0]) if keep else None,
        chat="g:unit:3-2",
    )


def test_after_72_hours_only_what_became_something_is_left(town: Town) -> None:
    said(town.at("2026-03-10 08:00"), "今天好热")
    said(town.at("2026-03-10 08:01"), "电梯坏了", keep=True)
    said(town.at("2026-03-12 08:00"), "明天降温")
    ringing = alarm(town.at("2026-03-13 08:30"), "forget")
    assert town.do(lambda ctx: forget.run(ctx, ringing)) == []
    assert [one.rpartition(":")[2] for one in heard(town)] == ["电梯坏了", "明天降温"]


def test_a_button_that_nobody_can_press_any_longer_takes_its_words_along(town: Town) -> None:
    """From when it was last given out: the same question may be asked twice."""
    commands = ["撤回 阳光17 是我自己看错了，其实是我家201的灯", "转办 阳光17 滨江区综合行政执法局长河中队"]
    first = [_given(town.at("2026-03-10 08:00"), one) for one in commands]
    assert _given(town.at("2026-03-12 08:00"), commands[1]) == first[1]
    ringing = alarm(town.at("2026-03-13 08:30"), "forget")
    town.do(lambda ctx: forget.run(ctx, ringing))
    assert town.do(lambda ctx: [ctx.store.button_texts.get(one) for one in first]) == [None, commands[1]]


def _given(town: Town, command: str) -> int:
    return town.do(lambda ctx: ctx.store.button_texts.keep(command, ctx.now))


def test_it_comes_again_every_night(town: Town) -> None:
    ringing = alarm(town.at("2026-03-13 03:00"), "forget")
    town.do(lambda ctx: forget.run(ctx, ringing))
    again = alarm_of(town.at("2026-03-14 03:00"), "forget")
    assert again is not None and again.due == town.now


def alarm_of(town: Town, kind: str) -> Alarm | None:
    return town.do(lambda ctx: next((one for one in ctx.store.alarms.due(ctx.now, 500) if one.kind == kind), None))


def test_where_there_is_more_it_goes_on_in_a_minute(town: Town) -> None:
    for number in range(4):
        said(town.at(f"2026-03-10 08:0{number}"), f"闲聊{number}")
    town.settings = replace(town.settings, beat=replace(town.settings.beat, batch=3))
    ringing = alarm(town.at("2026-03-14 03:00"), "forget")
    town.do(lambda ctx: forget.run(ctx, ringing))
    assert len(heard(town)) == 1
    again = alarm_of(town.at("2026-03-14 03:01"), "forget")
    assert again is not None
    town.do(lambda ctx: forget.run(ctx, again))
    assert heard(town) == []


def test_that_something_came_is_forgotten_after_thirty_days(town: Town) -> None:
    """Until then a platform may hand it over again; what waits is not touched."""

    def receive(ctx: Context) -> None:
        first, second = (Raw("playground", key, "g", b"{}", ctx.now) for key in ("1", "2"))
        ctx.store.inbox.receive([first, second])
        ctx.store.inbox.done([row.id for row in ctx.store.inbox.waiting(9, ctx.now)][:1], ctx.now)

    def known(ctx: Context) -> list[str]:
        return list(ctx.store.connection.execute(select(inbox.c.key).order_by(inbox.c.id)).scalars())

    town.at("2026-03-10 08:00").do(receive)
    _forget(town.at("2026-04-09 03:00"))
    assert town.do(known) == ["1", "2"]
    _forget(town.at("2026-04-10 03:00"))
    assert town.do(known) == ["2"]


def test_that_a_letter_went_is_forgotten_long_after_its_matter_ended(town: Town) -> None:
    """What is open, what was spoken of since, and what waits is kept with the place of its card."""
    room = Address("playground", "g:community")

    def tell(ctx: Context) -> int:
        ids = [_opened(ctx, number, status) for number, status in enumerate(("closed", "taken", "closed"), start=1)]
        for one in ids:
            ctx.store.outbox.put(Outgoing(room, "收到", card=residents_key(one)), room, ctx.now)
        ctx.store.outbox.put(Outgoing(room, "早上好"), room, ctx.now)
        for letter in ctx.store.outbox.claim(ctx.now, ctx.now, "me", ctx.now, 9, "playground"):
            ctx.store.outbox.sent(letter, [f"m{letter.id}"], ctx.now, ticket_of_card(letter.card))
        ctx.store.outbox.put(Outgoing(room, "还没发"), room, ctx.now)
        return ids[-1]

    def left(ctx: Context) -> tuple[list[str], list[str]]:
        letters = ctx.store.connection.execute(select(outbox.c.card).order_by(outbox.c.id)).scalars()
        return [card or "" for card in letters], list(ctx.store.connection.execute(select(cards.c.card)).scalars())

    last = town.at("2026-03-10 08:00").do(tell)
    (one, two, three, *_), _ = town.do(left)
    later = town.at("2027-04-10 08:00")
    later.do(lambda ctx: ctx.store.tickets.touch(last, ctx.now))
    town.settings = replace(town.settings, beat=replace(town.settings.beat, batch=2))
    _forget(town.at("2027-04-14 03:00"))
    assert town.do(left) == ([one, two, three, "", ""], [one, two, three]), "four hundred days are not over"
    for minute in range(4):
        _forget(town.at(f"2027-04-15 08:0{minute}"))
    assert town.do(left) == ([two, three, ""], [two, three])


def _opened(ctx: Context, number: int, status: Status) -> int:
    area = ctx.store.areas.below("/", "community")[0]
    district = ctx.store.areas.below("/", "district")[0].id
    new = ticket(id=0, number=f"阳光{900 + number}", seq=900 + number, label="阳光", district=district,
                 community=area.id, area=area.id, status=status, opened_at=ctx.now, assignee=None,
                 reporter_account=None, reporter_person=None, group=None)  # fmt: skip
    return ctx.store.tickets.insert(new, last_at=ctx.now).id


def _forget(town: Town) -> None:
    found = alarm_of(town, "forget") or alarm(town, "forget")
    town.do(lambda ctx: forget.run(ctx, found))


# the auditor


def audit(town: Town) -> list[Outgoing]:
    ringing = alarm(town, "auditor")
    messages = town.do(lambda ctx: auditor.run(ctx, ringing))
    town.deliver(messages)
    return messages


def test_where_all_is_well_it_says_nothing(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    report(town)
    assert audit(town.at("2026-03-10 10:00")) == []


def report(town: Town, user: str = "u:limin") -> str:
    parsed = parse("#代报 云栖里3幢2单元门禁坏了", addressed=True)
    assert parsed is not None
    town.says(user, "#代报 云栖里3幢2单元门禁坏了", lambda ctx, speaker: run_command(ctx, speaker, parsed))
    [ticket] = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open",)))
    return ticket.number


def test_on_mondays_it_asks_for_the_holidays_that_nobody_knows(town: Town) -> None:
    def asks(day: str) -> bool:
        return any("2060年的放假安排还没录进来" in one.text for one in audit(town.at(f"{day} 10:00")))

    assert [asks("2060-03-08"), asks("2060-03-09")] == [True, False]
    town.settings = replace(
        town.settings, office=replace(town.settings.office, days_off=tuple(date(2060, 2, day) for day in range(2, 10)))
    )
    assert not asks("2060-03-15")


def test_a_ticket_that_nothing_watches_is_watched_again_and_told(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    number = report(town)

    def lose(ctx: Context) -> None:
        [ticket] = ctx.store.tickets.in_area("/", ("open",))
        ctx.store.alarms.clear(("first_reply", "solve"), ticket.id)

    town.do(lose)
    [told] = audit(town.at("2026-03-10 10:00"))
    assert told.to == Person(town.person("许文")) and number in told.text
    assert audit(town.at("2026-03-10 11:00")) == []


def test_a_reporter_who_would_never_be_reminded_will_be(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    report(town, "u:zhouli")
    parsed = parse("办结 换了读卡器", addressed=True)
    assert parsed is not None
    town.says("u:limin", "办结 换了读卡器", lambda ctx, speaker: run_command(ctx, speaker, parsed))
    [ticket] = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("done",)))
    assert town.do(lambda ctx: ctx.store.alarms.exists("rating", ticket.id))
    town.do(lambda ctx: ctx.store.alarms.clear(("rating",), ticket.id))
    [told] = audit(town.at("2026-03-10 10:00"))
    assert ticket.number in told.text
    assert town.do(lambda ctx: ctx.store.alarms.exists("rating", ticket.id))


def hire(ctx: Context, count: int) -> int:
    """That many workers in a district of their own."""
    district = ctx.store.areas.add(None, "district", "far", "远区", "远").id
    grid = ctx.store.areas.add(district, "grid", "1", "一网格", "").id
    for number in range(count):
        person = ctx.store.people.add(district, f"远{number}", ctx.now)
        ctx.store.people.appoint(person, grid, Role.GRID_WORKER, ctx.now, None)
    return district


def test_it_mends_the_alarms_of_its_own_district_and_the_audit_of_every(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    far = town.do(lambda ctx: hire(ctx, 3))
    audit(town.at("2026-03-10 10:00"))
    assert town.do(lambda ctx: ctx.store.alarms.exists("auditor", far))
    assert not town.do(lambda ctx: ctx.store.alarms.exists("forget", far))
    assert town.do(lambda ctx: ensure_alarms(ctx, far)) == 4
    assert town.do(ensure_alarms) == 0


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_however_many_workers_there_are_their_alarms_are_asked_for_at_once(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    told: list[str] = []

    def look(ctx: Context) -> int:
        driver: Any = ctx.store.connection.connection.dbapi_connection
        driver.set_trace_callback(told.append)
        missing = ensure_alarms(ctx)
        driver.set_trace_callback(None)
        return missing

    town.do(lambda ctx: (hire(ctx, 200), ensure_alarms(ctx)))
    assert town.do(look) == 0
    assert 0 < len(told) < 20


def test_it_tells_once_a_day(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)

    def broken(ctx: Context) -> None:
        ctx.store.inbox.receive([Raw("playground", "broken", "g:unit:3-2", b"{}", ctx.now)])
        row = ctx.store.inbox.left_new(ctx.now, 1, 1)[0][0]
        ctx.store.inbox.failed(row, ctx.now, "ref", "ValueError")

    town.do(broken)
    first = audit(town.at("2026-03-10 10:00"))
    second = audit(town.at("2026-03-10 11:00"))
    assert len(first) == 1 and "1条收到的消息" in first[0].text
    assert [one.once for one in second] == [one.once for one in first]
    queued = town.do(lambda ctx: ctx.store.outbox.counts())
    assert queued == {"queued": 1}


def test_what_is_lacking_for_days_keeps_nothing_else_from_being_told(town: Town) -> None:
    town.at("2060-03-08 09:00").do(ensure_alarms)
    [lacking] = audit(town)

    def broken(ctx: Context) -> None:
        ctx.store.inbox.receive([Raw("playground", "broken", "g:unit:3-2", b"{}", ctx.now)])
        ctx.store.inbox.failed(ctx.store.inbox.left_new(ctx.now, 1, 1)[0][0], ctx.now, "ref", "ValueError")

    town.at("2060-03-08 09:30").do(broken)
    told = [one for one in audit(town.at("2060-03-08 10:00")) if one.once != lacking.once]
    assert ["1条收到的消息" in one.text for one in told] == [True]


def test_a_letter_given_up_is_told(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)

    def lost(ctx: Context) -> None:
        district = ctx.store.areas.below("/", "district")[0].id
        to = Address("playground", "g:unit:3-2")
        row = ctx.store.outbox.put(Outgoing(to=to, text="收到"), to, ctx.now, district)
        assert row is not None
        ctx.store.outbox.give_up(row, "failed", "gone")

    town.do(lost)
    [told] = audit(town.at("2026-03-10 10:00"))
    assert "1条消息没发出去" in told.text


def test_a_letter_that_waits_for_its_reader_is_told_but_no_change_of_a_card(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)

    def waits(ctx: Context, mode: Literal["new", "edit"]) -> None:
        district = ctx.store.areas.below("/", "district")[0].id
        to = Address("playground", "g:unit:3-2")
        row = ctx.store.outbox.put(Outgoing(to=to, text="收到", card=f"x:{mode}", mode=mode), to, ctx.now, district)
        assert row is not None
        ctx.store.outbox.give_up(row, "failed", WAITS)

    town.do(lambda ctx: waits(ctx, "edit"))
    assert audit(town.at("2026-03-10 10:00")) == []
    town.do(lambda ctx: waits(ctx, "new"))
    [told] = audit(town.at("2026-03-10 11:00"))
    assert "1条消息没发出去" in told.text


def test_a_worker_without_a_morning_gets_one(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    worker = town.person("李敏")
    town.do(lambda ctx: ctx.store.alarms.clear(("morning",), worker))
    assert audit(town.at("2026-03-10 10:00")) != []
    assert town.do(lambda ctx: ctx.store.alarms.exists("morning", worker))


def test_an_hour_that_jumps_is_no_alarm_too_late(town: Town) -> None:
    town.at("2026-03-10 09:00").do(ensure_alarms)
    ringing = alarm(town.at("2026-03-10 10:00"), "auditor")
    town.do(lambda ctx: ctx.store.alarms.set("solve", 999, ctx.now + timedelta(hours=1), district=ringing.district))
    town.at("2026-03-11 10:00")
    assert town.do(lambda ctx: auditor.run(ctx, ringing)) == []


@pytest.mark.parametrize("how", ["left", "moved on"])
def test_whose_worker_is_gone_is_told_until_somebody_else_is_named(town: Town, how: str) -> None:
    worker, other = town.at("2026-03-10 09:00").person("李敏"), town.person("赵强")
    audit(town)

    def goes(ctx: Context) -> None:
        if how == "left":
            ctx.store.connection.execute(update(people).where(people.c.id == worker).values(active=False))
        else:
            ctx.store.connection.execute(update(posts).where(posts.c.person_id == worker).values(until=ctx.now))

    town.do(goes)
    [told] = audit(town)
    assert "李敏不在岗了，名下4户的走访没人接：3-1-201 陈奶奶，3-2-402 王奶奶" in told.text
    town.do(lambda ctx: ctx.store.connection.execute(update(care_plans).values(worker_id=other)))
    assert audit(town) == []


def test_staff_of_the_community_who_look_in_on_somebody_get_their_list(town: Town) -> None:
    deputy = town.at("2026-03-10 09:00").person("周莉")
    town.do(ensure_alarms)
    assert town.do(lambda ctx: ctx.store.alarms.data_of("morning", [deputy])) == {}
    town.do(lambda ctx: ctx.store.connection.execute(update(care_plans).values(worker_id=deputy)))
    assert town.do(ensure_alarms) == 1
    assert deputy in town.do(lambda ctx: ctx.store.alarms.data_of("morning", [deputy]))
