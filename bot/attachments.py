"""Fetches what lines named as attached, after their commit and outside any transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import structlog

from bot.channel import Channel
from domain.errors import SendFailed
from domain.settings import Settings
from storage.database import Database
from storage.media import Wanted
from storage.store import Store

log = structlog.get_logger()

BATCH = 20


class Attachments:
    def __init__(self, database: Database, channels: Mapping[str, Channel], settings: Settings) -> None:
        self._database = database
        self._channels = channels
        self._settings = settings.outbox
        self._pauses = settings.attachments.fetch_backoff_seconds

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            if not await self.fetch_wanted():
                await asyncio.sleep(self._settings.poll_seconds * 4)

    async def fetch_wanted(self) -> int:
        """Fetch a batch. Returns how many were kept. What a channel has that is switched off waits until it is on."""
        now, on = datetime.now(UTC), tuple(self._channels)
        wanted = await asyncio.to_thread(self._database.read, lambda store: store.media.wanted(BATCH, now, on))
        kept = await asyncio.gather(*(self._fetch(one) for one in wanted))
        return sum(kept)

    async def _fetch(self, wanted: Wanted) -> bool:
        try:
            content = await asyncio.wait_for(
                self._channels[wanted.channel].fetch(wanted.media), self._settings.send_timeout_seconds
            )
        except Exception as error:
            # Whatever a platform's library raises: this one is tried again later, and the loop goes on.
            log.warning("attachment_not_fetched", media=wanted.id, why=f"{type(error).__name__}: {error}")
            failed = error if isinstance(error, SendFailed) else SendFailed(str(error))
            await asyncio.wrap_future(self._database.submit(lambda store: self._failed(store, wanted, failed)))
            return False
        await asyncio.wrap_future(self._database.submit(lambda store: store.media.fetched(wanted.id, content)))
        return True

    def _failed(self, store: Store, wanted: Wanted, failed: SendFailed) -> None:
        """Quickly tried again at first (WeCom's robot has links that run out within minutes), then for most of a day: a
        platform that is away for an hour costs nobody his photo. Being told to wait is no failure."""
        wait, tries = failed.retry_after, wanted.attempts
        if failed.permanent or (wait is None and tries >= len(self._pauses)):
            store.media.lost(wanted.id, failed.why)
        else:
            seconds = self._pauses[tries] if wait is None else wait
            at = datetime.now(UTC) + timedelta(seconds=seconds)
            store.media.again(wanted.id, at, failed.why, tried=wait is None)
