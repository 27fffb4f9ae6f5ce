"""Has programs of the office read photos and write down voice messages; their words are rows of the inbox."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.channel import OnRaw
from bot.credentials import PREFIX
from domain.aids import Attached
from domain.messages import ATTACHED_WORDS, LANE, Address, Incoming, MediaKind, Raw, ReadOut, Sender
from domain.settings import Settings
from storage.database import Database
from storage.media import Outcome, Unread
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

POLL_SECONDS = 2.0
MOST_WORDS = 2000  # characters; a photo of a contract is not a report
_KEY = "media:"


class NoWords(Exception):
    """The program failed, or did not end in time."""


class AttachedWords:
    """One attachment after the other: such programs take all the processors that there are."""

    name = ATTACHED_WORDS

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._settings = settings.attachments
        self._now = now

    async def listen(self, on_raw: OnRaw) -> None:
        while True:
            if not await self.read_next(on_raw):
                await asyncio.sleep(POLL_SECONDS)

    async def read_next(self, on_raw: OnRaw) -> bool:
        """Whether there was an attachment to be read."""
        kinds = [kind for kind in ("voice", "photo") if self._program(kind)]
        since = self._now() - timedelta(hours=self._settings.hours)
        unread = await asyncio.to_thread(self._database.read, lambda store: store.media.unread(kinds, since))
        if unread is None:
            return False
        outcome: Outcome = "read"
        try:
            words = await self._words(unread)
        except NoWords as error:
            log.warning("attachment_not_read", media=unread.id, kind=unread.kind, why=str(error))
            outcome, words = "failed", ""
        if words:
            await on_raw([raw_of(unread, words, self._now())])
        elif outcome == "read":
            outcome = "empty"
        await self._write(partial(_settle, unread.id, outcome))
        return True

    async def _words(self, unread: Unread) -> str:
        if unread.bytes > self._settings.most_bytes:
            raise NoWords(f"{unread.bytes} bytes are more than most_bytes")
        content = await asyncio.to_thread(self._database.read, lambda store: store.media.content(unread.id))
        if not content:
            raise NoWords("its bytes are gone")
        return await words_of(self._program(unread.kind), content, self._settings.timeout_seconds)

    def _program(self, kind: str) -> Sequence[str]:
        return program_for(self._settings, kind)

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """The words that were put into the inbox."""
        told = json.loads(raw.body)
        return [
            ReadOut(
                at=Address(self.name, raw.chat),
                id=raw.key,
                sender=Sender(self.name, self.name, is_bot=True),
                sent_at=raw.received_at,
                line=told["line"],
                media=int(raw.key.removeprefix(_KEY)),
                kind=told["kind"],
                text=told["text"],
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def program_for(settings: Attached, kind: MediaKind | str) -> Sequence[str]:
    """The command line for such an attachment; empty: none."""
    return {"voice": settings.voice, "photo": settings.photos}.get(kind, ())


async def words_of(program: Sequence[str], content: bytes, seconds: float) -> str:
    """What the program writes for these bytes, cut to MOST_WORDS. NoWords where it fails or is not done in time: then
    it is ended with all that it started. It does not see our secrets."""
    try:
        running = await asyncio.create_subprocess_exec(
            *program,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
            start_new_session=True,
        )
    except OSError as error:
        raise NoWords(f"{program[0]} cannot be started ({error.strerror})") from None
    try:
        async with asyncio.timeout(seconds):
            said, _ = await running.communicate(content)
    except TimeoutError:
        raise NoWords(f"{program[0]} was not done in {seconds:g} s") from None
    finally:
        if running.returncode is None:
            # Also where we ourselves are stopped meanwhile.
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            await running.wait()
    if running.returncode:
        raise NoWords(f"{program[0]} ended with {running.returncode}")
    return " ".join(said.decode("utf-8", "replace").split())[:MOST_WORDS]


def raw_of(unread: Unread, words: str, now: datetime) -> Raw:
    """The same attachment read twice is handed in once: the key is its own."""
    body = json.dumps({"line": unread.line, "kind": unread.kind, "text": words}, ensure_ascii=False).encode()
    return Raw(ATTACHED_WORDS, f"{_KEY}{unread.id}", f"{LANE}{unread.lane}", body, now)


def _settle(media: int, outcome: Outcome, store: Store) -> None:
    store.media.settle(media, outcome)
