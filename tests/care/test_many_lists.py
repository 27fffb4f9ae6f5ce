"""One sweep over workers of every sort: each gets exactly his own list, one that fails takes nobody's with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.clock import tick
from domain.leaves import Leave
from domain.people import Role
from domain.tickets import Ticket
from handlers.care.today import ensure_alarms, morning_list, today
from handlers.command import parse
from handlers.command import run as run_command
from handlers.context import Context
from handlers.delivery import post_once
from handlers.timed import SWEEPS
from storage.outbox import TEXT
from storage.tables import alarms, outbox, people
from tests.care.conftest import ZONE, Town

EVE = "2026-03-09 20:00"
MORNING = "2026-03-10 08:00"


@dataclass(frozen=True, slots=True)
class Staff:
    """A town with workers of every sort, and three open matters."""

    town: Town
    of: Mapping[str, int]

    def sweep(self, at: str = MORNING) -> None:
        self.town.at(at)
        tick(self.town.database, self.town.settings, self.town.reader, self.town.now)

    def heard(self) -> dict[str, list[str]]:
        """The lists in the outbox by private chat."""

        def read(ctx: Context) -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for row in ctx.store.connection.execute(
                select(outbox.c.chat, outbox.c.text).where(outbox.c.once.startswith("morning:")).order_by(outbox.c.id)
            ):
                found.setdefault(row.chat, []).append(ctx.store.cipher.open_text(row.text, TEXT))
            return found

        return self.town.do(read)

    def alarm(self, name: str) -> tuple[datetime, int] | None:
        """When the next list is due where the office is, and how often it failed."""

        def read(ctx: Context) -> tuple[datetime, int] | None:
            row = ctx.store.connection.execute(
                select(alarms.c.due, alarms.c.failures).where(
                    alarms.c.kind == "morning", alarms.c.subject == self.of[name]
                )
            ).first()
            return (row.due.astimezone(ZONE), row.failures) if row is not None else None

        return self.town.do(read)

    def spoil(self, *names: str) -> None:
        """Their numbers can be opened by no key of ours."""
        ids = [self.of[name] for name in names]
        self.town.do(
            lambda ctx: ctx.store.connection.execute(
                update(people).where(people.c.id.in_(ids)).values(phone=b"sealed with another key")
            )
        )


def report(town: Town, user: str, matter: str) -> Ticket:
    parsed = parse(f"#代报 {matter}", addressed=True)
    assert parsed is not None
    town.at("2026-03-06 09:00").says(user, matter, lambda ctx, speaker: run_command(ctx, speaker, parsed))
    found = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open",)))
    return max(found, key=lambda one: one.id)


def employ(ctx: Context, name: str, *grids: str, chat: str | None = None) -> int:
    """A grid worker of these grids, with an account where he has a private chat."""
    store, district = ctx.store, ctx.store.areas.below("/", "district")[0].id
    person = store.people.add(district, name, ctx.now)
    for area in store.areas.below("/", "grid"):
        if area.name in grids:
            store.people.appoint(person, area.id, Role.GRID_WORKER, ctx.now)
    if chat is not None:
        account = store.people.account("playground", f"u:{chat}", name, ctx.now, chat)
        store.people.bind_account(account.id, person)
    return person


def look_after(ctx: Context, worker: int, door: str) -> None:
    [home] = ctx.store.households.find("/", door)
    ctx.store.visits.plan(home.id, worker, "daily", date(2026, 3, 1))


@pytest.fixture
def staff(town: Town) -> Staff:
    report(town, "u:limin", "3幢2单元楼道灯不亮")
    report(town, "u:zhaoqiang", "8幢1单元门禁坏了")
    drain = report(town, "u:hejing", "河畔新村2幢1单元下水道堵了")
    of = {name: town.person(name) for name in ("李敏", "赵强", "何静")}

    def arrive(ctx: Context) -> None:
        store, first, second, third = ctx.store, "阳光社区第一网格", "阳光社区第二网格", "清河社区第一网格"
        of["Amy"] = employ(ctx, "Amy", third, chat="private:amy")
        store.connection.execute(update(people).where(people.c.id == of["Amy"]).values(language="en"))
        look_after(ctx, of["Amy"], "5-1-101")
        of["双全"] = employ(ctx, "双全", first, second, chat="private:two")
        of["清闲"] = employ(ctx, "清闲", third, chat="private:idle")
        of["休假"] = employ(ctx, "休假", third, chat="private:away")
        look_after(ctx, of["休假"], "5-1-101")
        away = Leave(0, of["休假"], date(2026, 3, 10), date(2026, 3, 10))
        store.leaves.keep(away, store.people.get(of["休假"]).district)
        of["离职"] = employ(ctx, "离职", third, chat="private:gone")
        look_after(ctx, of["离职"], "5-1-101")
        of["欠着"] = employ(ctx, "欠着", third, chat="private:owed")
        of["没号"] = employ(ctx, "没号", third)
        look_after(ctx, of["没号"], "5-1-101")
        of["托人"] = employ(ctx, "托人", third)
        look_after(ctx, of["托人"], "5-1-101")
        # She may report for her mother; what her mother is sent as a worker is not for her.
        daughter = store.people.account("playground", "u:daughter", "托人的女儿", ctx.now, "private:daughter")
        store.kin.add(daughter.id, of["托人"], ctx.now)
        taken = replace(drain, status="taken", assignee=of["何静"], solve_due=ctx.now + timedelta(hours=20))
        store.tickets.save(replace(taken, version=drain.version + 1), drain.version)
        store.alarms.set(
            "held", of["欠着"], ctx.now + timedelta(days=2), district=drain.district, data={str(drain.id): "solve"}
        )
        assert ensure_alarms(ctx) > len(of)
        store.connection.execute(update(people).where(people.c.id == of["离职"]).values(active=False))

    town.at(EVE).do(arrive)
    return Staff(town, of)


NEXT = datetime(2026, 3, 11, 8, tzinfo=ZONE)
LISTS = {
    "private:u:limin": """李敏，早上好，今天周二。
还没人接：阳光1 3幢2单元楼道灯不亮，明天9点到期
走访4户：3-1-201 陈奶奶，3-2-402 王奶奶，5-1-101 老周，5-1-302 小林
都联系过了回“都好”，差哪户回“除了201”；今天不在，回“请假”。""",
    "private:u:zhaoqiang": """赵强，早上好，今天周二。
还没人接：阳光2 8幢1单元门禁坏了，明天9点到期
走访2户：1-1-202 郭大妈，8-1-101 孙爷爷
都联系过了回“都好”，差哪户回“除了201”；今天不在，回“请假”。""",
    "private:u:hejing": """何静，早上好，今天周二。
先办：清河1 河畔新村2幢1单元下水道堵了，今天16:00到期
走访3户：2-1-102 潘爷爷，6-2-201 董婆婆，6-2-301 小雨
都联系过了回“都好”，差哪户回“除了201”；今天不在，回“请假”。""",
    "private:amy": """Good morning, Amy. Today is Tuesday.
Visits (1): 5-1-101
All contacted: answer "都好". All but one: "除了201". Away today: "请假".""",
    "private:two": """双全，早上好，今天周二。
还没人接：阳光1 3幢2单元楼道灯不亮，明天9点到期
还没人接：阳光2 8幢1单元门禁坏了，明天9点到期""",
    "private:owed": """欠着，早上好。昨天没来得及提醒您的：
清河1 河畔新村2幢1单元下水道堵了，16:00到期""",
}


def test_each_gets_exactly_his_own(staff: Staff) -> None:
    staff.sweep()
    assert staff.heard() == {chat: [text] for chat, text in LISTS.items()}
    # Whoever got none is asked for again tomorrow like the others; who has left is not.
    assert {name: staff.alarm(name) for name in staff.of} == dict.fromkeys(staff.of, (NEXT, 0)) | {"离职": None}


def test_asked_for_alone_it_is_the_same_list(staff: Staff) -> None:
    staff.sweep()
    alone = staff.town.do(lambda ctx: {name: morning_list(ctx, one, today(ctx)) for name, one in staff.of.items()})
    for chat, name in (("private:u:limin", "李敏"), ("private:amy", "Amy"), ("private:two", "双全")):
        assert staff.heard()[chat] == [alone[name].text]
    assert not alone["清闲"].has_anything and not alone["欠着"].has_anything
    assert alone["没号"].visits == 1


@pytest.mark.parametrize("spoilt", [("赵强",), ("李敏", "托人"), ("双全", "Amy", "何静")])
def test_who_fails_keeps_nobody_from_his_list(staff: Staff, spoilt: tuple[str, ...]) -> None:
    staff.spoil(*spoilt)
    with capture_logs() as logged:
        staff.sweep()
    failed = [one["subject"] for one in logged if one["event"] == "alarm_failed" and one["kind"] == "morning"]
    assert sorted(failed) == sorted(staff.of[name] for name in spoilt)
    chats = {
        "李敏": "u:limin",
        "赵强": "u:zhaoqiang",
        "何静": "u:hejing",
        "Amy": "amy",
        "双全": "two",
    }
    without = {f"private:{chats[name]}" for name in spoilt if name in chats}
    assert staff.heard() == {chat: [text] for chat, text in LISTS.items() if chat not in without}
    assert all(staff.alarm(name) == (datetime(2026, 3, 10, 8, 5, tzinfo=ZONE), 1) for name in spoilt)
    staff.town.do(
        lambda ctx: ctx.store.connection.execute(
            update(people).where(people.c.id.in_([staff.of[name] for name in spoilt])).values(phone=None)
        )
    )
    staff.sweep("2026-03-10 08:05")
    assert staff.heard() == {chat: [text] for chat, text in LISTS.items()}


@pytest.mark.parametrize("batch", [1, 2, 5, 500])
def test_a_stall_drops_none_and_doubles_none(staff: Staff, batch: int) -> None:
    town = staff.town
    town.settings = replace(town.settings, beat=replace(town.settings.beat, batch=batch))
    for at in ("2026-03-10 07:59", "2026-03-10 11:40", "2026-03-10 11:40", "2026-03-10 19:00", "2026-03-10 23:00"):
        staff.sweep(at)
    heard = staff.heard()
    assert heard.keys() == LISTS.keys() and all(len(texts) == 1 for texts in heard.values())
    staff.sweep("2026-03-11 08:00")
    # Who was owed something has had it; who was on leave is back.
    again = {chat: 1 + (chat != "private:owed") for chat in LISTS} | {"private:away": 1}
    assert {chat: len(texts) for chat, texts in staff.heard().items()} == again


def test_a_sweep_that_was_cut_off_is_done_again_as_if_it_had_never_begun(staff: Staff) -> None:
    class CutOff(Exception):
        pass

    def cut_off(ctx: Context) -> None:
        due = [one for one in ctx.store.alarms.due(ctx.now, 500) if one.kind == "morning"]
        assert len(due) == len(staff.of)
        post_once(ctx.store, SWEEPS["morning"](ctx, due), ctx.now)
        raise CutOff

    with pytest.raises(CutOff):
        staff.town.at(MORNING).do(cut_off)
    assert staff.heard() == {}
    staff.sweep()
    assert staff.heard() == {chat: [text] for chat, text in LISTS.items()}


def test_alarms_of_an_older_copy_say_nothing_twice(staff: Staff) -> None:
    staff.sweep()

    def turn_back(ctx: Context) -> None:
        due = datetime(2026, 3, 10, 8, tzinfo=ZONE)
        ctx.store.connection.execute(update(alarms).where(alarms.c.kind == "morning").values(due=due))

    staff.town.do(turn_back)
    staff.sweep("2026-03-10 09:00")
    assert {chat: len(texts) for chat, texts in staff.heard().items()} == dict.fromkeys(LISTS, 1)
    assert staff.alarm("李敏") == (NEXT, 0)
