"""Receive, then handle: nothing is lost, nothing is handled twice, a bad message harms no other."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from bot.channels.replay import NAME, ReplayChannel
from bot.intake import Intake
from bot.replay import furnish
from bot.sender import Sender
from domain.errors import SendFailed
from domain.messages import Incoming, Raw, Said
from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from storage.outbox import Letter
from storage.tables import lines, outbox

START = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
PLACE: dict[str, Any] = {
    "area": {"district": "越城区", "community": "鹭湾社区", "estate": "鹭湾雅苑", "building": "7", "unit": "2"},
    "groups": [{"key": "u", "tier": "unit", "name": "7幢2单元"}],
    "messages": [{"who": "老顾", "role": "resident"}, {"who": "小何", "role": "grid_worker"}],
}


class Breaking(ReplayChannel):
    """A channel on which one message cannot be understood, and which fails to send as told."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: list[SendFailed] = []
        # The key of a delivery whose id no database takes.
        self.unfit: str | None = None

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        if b"poison" in raw.body:
            raise RuntimeError("this one cannot be read")
        found = super().to_incoming(raw)
        if raw.key == self.unfit:
            found = [replace(one, id=object()) for one in found if isinstance(one, Said)]  # type: ignore[arg-type]
        return found

    async def send(self, letter: Letter) -> list[str]:
        if self.fails:
            raise self.fails.pop(0)
        return await super().send(letter)


@dataclass
class Road:
    database: Database
    channel: Breaking
    intake: Intake
    sender: Sender

    def say(self, n: int, text: str, who: str = "老顾") -> Raw:
        at = START + timedelta(seconds=n)
        message = {
            "n": n,
            "who": who,
            "text": text,
            "photo": False,
            "voice": False,
            "location": None,
            "replies_to": None,
            "edited": False,
            "at": at.isoformat(),
        }
        return Raw(NAME, str(n), "u", json.dumps(message, ensure_ascii=False).encode(), at)

    def play(self, *raws: Raw) -> None:
        async def go() -> None:
            await self.intake.receive(raws)
            await self.intake.handle_waiting()
            while await self.sender.send_due():
                pass

        asyncio.run(go())

    def count(self) -> dict[str, int]:
        return self.database.read(lambda store: store.inbox.counts())

    def tickets(self) -> int:
        return len(self.database.read(lambda store: store.tickets.in_area("/", ("open", "taken", "done"))))


@pytest.fixture
def road(database: Database, settings: Settings, reader: Reader) -> Road:
    channel = Breaking()
    database.write(lambda store: furnish(store, PLACE, START))
    return Road(
        database,
        channel,
        Intake(database, {NAME: channel}, settings, reader, lambda: START),
        Sender(database, {NAME: channel}, settings, lambda: START),
    )


def test_a_redelivery_is_handled_once(road: Road) -> None:
    report = road.say(1, "7幢2单元电梯坏了，按了没反应，停在5楼不动")
    road.play(report, report)
    road.play(report)
    assert road.count() == {"done": 1}
    assert road.tickets() == 1


def test_a_message_that_cannot_be_read_is_set_aside_and_the_others_go_on(road: Road) -> None:
    road.play(road.say(1, "poison"), road.say(2, "7幢2单元电梯坏了，按了没反应，停在5楼不动"))
    assert road.count() == {"done": 1, "failed": 1}
    assert road.tickets() == 1
    [failed] = road.database.read(lambda store: store.inbox.kept(["failed"], 10))
    assert failed.reference and "this one cannot be read" in (failed.error or "")
    assert road.database.write(lambda store: store.inbox.retry([failed.id])) == 1
    road.play()
    assert road.count() == {"done": 1, "failed": 1}


def test_what_failed_is_forgotten_like_all_else(road: Road) -> None:
    """With the words that its error may quote; what still waits is not."""
    road.play(road.say(1, "顾奶奶病了 poison"), road.say(2, "你好"))
    road.database.write(lambda store: store.inbox.receive([road.say(3, "还没看")]))
    later = START + timedelta(hours=72)
    assert road.database.write(lambda store: store.inbox.forget_bodies(START))[0] == 0
    assert road.database.write(lambda store: store.inbox.forget_bodies(later))[0] == 2
    [failed] = road.database.read(lambda store: store.inbox.kept(["failed"], 10))
    assert failed.reference and failed.error is None
    assert road.database.write(lambda store: store.inbox.retry(None)) == 0
    assert len(road.database.read(lambda store: store.inbox.waiting(10, later))) == 1


def test_what_was_looked_at_is_passed_over_and_what_waited_then_is_not(road: Road) -> None:
    """Rows stay for years; a night looks at those of a day, and at what was still waiting the night before."""
    second, third = START + timedelta(hours=72), START + timedelta(hours=96)
    road.play(road.say(1, "你好"))
    road.database.write(lambda store: store.inbox.receive([road.say(2, "还没看")]))
    count, since = road.database.write(lambda store: store.inbox.forget_bodies(second))
    assert (count, since) == (1, road.say(2, "还没看").received_at)
    road.play()
    assert road.database.write(lambda store: store.inbox.forget_bodies(third, since)) == (1, third)
    assert road.database.write(lambda store: store.inbox.forget_bodies(third)) == (0, third)


def test_what_fails_when_all_is_written_together_is_set_aside_alone(road: Road) -> None:
    """The fault shows only when the rows of the whole batch are written; nothing of the others is lost or doubled."""
    faults = ("电梯坏了停在5楼不动", "水管爆了一直在漏水", "路灯不亮了，黑漆漆的")
    raws = [road.say(n, f"7幢2单元{text}", who=f"住户{n}") for n, text in enumerate(faults, 1)]
    unfit = replace(road.say(2, "谁家有多的葱", who="住户9"), key="unfit")
    road.channel.unfit = "unfit"
    road.play(raws[0], unfit, *raws[1:])
    assert road.count() == {"done": 3, "failed": 1}
    assert road.tickets() == 3
    [failed] = road.database.read(lambda store: store.inbox.kept(["failed"], 10))
    assert failed.reference and failed.chat == "u"
    said = road.database.read(lambda store: store.connection.execute(select(lines.c.name).order_by(lines.c.id)).all())
    assert [row.name for row in said] == ["住户1", "住户2", "住户3"]
    letters = road.database.read(lambda store: store.connection.execute(select(outbox.c.card)).scalars().all())
    assert len(letters) == len(set(letters)), "no card is put up twice"


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_a_batch_of_reports_takes_few_statements(road: Road) -> None:
    told: list[str] = []

    @event.listens_for(road.database._writer_engine, "begin")
    def begun(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.set_trace_callback(told.append)

    faults = ("电梯坏了停在5楼不动", "2楼楼道灯不亮了，黑漆漆的", "3楼水管爆了一直在漏水", "防火门关不上了")
    road.play()
    told.clear()
    reports = [road.say(n, f"{n}幢{faults[n % 4]}", who=f"住户{n}") for n in range(1, 33)]

    async def go() -> None:
        await road.intake.receive(reports)
        await road.intake.handle_waiting()

    asyncio.run(go())
    assert road.count() == {"done": 32}
    assert road.tickets() > 16
    # What a trigger or a foreign key does is told too, as a comment.
    assert len([one for one in told if not one.startswith("--")]) / len(reports) < 10


def test_the_body_is_not_readable_in_the_database(road: Road) -> None:
    road.play(road.say(1, "我的电话13700001111，7幢2单元电梯坏了"))
    with road.database.engine.connect() as connection:
        for table in ("inbox", "lines", "tickets", "outbox"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):  # the names stand four lines above
                assert "13700001111" not in str(row)
                assert b"13700001111" not in b"".join(cell for cell in row if isinstance(cell, bytes))


def test_what_a_channel_refuses_for_now_goes_again_and_what_it_refuses_for_good_does_not(road: Road) -> None:
    road.channel.fails = [SendFailed("slow down", retry_after=0.0)]
    road.play(road.say(1, "7幢2单元电梯坏了，按了没反应，停在5楼不动"))
    said = len(road.channel.spoken)
    road.database.write(lambda store: store.outbox.retry(None))
    queued = road.database.read(lambda store: store.outbox.counts()).get("queued", 0)
    assert said + queued >= 2
    road.channel.fails = [SendFailed("kicked", permanent=True) for _ in range(9)]
    road.play(road.say(2, "3楼楼道灯不亮了，黑漆漆的，麻烦修一下"))
    assert road.database.read(lambda store: store.outbox.counts())["failed"] >= 1


def test_an_unknown_fate_is_shown_to_staff_where_a_repeat_does_harm(road: Road) -> None:
    road.channel.capabilities = replace(road.channel.capabilities, repeat_is_harmful=True)
    road.channel.fails = [SendFailed("no answer", unknown=True) for _ in range(9)]
    road.play(road.say(1, "7幢2单元电梯坏了，按了没反应，停在5楼不动"))
    counts = road.database.read(lambda store: store.outbox.counts())
    assert counts.get("unknown", 0) >= 1 and "queued" not in counts


def test_a_name_without_end_and_a_nul_do_no_harm(road: Road) -> None:
    account = road.database.write(lambda store: store.people.account("x", "7", "长\0" * 300, START))
    assert account.name == "长" * 120
    road.play(road.say(1, "7幢2单元电梯坏了\0，按了没反应，停在5楼不动"))
    assert road.count() == {"done": 1}
    assert road.tickets() == 1


def test_nothing_is_understood_before_its_receipt_is_committed(road: Road) -> None:
    """On SQLite work shares a commit: what kills the process then must not take its own receipt with it."""
    kept: list[int] = []
    understand = road.channel.to_incoming

    def look(raw: Raw) -> list[Incoming]:
        kept.append(sum(road.count().values()))
        return understand(raw)

    road.channel.to_incoming = look  # type: ignore[method-assign]
    held = threading.Event()

    async def go() -> None:
        busy = road.database.submit(lambda _store: held.wait(5))
        receiving = asyncio.create_task(road.intake.receive([road.say(1, "7幢2单元电梯坏了")]))
        await asyncio.sleep(0.05)
        handling = asyncio.create_task(road.intake.handle_waiting())
        await asyncio.sleep(0.05)
        held.set()
        await asyncio.wrap_future(busy)
        await receiving
        await handling
        await road.intake.handle_waiting()

    asyncio.run(go())
    assert kept and min(kept) == 1 and road.count() == {"done": 1}
