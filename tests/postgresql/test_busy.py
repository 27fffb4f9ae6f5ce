"""A community where another process is at work when something comes in is handled when it is free, not at the beat."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.ingest import Message, deliveries, settle
from bot.channels.replay import NAME, ReplayChannel
from bot.intake import Intake
from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
# Longer than any test may take: whoever waits for the beat is found out.
BEAT = 600.0
SECONDS = 30


@pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)
def test_who_found_a_community_taken_comes_back_when_it_is_free(
    database: Database, settings: Settings, reader: Reader
) -> None:
    office = replace(settings, intake=replace(settings.intake, poll_seconds=BEAT))
    [raw] = deliveries([Message("community", "3幢楼道灯不亮了")], database.write(settle))
    intake = Intake(database, {NAME: ReplayChannel()}, office, reader, lambda: NOW)
    entered, leave = threading.Event(), threading.Event()

    def at_work(_: Store) -> None:
        entered.set()
        assert leave.wait(SECONDS)

    async def go() -> int:
        handling = asyncio.create_task(intake.run())
        await intake.receive([])
        lane = await asyncio.to_thread(database.read, lambda store: store.areas.below("/", "community")[0].id)
        elsewhere = database.submit(at_work, [lane])
        assert await asyncio.to_thread(entered.wait, SECONDS)
        await intake.receive([raw])
        # Long enough to have found it taken.
        await asyncio.sleep(0.3)
        waiting = await asyncio.to_thread(database.read, lambda store: store.inbox.counts())
        leave.set()
        await asyncio.wrap_future(elsewhere)
        await asyncio.wait_for(intake.handled.wait(), SECONDS)
        handling.cancel()
        return waiting["new"]

    assert asyncio.run(go()) == 1
    assert database.read(lambda store: store.inbox.counts()) == {"done": 1}
