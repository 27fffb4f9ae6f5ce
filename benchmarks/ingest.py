"""Ingest: messages from 16 producers through intake (decode, read, store, outbox), beside django-helpdesk.

Both take the same report texts on SQLite in WAL mode, in this one run, one after the other, three rounds.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.peers.environment import python_with
from bot.channels.replay import NAME, ReplayChannel
from bot.intake import Intake
from bot.replay import furnish
from domain.messages import Raw
from domain.settings import Settings, StorageSettings
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database

DATA = Path(__file__).parents[1] / "nlu" / "data" / "messages.jsonl"
PRODUCERS = 16
MESSAGES = 1200
ROUNDS = 3
GROUPS = 8


def texts() -> list[str]:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows if row["report"]][:MESSAGES]


def ours(folder: Path, said: list[str], reader: Reader) -> dict[str, float]:
    """Our own road, until every message is handled. Tickets and seconds."""
    settings = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{folder / 'ours.db'}"))
    database = Database(settings.storage, Cipher(new_key()))
    migrate.upgrade(database)
    start = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
    conversation: dict[str, Any] = {
        "area": {"district": "越城区", "community": "鹭湾社区", "estate": "鹭湾雅苑", "building": None, "unit": None},
        "groups": [{"key": f"c{n}", "tier": "community", "name": f"{n}"} for n in range(GROUPS)],
        "messages": [{"who": "小何", "role": "grid_worker"}],
    }
    database.write(lambda store: furnish(store, conversation, start))
    intake = Intake(database, {NAME: ReplayChannel()}, settings, reader, lambda: start)
    raws = []
    for n, text in enumerate(said, 1):
        at = start + timedelta(seconds=n)
        body = {
            "n": n,
            "who": f"住户{n % 60}",
            "text": text,
            "photo": False,
            "voice": False,
            "location": None,
            "replies_to": None,
            "edited": False,
            "at": at.isoformat(),
        }
        raws.append(Raw(NAME, str(n), f"c{n % GROUPS}", json.dumps(body, ensure_ascii=False).encode(), at))

    async def produce(share: list[Raw]) -> None:
        for raw in share:
            await intake.receive([raw])

    async def go() -> float:
        began = time.perf_counter()
        handling = asyncio.create_task(intake.run())
        await asyncio.gather(*(produce(raws[one::PRODUCERS]) for one in range(PRODUCERS)))
        while database.read(lambda store: store.inbox.counts().get("new", 0)):
            await asyncio.sleep(0.005)
        seconds = time.perf_counter() - began
        handling.cancel()
        return seconds

    seconds = asyncio.run(go())
    tickets, letters, failed = database.read(
        lambda store: (
            len(store.tickets.in_area("/", ("open", "proposed"))),
            sum(store.outbox.counts().values()),
            store.inbox.counts().get("failed", 0),
        )
    )
    database.close()
    assert not failed, f"{failed} messages failed"
    return {"messages": len(said), "tickets": tickets, "letters": letters, "seconds": seconds}


def theirs(folder: Path, said: list[str]) -> dict[str, float]:
    python = python_with("django-helpdesk==2.6.1")
    messages = folder / "messages.json"
    messages.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    script = Path(__file__).parent / "peers" / "desk.py"
    done = subprocess.run(
        [python, script, folder / "helpdesk.db", messages, str(PRODUCERS)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"django-helpdesk failed: {done.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    said = texts()
    reader = Reader.load()
    rates: dict[str, list[float]] = {"minqing": [], "django-helpdesk": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
            folder = Path(name)
            for who, result in (("minqing", ours(folder, said, reader)), ("django-helpdesk", theirs(folder, said))):
                rate = result["messages"] / result["seconds"]
                rates[who].append(rate)
                print(f"{who:16} {rate:8.0f} messages/s   {result}")
    ratio = statistics.median(rates["minqing"]) / statistics.median(rates["django-helpdesk"])
    print(f"ratio of medians: {ratio:.1f} (wanted: at least 4)")
    if ratio < 4:
        sys.exit(1)


if __name__ == "__main__":
    main()
