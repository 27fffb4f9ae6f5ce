"""`make soak`: scripted days one after the other on the virtual clock; memory and queues must not grow.

python -m benchmarks.soak [MINUTES]   (60 unless told otherwise)
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app import build
from bot.clock import OfficeClock
from bot.office import RunningOffice
from bot.scripted import morning_of
from domain.running import StorageSettings
from domain.settings import Settings
from handlers.care.today import ensure_alarms
from handlers.context import Context
from storage import migrate, sample
from storage.cipher import new_key

# After the first days what is loaded once is there; from then on a day may cost this much memory at most, beside
# the new pages of the database, which every connection may keep in its bounded cache.
WARM_DAYS = 5
KIB_A_DAY = 256.0


def resident_kib() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    raise LookupError("no VmRSS")


def database_kib(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / 1024


async def live(minutes: float, folder: Path) -> None:
    settings = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{folder / 'soak.db'}"))
    clock = OfficeClock()
    clock.set(morning_of(datetime.now(UTC), settings.office.tz))
    parts = build(settings, new_key(), clock)
    migrate.upgrade(parts.database)
    parts.database.write(lambda store: sample.load(store, clock.now()))
    # As `minqing run` begins: the nights have their work, too.
    parts.database.write(lambda store: ensure_alarms(Context(clock.now(), store, settings, parts.reader)))
    office = RunningOffice(settings, parts.database, parts.reader, clock, parts.intake, parts.sender)
    began, days, warm, pages = time.monotonic(), 0, 0.0, 0.0
    connections = 1 + settings.storage.readers
    while time.monotonic() - began < minutes * 60 or days <= WARM_DAYS:
        await office.play_day()
        days += 1
        gc.collect()
        if days == WARM_DAYS:
            warm, pages = resident_kib(), database_kib(folder)
        inbox, outbox = parts.database.read(lambda store: (store.inbox.counts(), store.outbox.counts()))
        print(f"day {days}: {resident_kib() / 1024:.1f} MiB, inbox {inbox}, outbox {outbox}", flush=True)
        assert not inbox.get("failed") and not inbox.get("new"), "the inbox must be empty and without faults"
        assert not outbox.get("failed"), "every letter must arrive"
    growth = (resident_kib() - warm) / (days - WARM_DAYS)
    stored = (database_kib(folder) - pages) / (days - WARM_DAYS)
    parts.close()
    print(f"{days} days; after the first {WARM_DAYS} a day: memory {growth:.0f} KiB, database {stored:.0f} KiB")
    assert growth <= KIB_A_DAY + connections * stored, f"memory grows by {growth:.0f} KiB a day"


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory(prefix="minqing-soak-") as name:
        asyncio.run(live(minutes, Path(name)))


if __name__ == "__main__":
    main()
