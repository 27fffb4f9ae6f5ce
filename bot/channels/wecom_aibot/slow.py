"""What is answered at the door while the handling takes long: the beginning of a stream, and how far it is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.channels.wecom_aibot import letters, spoken, streams
from bot.channels.wecom_aibot.capabilities import CHANNEL
from domain.messages import Raw
from handlers.texts import say
from storage.database import Database
from storage.store import Store

# WeCom waits five seconds for an answer; twice this may pass.
SLOW_SECONDS = 1.5


class SlowAnswers:
    """Until a stream is written down, which waits behind what takes long, only this process knows of it."""

    def __init__(self, database: Database, now: Callable[[], datetime], language: str) -> None:
        self._database = database
        self._now = now
        self._language = language
        self._beginning: dict[str, Future[None]] = {}

    async def soon(self, waits: Future[str]) -> str | None:
        """What is being looked for, or None where that takes longer than a moment; it goes on all the same."""
        there = asyncio.wrap_future(waits)
        await asyncio.wait({there}, timeout=SLOW_SECONDS)
        return there.result() if there.done() else None

    async def is_slow(self, raw: Raw) -> bool:
        """Whether it is not handled within a moment. Only reads: what takes long may be the one who writes."""
        until, pause = time.monotonic() + SLOW_SECONDS, 0.02
        while await asyncio.to_thread(self._database.read, lambda store: store.inbox.is_new(CHANNEL, raw.key)):
            if time.monotonic() > until:
                return True
            await asyncio.sleep(pause)
            pause = min(2 * pause, 0.3)
        return False

    def begin(self, raw: Raw) -> dict[str, Any]:
        """The beginning of a stream, by which whoever spoke sees that he was heard. It is written down, and counted,
        before anything that comes of it is sent, and begins with what waited and was found too late."""
        stream, now = streams.stream_for(raw), self._now()
        if stream.id not in self._beginning:

            def write(store: Store) -> None:
                found = store.channel_state.get(CHANNEL, streams.waited_name(raw.key), now)
                told = json.loads(found)["stream"]["content"] if found else ""
                if streams.begin(store, replace(stream, told=told), now):
                    spoken.add(store, raw.chat, now)

            writing = self._database.submit(write)
            self._beginning[stream.id] = writing
            writing.add_done_callback(lambda _done: self._beginning.pop(stream.id, None))
        return self._so_far(stream)

    async def asked(self, name: str) -> dict[str, Any]:
        """How far a stream is; one that we do not know was all."""
        now = self._now()
        # Asked for before it is looked for, since it may be written down between the two.
        begins = name in self._beginning

        def look(store: Store) -> tuple[streams.Stream | None, bool]:
            found = streams.find(store, name, now)
            return found, found is not None and (not found.open or streams.is_over(store, found, now))

        stream, over = await asyncio.to_thread(self._database.read, look)
        if stream is None and begins:
            return self._so_far(streams.Stream(name, "", ""))
        if over:
            stream = await asyncio.wrap_future(self._database.submit(lambda store: streams.end(store, name, now)))
        return self._so_far(stream) if stream is not None else letters.streamed(name, "", finish=True)

    def _so_far(self, stream: streams.Stream) -> dict[str, Any]:
        nothing = say("aibot.wait" if stream.open else "aibot.nothing", self._language)
        return letters.streamed(stream.id, stream.told or nothing, finish=not stream.open)
