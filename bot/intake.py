"""Receive, then handle (DESIGN §4): deliveries are committed first, understood afterwards, in order."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.channel import Channel
from domain.messages import Raw
from domain.settings import Settings
from handlers import dispatch
from handlers.context import Context
from handlers.delivery import post
from nlu.reader import Reader
from storage.database import Database
from storage.inbox import Waiting
from storage.store import Store

log = structlog.get_logger()


class Intake:
    """Takes deliveries from the channels and hands them, in order, to the handlers."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        settings: Settings,
        reader: Reader,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._channels = channels
        self._settings = settings
        self._reader = reader
        self._now = now
        self._waiting = asyncio.Event()
        self.handled = asyncio.Event()

    async def receive(self, raws: Sequence[Raw]) -> None:
        """Returns once the deliveries are committed: only then may the platform be answered."""
        await asyncio.wrap_future(self._database.submit(lambda store: store.inbox.receive(raws)))
        self._waiting.set()

    async def run(self) -> None:
        """Handle what waits, until cancelled; first, singly, what an earlier process left behind."""
        await asyncio.to_thread(self.recover)
        while True:
            self._waiting.clear()
            if await self.handle_waiting():
                self.handled.set()
            try:
                await asyncio.wait_for(self._waiting.wait(), self._settings.intake.poll_seconds)
            except TimeoutError:
                continue

    async def handle_waiting(self) -> int:
        """Handle all that waits now. Returns how many messages that was."""
        total = 0
        while count := await asyncio.wrap_future(self._database.submit(self.handle_batch)):
            total += count
        return total

    def handle_batch(self, store: Store) -> int:
        """One batch of one community, in one transaction, a savepoint for each message."""
        rows = store.inbox.waiting(self._settings.intake.batch)
        done: list[int] = []
        for row in rows:
            if self._handle(store, row):
                done.append(row.id)
        if done:
            store.inbox.done(done, self._now())
        return len(rows)

    def recover(self) -> int:
        """Handle singly what was left waiting by a process that died; what kills a second time is set aside."""
        left = self._database.read(lambda store: store.inbox.left_new())
        for row_id in left:
            row = self._database.write(lambda store, one=row_id: store.inbox.begin_attempt(one))  # type: ignore[misc]
            if row is None:
                continue
            if row.attempts > self._settings.intake.attempts - 1:
                self._database.write(lambda store, one=row: self._set_aside(store, one))  # type: ignore[misc]
            else:
                self._database.write(lambda store, one=row: self._handle_single(store, one))  # type: ignore[misc]
        return len(left)

    def _handle_single(self, store: Store, row: Waiting) -> None:
        if self._handle(store, row):
            store.inbox.done([row.id], self._now())

    def _set_aside(self, store: Store, row: Waiting) -> None:
        reference = secrets.token_hex(4)
        log.error("message_set_aside", reference=reference, inbox=row.id, attempts=row.attempts)
        store.inbox.failed(row.id, self._now(), reference, "the process ended while handling this message")

    def _handle(self, store: Store, row: Waiting) -> bool:
        """True when handled; a message that fails is rolled back to its savepoint and set aside."""
        now = self._now()
        try:
            with store.savepoint():
                ctx = Context(now, store, self._settings, self._reader)
                for incoming in self._channels[row.raw.channel].to_incoming(row.raw):
                    post(store, dispatch.handle(ctx, incoming), now)
        except Exception as error:
            reference = secrets.token_hex(4)
            log.exception("message_failed", reference=reference, inbox=row.id, channel=row.raw.channel)
            store.inbox.failed(row.id, now, reference, f"{type(error).__name__}: {error}")
            return False
        return True
