"""Fetches what lines named as attached, after their commit and outside any transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.channel import Channel
from domain.settings import Settings
from storage.database import Database
from storage.media import Wanted

log = structlog.get_logger()

BATCH = 20


class Attachments:
    def __init__(self, database: Database, channels: Mapping[str, Channel], settings: Settings) -> None:
        self._database = database
        self._channels = channels
        self._settings = settings.outbox

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            if not await self.fetch_wanted():
                await asyncio.sleep(self._settings.poll_seconds * 4)

    async def fetch_wanted(self) -> int:
        """Fetch a batch. Returns how many were kept."""
        wanted = await asyncio.to_thread(self._database.read, lambda store: store.media.wanted(BATCH))
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
            why, tries = str(error), self._settings.attempts
            await asyncio.wrap_future(self._database.submit(lambda store: store.media.failed(wanted.id, why, tries)))
            return False
        await asyncio.wrap_future(self._database.submit(lambda store: store.media.fetched(wanted.id, content)))
        return True
