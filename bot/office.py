"""What the pages get: the data, the clock, and a way to hand in what somebody wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import OfficeClock, tick
from bot.intake import Intake
from bot.scripted import play
from bot.sender import Sender
from bot.surfaces import playable
from domain.capabilities import Capabilities
from domain.messages import Raw
from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from storage.store import Store

if TYPE_CHECKING:
    from bot.channels.playground import PlaygroundChannel

# Waiting for the roads to empty is bounded: a letter may be in back-off.
SETTLE_SECONDS = 20.0
# Between the steps of the scripted day, when somebody looks on.
WATCHING_SECONDS = 0.25


# The playground when it acts as nobody else.
ITSELF = "playground"


class RunningOffice:
    """The office of this process, as cockpit/office.py asks for it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        reader: Reader,
        clock: OfficeClock,
        intake: Intake,
        sender: Sender,
        playground: PlaygroundChannel | None = None,
    ) -> None:
        self.settings = settings
        self.database = database
        self._reader = reader
        self._clock = clock
        self._intake = intake
        self._sender = sender
        self._advancing = asyncio.Lock()
        self._playground = playground
        self.doors: Mapping[str, Capabilities] = playable() if playground is not None else {}
        self.door = ITSELF

    def now(self) -> datetime:
        return self._clock.now()

    async def submit(self, raw: Raw) -> None:
        """Received and committed on return; handled in the background."""
        if self._playground is not None:
            await self._playground.begin(raw)
        await self._intake.receive([raw])

    def act_as(self, door: str) -> None:
        """As cockpit/office.py says."""
        if self._playground is not None:
            self.door = door if door in self.doors else ITSELF
            self._playground.act_as(self.doors.get(self.door))

    async def settle(self) -> None:
        """Wait until what came in is handled and what is to be said is said."""
        deadline = asyncio.get_running_loop().time() + SETTLE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            await self._intake.handle_waiting()
            if not await self._sender.send_due() and await self._idle():
                return

    async def _idle(self) -> bool:
        now = self.now()
        waiting, due = await asyncio.to_thread(
            self.database.read, lambda store: (store.inbox.unfinished()["new"], store.outbox.due_count(now))
        )
        if waiting or due:
            await asyncio.sleep(0.02)
        return not waiting and not due

    async def advance(self, to: datetime) -> None:
        """Let the virtual clock run to `to`, stopping at every due time on the way."""
        async with self._advancing:
            await self.settle()
            while (
                stop := await asyncio.to_thread(self.database.read, lambda store: _next_stop(store, to))
            ) is not None:
                # A stop in the past is done now: the clock never goes back.
                self._clock.set(max(stop, self.now()))
                await asyncio.to_thread(tick, self.database, self.settings, self._reader, self.now())
                await self.settle()
            if to > self.now():
                self._clock.set(to)
            await asyncio.to_thread(tick, self.database, self.settings, self._reader, self.now())
            await self.settle()

    async def play_day(self, on_step: Callable[[str], None] | None = None) -> None:
        """Play the scripted day of the sample district."""
        await play(self, on_step, WATCHING_SECONDS if on_step is not None else 0.0)


def _next_stop(store: Store, to: datetime) -> datetime | None:
    """The next time at which something is due, if that is not after `to`."""
    stops = [at for at in (store.alarms.next_due(), store.outbox.next_due()) if at is not None and at <= to]
    return min(stops, default=None)
