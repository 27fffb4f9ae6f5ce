"""The sender on a slow machine: what it has claimed is said in one go, as long as nobody else has begun to speak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.replay import NAME, ReplayChannel
from bot.sender import Sender
from domain.messages import Address, Outgoing
from domain.settings import Settings
from handlers.delivery import post
from storage.database import Database
from storage.leases import Leases
from storage.outbox import Letter

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


class Slow(ReplayChannel):
    """Each letter takes longer than the sender's lease; `meanwhile` happens during the first."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self.said: list[str] = []
        self._meanwhile = meanwhile

    async def send(self, letter: Letter) -> tuple[str, ...]:
        self.said.append(letter.text)
        if len(self.said) == 1:
            await asyncio.to_thread(self._meanwhile)
        await asyncio.sleep(0.3)
        return (str(len(self.said)),)


def _sends(database: Database, settings: Settings, meanwhile: Callable[[], None]) -> list[str]:
    messages = [Outgoing(to=Address(NAME, "u"), text=text) for text in ("一", "二", "三")]
    database.write(lambda store: post(store, messages, NOW))
    short = replace(settings, outbox=replace(settings.outbox, sender_lease_seconds=0.2))
    channel = Slow(meanwhile)
    sender = Sender(database, {NAME: channel}, short, lambda: NOW)
    asyncio.run(sender.send_due())
    return channel.said


def test_a_lease_that_ran_out_unnoticed_is_gone_on_with(database: Database, settings: Settings) -> None:
    assert _sends(database, settings, lambda: None) == ["一", "二", "三"]
    waiting = database.read(lambda store: store.outbox.listed(["queued", "inflight"], 10))
    assert waiting == []


@pytest.mark.parametrize("ends", [False, True])
def test_what_another_process_has_taken_over_is_left_to_it(database: Database, settings: Settings, ends: bool) -> None:
    def another() -> None:
        def work(leases: Leases) -> None:
            later = datetime.now(UTC) + timedelta(minutes=5)
            assert leases.hold(f"speak:{NAME}", "another", later, later + timedelta(minutes=5)) == "taken"
            if ends:
                leases.release(f"speak:{NAME}", "another")

        database.write(lambda store: work(store.leases))

    assert _sends(database, settings, another) == ["一"]
