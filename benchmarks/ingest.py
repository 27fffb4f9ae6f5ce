"""Ingest: messages from 16 producers through intake (decode, read, store, outbox), beside django-helpdesk.

Both take the same messages on SQLite in WAL mode, in turn, five rounds for each kind of talk; of the rounds' ratios the
median counts. The peer makes a ticket of every message; we make one where a report is heard, so all kinds are shown.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from benchmarks.peers.environment import python_with
from bot.channels.replay import NAME, ReplayChannel
from bot.clock import OfficeClock
from bot.intake import Intake
from domain.areas import Audience
from domain.messages import Address, Raw
from domain.people import Role
from domain.reading import TIERS, Tier
from domain.running import StorageSettings
from domain.settings import Settings
from domain.tickets import STATUSES
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store

DATA = Path(__file__).parents[1] / "nlu" / "data"
# A day's talk of groups (one line in seven a report), every kind of message (a half), and nothing but reports.
KINDS = (
    ("everyday talk", "messages-b.jsonl", False),
    ("mixed", "messages.jsonl", False),
    ("reports", "messages.jsonl", True),
)
PRODUCERS = 16
MESSAGES = 1200
ROUNDS = 5
WANTED = 4.0

# Communities of a district: estates with a group each, houses with a group each, and the group of the district.
COMMUNITIES = ("鹭湾", "云栖", "清河", "望江")
ESTATES = ("鹭湾雅苑", "柳岸新村", "桂花苑", "石桥里")
HOUSES = 10
RESIDENTS = 400
# A busy community: a message every half hour, day and night, nothing finished while it runs.
APART = timedelta(minutes=30)
START = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled message of the training data, said in a group of its tier."""

    tier: Tier
    text: str


def messages(file: str, *, reports_only: bool) -> list[Message]:
    rows = [json.loads(line) for line in (DATA / file).read_text(encoding="utf-8").splitlines()]
    return [Message(row["tier"], row["text"]) for row in rows if row["report"] or not reports_only][:MESSAGES]


def settle(store: Store, communities: int = 1) -> dict[Tier, list[str]]:
    """The communities with their groups, staff groups and a grid worker each. Returns the chats of each tier, those of
    a community together."""
    district = store.areas.add(None, "district", "越城区", "越城区", label="越城")
    chats: dict[Tier, list[str]] = {"unit": [], "community": [], "district": ["district"]}

    def bind(chat: str, area: int, tier: Tier, audience: Audience) -> None:
        store.areas.bind(Address(NAME, chat), area, tier, audience, chat, START)

    bind("district", district.id, "district", "residents")
    bind("staff:district", district.id, "district", "staff")
    for label in COMMUNITIES[:communities]:
        community = store.areas.add(district.id, "community", f"{label}社区", f"{label}社区", label=label)
        mark = "" if label == COMMUNITIES[0] else label
        for name in ESTATES:
            estate = store.areas.add(community.id, "estate", f"{mark}{name}", f"{mark}{name}")
            bind(f"{mark}{name}", estate.id, "community", "residents")
            chats["community"].append(f"{mark}{name}")
            for house in range(1, HOUSES + 1):
                unit = store.areas.add(estate.id, "unit", f"{house}-1", f"{house}-1")
                bind(f"{mark}{name}{house}", unit.id, "unit", "residents")
                chats["unit"].append(f"{mark}{name}{house}")
        for tier in TIERS[:2]:
            bind(f"staff:{mark}{tier}", community.id, tier, "staff")
        who = f"{mark}小何"
        person = store.people.add(district.id, who, START)
        store.people.bind_account(store.people.account(NAME, who, who, START, private_chat=who).id, person)
        store.people.appoint(person, community.id, Role.GRID_WORKER, START)
    return chats


def deliveries(said: Sequence[Message], chats: dict[Tier, list[str]], communities: int = 1) -> list[Raw]:
    """In the chats of its tier by turns; a resident belongs to one community, and speaks in it and in the district."""
    raws = []
    for n, message in enumerate(said, 1):
        at = START + n * APART
        rooms = chats[message.tier]
        home = n % len(rooms) * communities // len(rooms) if len(rooms) > 1 else n % communities
        body = {
            "n": n,
            "who": f"住户{n % RESIDENTS // communities * communities + home}",
            "text": message.text,
            "photo": False,
            "voice": False,
            "location": None,
            "replies_to": None,
            "edited": False,
            "at": at.isoformat(),
        }
        raws.append(Raw(NAME, str(n), rooms[n % len(rooms)], json.dumps(body, ensure_ascii=False).encode(), at))
    return raws


def opened(storage: StorageSettings) -> Database:
    """A new database with every table."""
    database = Database(storage, Cipher(new_key()))
    migrate.upgrade(database)
    return database


def ours(database: Database, said: list[Message], reader: Reader, communities: int = 1) -> dict[str, float]:
    """Our own road, until every message is handled. Tickets and seconds. Closes the database."""
    chats = database.write(lambda store: settle(store, communities))
    seconds, processor = taken_in(database, deliveries(said, chats, communities), reader, PRODUCERS)
    tickets, letters, failed = kept(database)
    database.close()
    assert not failed, f"{failed} messages failed"
    return {"messages": len(said), "tickets": tickets, "letters": letters, "seconds": seconds, "processor": processor}


def kept(database: Database) -> tuple[int, int, int]:
    """How many tickets, letters, and messages that failed."""
    return database.read(
        lambda store: (
            len(store.tickets.in_area("/", tuple(STATUSES))),
            sum(store.outbox.counts().values()),
            store.inbox.counts().get("failed", 0),
        )
    )


def taken_in(database: Database, raws: list[Raw], reader: Reader, producers: int) -> tuple[float, float]:
    """So many producers hand these in, until nothing waits to be handled. Seconds by the clock and of the processor."""
    settings = replace(Settings(), storage=database.settings)
    clock = OfficeClock()
    clock.set(START)
    # As `minqing run` does when it has started.
    gc.collect()
    gc.freeze()
    intake = Intake(database, {NAME: ReplayChannel()}, settings, reader, clock.now)

    async def produce(share: list[Raw]) -> None:
        for raw in share:
            clock.set(max(clock.now(), raw.received_at))
            await intake.receive([raw])

    async def go() -> tuple[float, float]:
        began, used = time.perf_counter(), time.process_time()
        handling = asyncio.create_task(intake.run())
        await asyncio.gather(*(produce(raws[one::producers]) for one in range(producers)))
        # Asked as intake itself asks: to count all rows by their state, over and over, would be work of its own.
        while database.glance(lambda store: store.inbox.lanes(clock.now())):
            if handling.done():
                handling.result()
            await asyncio.sleep(0.02)
        seconds, processor = time.perf_counter() - began, time.process_time() - used
        handling.cancel()
        return seconds, processor

    return asyncio.run(go())


def theirs(where: str, folder: Path, said: list[Message], *more: str) -> dict[str, float]:
    """django-helpdesk with its data at a path (SQLite) or url (PostgreSQL); `more` is what it needs for that."""
    python = python_with("django-helpdesk==2.6.1", *more)
    messages = folder / "messages.json"
    messages.write_text(json.dumps([message.text for message in said], ensure_ascii=False), encoding="utf-8")
    script = Path(__file__).parent / "peers" / "desk.py"
    done = subprocess.run(
        [python, script, where, messages, str(PRODUCERS)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"django-helpdesk failed: {done.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def in_turn(number: int, names: Sequence[str]) -> Sequence[str]:
    """Who goes when in that round: each is first in its turn."""
    first = number % len(names)
    return (*names[first:], *names[:first])


def ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    """The median of what one was to the other in each round: a machine's speed changes from one minute to the next."""
    return statistics.median(mine / its for mine, its in zip(ours, other, strict=True))


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    reader = Reader.load()
    short = False
    for kind, file, reports_only in KINDS:
        said = messages(file, reports_only=reports_only)
        rates: dict[str, list[float]] = {"minqing": [], "django-helpdesk": []}
        costs: dict[str, list[float]] = {"minqing": [], "django-helpdesk": []}
        for number in range(ROUNDS):
            for who in in_turn(number, tuple(rates)):
                with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
                    folder = Path(name)
                    if who == "minqing":
                        result = ours(opened(StorageSettings(url=f"sqlite:///{folder / 'ours.db'}")), said, reader)
                    else:
                        result = theirs(str(folder / "helpdesk.db"), folder, said)
                rate = result["messages"] / result["seconds"]
                rates[who].append(rate)
                costs[who].append(result["processor"])
                print(f"{kind:14} {who:16} {rate:8.0f} messages/s   {result}", flush=True)
        faster = ratio(rates["minqing"], rates["django-helpdesk"])
        print(f"{kind:14} median ratio of the rounds: {faster:.1f} (wanted: at least {WANTED:.0f})", flush=True)
        spared = ratio(costs["django-helpdesk"], costs["minqing"])
        print(f"{kind:14} ratio of processor time: {spared:.1f} (what a busy machine does not blur)", flush=True)
        short |= faster < WANTED
    if short:
        sys.exit(1)


if __name__ == "__main__":
    main()
