"""The sender on a slow machine: what it has claimed is said in one go, as long as nobody else has begun to speak.
And beside a platform that hangs: others do not notice, and what is behind the letter is not tried on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.replay import NAME, ReplayChannel
from bot.sender import Sender
from domain.messages import Address, Outgoing, Priority
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


class Hangs(ReplayChannel):
    def __init__(self) -> None:
        super().__init__()
        self.tried: list[str] = []

    async def send(self, letter: Letter) -> tuple[str, ...]:
        self.tried.append(letter.text)
        await asyncio.sleep(3600)
        return ()


class Says(ReplayChannel):
    def __init__(self) -> None:
        super().__init__()
        self.said: asyncio.Queue[str] = asyncio.Queue()

    async def send(self, letter: Letter) -> tuple[str, ...]:
        self.said.put_nowait(letter.text)
        return ("1",)


def test_a_platform_that_hangs_keeps_no_other_waiting(database: Database, settings: Settings) -> None:
    hangs, says = Hangs(), Says()
    patient = replace(settings, outbox=replace(settings.outbox, send_timeout_seconds=600.0, poll_seconds=600.0))
    sender = Sender(database, {"hangs": hangs, "says": says}, patient, lambda: NOW)

    def put(channel: str, text: str, priority: Priority) -> None:
        message = Outgoing(to=Address(channel, "room"), text=text, priority=priority)
        database.write(lambda store: post(store, [message], NOW))

    async def story() -> str:
        put("hangs", "到期提醒", Priority.ROUTINE)
        running = asyncio.create_task(sender.run())
        while not hangs.tried:
            await asyncio.sleep(0.01)
        put("says", "着火了", Priority.EMERGENCY)
        sender.wake()
        said = await asyncio.wait_for(says.said.get(), 20)
        running.cancel()
        await asyncio.wait({running})
        return said

    assert asyncio.run(story()) == "着火了"


def test_after_no_answer_the_rest_of_the_room_is_not_tried(database: Database, settings: Settings) -> None:
    rooms = [Outgoing(to=Address("hangs", room), text=f"{room} {n}") for room in ("a", "b") for n in range(3)]
    database.write(lambda store: post(store, rooms, NOW))
    hangs = Hangs()
    short = replace(settings, outbox=replace(settings.outbox, send_timeout_seconds=0.1))
    sender = Sender(database, {"hangs": hangs}, short, lambda: NOW)
    assert asyncio.run(sender.send_due()) == 6
    assert sorted(hangs.tried) == ["a 0", "b 0"]
    # The others have not failed, and all of them wait in their order.
    waiting = database.read(lambda store: store.outbox.listed(["queued"], 10))
    assert [one.attempts for one in reversed(waiting)] == [1, 0, 0, 1, 0, 0]
