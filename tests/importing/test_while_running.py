"""An import beside an office at work: it waits for nobody, takes the writer for moments only, and is all or nothing."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bot.channels.replay import NAME, ReplayChannel
from bot.console.importing import check, put_in
from bot.importing.reading import read_workbook
from bot.intake import Intake
from domain.messages import Address, Raw
from nlu.reader import Reader
from storage.database import Database
from storage.importing import staging
from storage.store import Store
from storage.tables import FILLED, STAGED, areas, households
from tests.importing.bureau import AREAS, DISTRICT, UNIT, Bureau, Rows, everywhere, save

pytestmark = everywhere
ROOT = Path(__file__).resolve().parent.parent.parent
START = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
DOORS = 6000


def many_doors(path: Path, count: int = DOORS) -> Path:
    codes = [f"{n // 100 + 1}-1-{n % 100 + 101}" for n in range(count)]
    homes: Rows = (("区域", "门牌"), *((UNIT, code) for code in codes))
    living: Rows = (
        ("区域", "门牌", "姓名", "手机号"),
        *((UNIT, code, "王秀兰", f"139{n:08d}") for n, code in enumerate(codes)),
    )
    return save(path, {"户": homes, "住户成员": living})


def counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            one.name: connection.execute(select(func.count()).select_from(one)).scalar_one()
            for one in [*FILLED, *STAGED.values()]
        }


class Talk:
    """Intake at work on a thread of its own: somebody says something every few hundredths of a second."""

    def __init__(self, database: Database, bureau: Bureau, reader: Reader) -> None:
        self.intake = Intake(database, {NAME: ReplayChannel()}, bureau.settings(), reader, lambda: datetime.now(UTC))
        self._database = database
        self.waits: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._talk()))

    async def _talk(self) -> None:
        running = asyncio.create_task(self.intake.run())
        while not self._stop.is_set():
            began = time.perf_counter()
            await self.intake.receive([self._said(len(self.waits))])
            self.waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.03)
        deadline = time.monotonic() + 60
        # On a server the batch that is just being handled holds its lane; it is asked for again until it is done.
        while self.left() and time.monotonic() < deadline:
            await self.intake.handle_waiting()
            await asyncio.sleep(0.05)
        running.cancel()

    def left(self) -> int:
        return self._database.read(lambda store: store.inbox.counts()).get("new", 0)

    @staticmethod
    def _said(n: int) -> Raw:
        at = (START + timedelta(seconds=n)).isoformat()
        blank = {"photo": False, "voice": False, "location": None, "replies_to": None, "edited": False}
        body = {"n": n, "who": f"住户{n % 9}", "text": f"3幢2单元{n}楼的灯又不亮了", "at": at, **blank}
        return Raw(NAME, str(n), "u", json.dumps(body, ensure_ascii=False).encode(), START)

    def __enter__(self) -> Talk:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=90)


def import_in_a_process(bureau: Bureau, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "import", str(file)],
        cwd=bureau.folder,
        env={**os.environ, **bureau.env, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def bind_room(store: Store) -> None:
    [unit] = store.areas.find("/", code="3-2")
    store.areas.bind(Address(NAME, "u"), unit.id, "unit", "residents", "3幢2单元邻居群", START)


def test_intake_goes_on_while_thousands_of_rows_come_in(bureau: Bureau, reader: Reader) -> None:
    bureau.take(DISTRICT)
    file = many_doors(bureau.folder / "doors.xlsx")
    database = bureau.database()
    database.write(bind_room)
    try:
        with Talk(database, bureau, reader) as talk:
            told, _ = import_in_a_process(bureau, file).communicate(timeout=180)
        assert told.splitlines() == [f"{name}：新增 {DOORS}，改动 0，不变 0" for name in ("户", "住户成员")]
        assert len(talk.waits) > 20, "there was talk while it ran"
        states = database.read(lambda store: store.inbox.counts())
        assert states == {"done": len(talk.waits)}, "nothing was lost and nothing failed"
        assert max(talk.waits) < 4, "nobody waited long for the writer"
        after = counts(database)
    finally:
        database.close()
    assert after["households"] == DOORS + 2 and sum(after[one.name] for one in STAGED.values()) == 0


def test_a_killed_import_leaves_nothing_behind_that_matters(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    file = many_doors(bureau.folder / "doors.xlsx")
    database = bureau.database()
    try:
        before = counts(database)
        child = import_in_a_process(bureau, file)
        deadline = time.monotonic() + 120
        while not counts(database)["staged_households"] and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
        after = counts(database)
        assert {name: after[name] for name in before if not name.startswith("staged_")} == {
            name: count for name, count in before.items() if not name.startswith("staged_")
        }
        assert after["staged_households"] > 0, "it was killed while it staged"
        later = datetime.now(UTC) + staging.ABANDONED
        while database.write(lambda store: staging.clear_abandoned(store.connection, later, 1000)):
            pass
        assert sum(count for name, count in counts(database).items() if name.startswith("staged_")) == 0
    finally:
        database.close()
    assert bureau.run("import", str(file)).stdout.startswith(f"户：新增 {DOORS}，")


def test_rows_that_came_meanwhile_are_seen(bureau: Bureau) -> None:
    """A worker notes a visit at a door that the file has too, after the import was planned."""
    bureau.take({"区域": AREAS})
    file = save(bureau.folder / "doors.xlsx", {"户": (("区域", "门牌"), (UNIT, "3-2-101"), (UNIT, "3-2-102"))})
    database = bureau.database()
    try:
        found = read_workbook(file)
        world = check(database, bureau.settings(), found)
        unit = database.read(lambda store: store.areas.find("/", code="3-2")[0].id)
        database.write(lambda store: store.households.add(unit, "3-2-101", START))
        done = put_in(database, bureau.settings(), found, world)
        assert done.counts["households"] == (1, 0, 1)
        assert counts(database)["households"] == 2
    finally:
        database.close()


def test_all_or_nothing(bureau: Bureau) -> None:
    """One row that the tables refuse takes the whole import with it."""
    file = save(bureau.folder / "district.xlsx", DISTRICT)
    database = bureau.database()
    try:
        world = check(database, bureau.settings(), read_workbook(file))
        for table, rows in staging.chunks(world, "run", START, 100):
            database.write(lambda store, table=table, rows=rows: staging.stage(store.connection, table, rows))  # type: ignore[misc]
        spoilt = update(STAGED["residents"]).values(name=None)
        database.write(lambda store: store.connection.execute(spoilt).rowcount)
        with pytest.raises(IntegrityError):
            database.write(lambda store: staging.swap(store.connection, "run", world.fingerprint))
        with database.engine.connect() as connection:
            assert connection.execute(select(areas)).all() == [] and connection.execute(select(households)).all() == []
    finally:
        database.close()
