"""What this process alone may do (speak on a channel, listen on it): leases taken, prolonged in time and given back."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.store import Store

log = structlog.get_logger()

# Everything in this process is one owner; an operator sees which process it is.
PROCESS = f"{socket.gethostname()[:20]}:{os.getpid()}:{secrets.token_hex(3)}"


def _release(name: str, store: Store) -> None:
    store.leases.release(name, PROCESS)


class Leasing:
    """Leases of `seconds`. Between two looks at the table a lease is trusted by this process's own steady clock, which
    runs out before the table's does."""

    def __init__(self, database: Database, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def held(self, name: str) -> bool:
        return time.monotonic() < self._until.get(name, 0.0)

    async def hold(self, name: str, on_taken: Callable[[Store], None] | None = None) -> bool:
        """Take the lease, or prolong it when half of it has gone. `on_taken` is done in the transaction in which it
        comes to us from another process."""
        if time.monotonic() < self._until.get(name, 0.0) - self._seconds / 2:
            return True
        began = time.monotonic()

        def work(store: Store) -> bool:
            now = datetime.now(UTC)
            how = store.leases.hold(name, PROCESS, now, now + timedelta(seconds=self._seconds))
            if how == "taken" and on_taken is not None:
                on_taken(store)
            return how is not None

        if not await asyncio.wrap_future(self._database.submit(work)):
            self._until.pop(name, None)
            return False
        if name not in self._until:
            log.info("lease_held", lease=name, owner=PROCESS)
        self._until[name] = began + self._seconds
        return True

    async def regain(self, name: str) -> bool:
        """Go on with a lease that has run out by our own clock, as long as nobody has taken it since."""
        began = time.monotonic()
        until = datetime.now(UTC) + timedelta(seconds=self._seconds)
        ours = await asyncio.wrap_future(
            self._database.submit(lambda store: store.leases.prolong(name, PROCESS, until))
        )
        if ours:
            self._until[name] = began + self._seconds
        else:
            self._until.pop(name, None)
        return ours

    async def keep(self) -> None:
        """Prolong what is held, until cancelled: a letter may be on its way for longer than a lease lasts."""
        while True:
            await asyncio.sleep(self._seconds / 3)
            for name in list(self._until):
                try:
                    await self.hold(name)
                except SQLAlchemyError as error:
                    log.warning("lease_not_prolonged", lease=name, error=str(error.__cause__ or error))

    async def give_back(self) -> None:
        """Stopping: another process need not wait until the leases have run out."""
        names = list(self._until)
        self._until.clear()
        # A closed database, or one that is away: they run out by themselves.
        with suppress(RuntimeError, SQLAlchemyError):
            for name in names:
                await asyncio.wrap_future(self._database.submit(partial(_release, name)))

    async def alone(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do this in one process at a time: here as long as the lease is held, else wait for it. Ends when the work
        does."""
        while True:
            if await self._try(name):
                task = asyncio.ensure_future(work())
                try:
                    while self.held(name) and not task.done():
                        await asyncio.wait({task}, timeout=self._seconds / 3)
                        await self._try(name)
                    if task.done():
                        return await task
                    log.warning("lease_lost", lease=name)
                finally:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
            await asyncio.sleep(self._seconds / 3)

    async def _try(self, name: str) -> bool:
        try:
            return await self.hold(name)
        except SQLAlchemyError as error:
            log.warning("lease_not_prolonged", lease=name, error=str(error.__cause__ or error))
            return self.held(name)
