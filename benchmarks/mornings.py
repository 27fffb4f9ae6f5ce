"""7,103 morning lists due at one moment: enqueued by the clock's sweep, beside one APScheduler job for each worker that
enqueues the same list in a transaction of its own (kept in a database or in memory); after a stall none is dropped or
doubled."""

from __future__ import annotations

import gc
import logging
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, create_engine, event, insert, select

from benchmarks.ingest import ratio
from bot.clock import tick
from domain.people import Role
from domain.running import StorageSettings
from domain.settings import Settings
from handlers.care.today import ensure_alarms
from handlers.context import Context
from handlers.delivery import post
from handlers.timed import morning
from nlu.reader import Reader
from storage import migrate
from storage.alarms import Alarm
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store
from storage.tables import accounts, alarms, care_plans, households, outbox, people, posts, residents

WORKERS = 7103
COMMUNITIES = 72
ROUNDS = 3
WANTED = 25.0
EVENING = datetime(2026, 5, 7, 12, 0, tzinfo=UTC)
# Half past seven in Hangzhou, and forty minutes later: the process was away.
LATE = datetime(2026, 5, 8, 0, 10, tzinfo=UTC)


def settle(store: Store) -> None:
    """A district whose workers have a grid, a private chat and one old neighbour to look in on every day."""
    c, now = store.connection, EVENING
    district = store.areas.add(None, "district", "越城区", "越城区", label="越城")
    grids = []
    for number in range(COMMUNITIES):
        name = f"{number + 1}社区"
        grids.append(store.areas.add(district.id, "community", name, name, label=name))
    numbers = range(1, WORKERS + 1)
    c.execute(
        insert(people),
        [
            {"id": n, "district_id": district.id, "name": f"网格员{n}", "created_at": now, "active": True}
            for n in numbers
        ],
    )
    c.execute(
        insert(accounts),
        [
            {
                "channel": "playground",
                "user_id": f"u{n}",
                "name": f"网格员{n}",
                "person_id": n,
                "private_chat": f"p:{n}",
                "opted_out": False,
                "seen_at": now,
            }
            for n in numbers
        ],
    )
    c.execute(
        insert(posts),
        [
            {
                "person_id": n,
                "area_id": grids[n % COMMUNITIES].id,
                "role": str(Role.GRID_WORKER),
                "full_time": True,
                "since": now,
            }
            for n in numbers
        ],
    )
    c.execute(
        insert(households),
        [
            {
                "id": n,
                "district_id": district.id,
                "community_id": grids[n % COMMUNITIES].id,
                "area_id": grids[n % COMMUNITIES].id,
                "estate": "鹭湾雅苑",
                "kind": "resident",
                "code": f"{n % 30 + 1}-1-{n}",
                "created_at": now,
            }
            for n in numbers
        ],
    )
    c.execute(insert(residents), [{"id": n, "household_id": n, "name": f"{n}奶奶", "tags": []} for n in numbers])
    c.execute(
        insert(care_plans),
        [
            {
                "district_id": district.id,
                "household_id": n,
                "resident_id": n,
                "worker_id": n,
                "rhythm": "daily",
                "weekdays": [],
                "month_day": 1,
                "starts_on": date(2026, 1, 1),
            }
            for n in numbers
        ],
    )


def office(storage: StorageSettings, settings: Settings, reader: Reader) -> Database:
    database = Database(storage, Cipher(new_key()))
    migrate.upgrade(database)
    database.write(settle)
    database.write(lambda store: ensure_alarms(Context(EVENING, store, settings, reader)))
    # Only the mornings are measured, not the night's forgetting.
    database.write(lambda store: store.connection.execute(alarms.delete().where(alarms.c.kind != "morning")))
    # As `minqing run` does when it has started.
    gc.collect()
    gc.freeze()
    return database


def lists(database: Database) -> list[str]:
    """The cards of the lists that are in the outbox."""
    return database.read(lambda store: list(store.connection.execute(select(outbox.c.card)).scalars()))


def whole(database: Database) -> None:
    cards = lists(database)
    assert len(cards) == len(set(cards)) == WORKERS, f"{len(cards)} lists, {len(set(cards))} different"


def by_sweep(database: Database, settings: Settings, reader: Reader) -> float:
    """Two clocks tick after the stall, and each once more: every list is there once."""
    began = time.perf_counter()
    tick(database, settings, reader, LATE)
    seconds = time.perf_counter() - began
    tick(database, settings, reader, LATE + timedelta(seconds=20))
    return seconds


# What the jobs find their way by: a kept job is a name and a number.
_AT_WORK: dict[str, tuple[Database, Settings, Reader, list[Alarm], threading.Semaphore]] = {}


def one_list(place: int) -> None:
    """The work of one worker's job: his list into the outbox. What is due tells APScheduler, so our alarms, which the
    sweep looks up and sets anew, are left alone."""
    database, settings, reader, due, left = _AT_WORK["now"]

    def work(store: Store) -> None:
        ctx, alarm = Context(LATE, store, settings, reader), due[place]
        post(store, morning.lists(ctx, [store.people.get(alarm.subject)]), LATE, alarm.district)

    database.write(work)
    left.release()


def by_jobs(database: Database, settings: Settings, reader: Reader, kept: Engine | None = None) -> float:
    """A job for each worker, all due at one moment; the grace is set so that none is dropped. `kept`: the jobs lie in a
    database and survive a restart, as our alarms do."""
    due = database.read(lambda store: store.alarms.due(LATE, WORKERS))
    left = threading.Semaphore(0)
    _AT_WORK["now"] = database, settings, reader, due, left
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(10)},
        job_defaults={"misfire_grace_time": None},
        jobstores={"default": SQLAlchemyJobStore(engine=kept) if kept is not None else MemoryJobStore()},
    )
    scheduler.start(paused=True)
    at = datetime.now(UTC)
    for place in range(len(due)):
        scheduler.add_job(one_list, "date", args=[place], run_date=at)
    began = time.perf_counter()
    scheduler.resume()
    for _ in due:
        left.acquire()
    seconds = time.perf_counter() - began
    scheduler.shutdown()
    return seconds


def by_kept_jobs(database: Database, settings: Settings, reader: Reader) -> float:
    """As an office that may not lose a morning by a restart would have to do it; the jobs' file is set as ours is."""
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
        engine = create_engine(f"sqlite:///{Path(name) / 'jobs.db'}")

        @event.listens_for(engine, "connect")
        def settle_in(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")

        try:
            return by_jobs(database, settings, reader, engine)
        finally:
            engine.dispose()


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    settings, reader = Settings(), Reader.load()
    ways: dict[str, Callable[[Database, Settings, Reader], float]] = {
        "sweep": by_sweep,
        "kept jobs": by_kept_jobs,
        "jobs in memory": by_jobs,
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    processor: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, run in ways.items():
            with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
                storage = StorageSettings(url=f"sqlite:///{Path(name) / 'mornings.db'}")
                if run is not by_sweep:
                    # Jobs that know nothing of each other commit each for itself. Our writer would commit those of ten
                    # threads together, which APScheduler gives nobody.
                    storage = replace(storage, group_commit=1)
                database = office(storage, settings, reader)
                used = time.process_time()
                seconds[way].append(run(database, settings, reader))
                processor[way].append(time.process_time() - used)
                whole(database)
                database.close()
    for way, rounds in seconds.items():
        cost = statistics.median(processor[way])
        print(f"{way:14} {statistics.median(rounds):6.2f} s for {WORKERS} lists, {cost:.2f} s of the processor")

    def faster(way: str) -> float:
        return ratio(seconds[way], seconds["sweep"])

    kept, lost = faster("kept jobs"), faster("jobs in memory")
    print(f"ratio to jobs that survive a restart, as our alarms do: {kept:.1f} (wanted: {WANTED:.0f})")
    print(f"ratio to jobs in memory, which a restart would lose: {lost:.1f}")
    spared = [ratio(processor[way], processor["sweep"]) for way in ("kept jobs", "jobs in memory")]
    print(f"the same in processor time (what a busy machine does not blur): {spared[0]:.1f} and {spared[1]:.1f}")
    if kept < WANTED:
        sys.exit(1)


if __name__ == "__main__":
    main()
