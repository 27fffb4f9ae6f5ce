"""The robot behind the port of every channel: its door, its answers, and what waits until somebody names it again."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import requests
import structlog
from fastapi import APIRouter

from bot.channel import OnRaw
from bot.channels.wecom_aibot import answers, letters, spoken, streams
from bot.channels.wecom_aibot.attached import fetch
from bot.channels.wecom_aibot.capabilities import CAPABILITIES, CHANNEL
from bot.channels.wecom_aibot.deliveries import (
    answer_to,
    asks_stream,
    attached,
    chat_of,
    enters,
    is_said,
    pressed_card,
    raw_of,
)
from bot.channels.wecom_aibot.slow import SlowAnswers
from bot.channels.wecom_aibot.updates import understand
from bot.credentials import Secrets
from bot.tencent.client import WECOM_HOST, apart, mapped, road_to
from bot.tencent.crypto import Envelope
from bot.tencent.door import door
from bot.tencent.errors import ApiRefused
from bot.tencent.parsing import object_of
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Raw
from domain.settings import Settings
from handlers.asked import ticket_of_card
from handlers.marks import mark, needs_keeping
from handlers.shown import Beside, beside
from handlers.texts import say
from storage.database import Database
from storage.late import WAITS, waiting_for
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

PATH = "/wecom/aibot"
# Of what waited for somebody to name the robot only the latest is told.
_TOLD_LATER = 10
_WAIT_DAYS = 3
# A callback that was not answered comes again within a minute or so.
_REPEATED = timedelta(minutes=10)
# WeCom waits five seconds for an answer.
_PRESS_SECONDS = 3.0


class WecomAibotChannel:
    """`now` is the office's clock, which with a real channel is the real one."""

    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secrets: Secrets) -> None:
        self._database = database
        self._settings = settings
        self._called = settings.wecom.aibot.name
        self._now = now
        self._aes_key = secrets.wecom_aibot_aes_key or ""
        self._envelope = Envelope(secrets.wecom_aibot_token or "", self._aes_key, "", "json")
        self._http = requests.Session()
        road_to(self._http, WECOM_HOST, settings.wecom.api, settings.wecom.http_seconds)
        self._slow = SlowAnswers(database, now, settings.office.language)
        self._on_raw: OnRaw | None = None
        # Presses that wait for their answer, by chat and card: the platform's id of the card, and what it becomes.
        self._pressed: dict[tuple[str, str], tuple[str, asyncio.Future[dict[str, Any]]]] = {}

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        self._on_raw = on_raw
        return door(PATH, self._envelope, self._settings.intake.max_bytes, self._take, self._verified)

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once, since WeCom calls us; only how a group is bound is written down."""
        how = f"@{self._called or '…'} 绑定 {{code}}"

        def keep(store: Store) -> None:
            for channel in (CHANNEL, "wecom_app"):
                store.channel_state.set(channel, "group_link", how)

        await self._write(keep)

    async def close(self) -> None:
        self._http.close()

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        return understand(raw, self._called)

    async def send(self, letter: Letter) -> list[str]:
        """Say it where an answer may still be given; else it waits until somebody names the robot there (SendFailed,
        which staff see). The ids are ours, since the platform gives none."""
        chat, task = letter.to.chat, f"card-{secrets.token_hex(12)}"
        with_it = await self._read(lambda store: self._beside(store, letter)) if letter.media else Beside()
        some = letters.answers(letter, await self._marks(letter), task, self._called, with_it)
        pressed, changed = self._pressed.get((chat, letter.card or ""), ("", None))
        if changed is not None and await self._change(letter, some, pressed, changed):
            return [pressed]
        part = letters.in_stream(letter, self._called, with_it)
        stream = await self._write(lambda store: streams.add(store, chat, part, self._now()))
        if stream is not None:
            return [f"{stream}-{letter.id}"]
        pause, there = await self._write(lambda store: self._places(store, chat, len(some)))
        if pause:
            raise SendFailed("more than WeCom takes in one conversation", retry_after=pause)
        if not there:
            raise SendFailed(WAITS, permanent=True)
        said = 0
        try:
            for one, (url, _) in zip(letters.within(some, len(there)), there, strict=False):
                await apart(partial(self._post, url, one))
                said += 1
        except SendFailed as failed:
            # One that was refused for good, or may have been used, is gone; the others are not.
            left = there[said + (failed.permanent or failed.unknown) :]
            await self._write(lambda store: answers.give_back(store, chat, left, self._now()))
            if failed.permanent and left:
                raise SendFailed(failed.why) from None
            raise failed.after(said) from None
        return [task] if some[0]["msgtype"] == "template_card" else [f"{task}-{number}" for number in range(said)]

    async def fetch(self, media: Media) -> bytes:
        url = await self._read(lambda store: store.channel_state.get(CHANNEL, media.ref, self._now()))
        if url is None:
            raise SendFailed("this attachment could be fetched for five minutes only", permanent=True)
        return await apart(partial(fetch, self._http, url, self._aes_key, self._settings.wecom.api))

    # in

    async def _take(self, body: bytes) -> bytes:
        """Commit. What is to be said is answered later, at the address that came along; only a greeting and the end
        of a stream must be answered here and now."""
        assert self._on_raw is not None
        tongue = self._settings.office.language
        if (stream := asks_stream(body)) is not None:
            return self._sealed(await self._slow.asked(stream))
        if enters(body):
            # Not waited for: whoever is at work with the database may take longer than WeCom waits.
            self._database.submit(lambda store: spoken.add(store, chat_of(object_of(body)), self._now()))
            hello = say("aibot.hello", tongue, name=self._settings.office.name)
            return self._sealed({"msgtype": "text", "text": {"content": hello}})
        now, place = self._now(), answer_to(body)
        raw = raw_of(body, now)

        def keep(store: Store) -> None:
            for name, url in attached(body).items():
                answers.keep_media(store, name, url, now)
            # A repeat brings the same address, which may be used up by now.
            if place is not None and answers.is_new(store, raw.key, now):
                answers.keep(store, *place, now)

        await self._write(keep)
        if (task := pressed_card(body)) is not None:
            return await self._press(raw, task)
        await self._on_raw([raw])
        if not is_said(body):
            return b""
        waits = self._database.submit(lambda store: self._waited(store, raw))
        waited = await self._slow.soon(waits)
        if waited:
            return self._sealed(json.loads(waited))
        if waited is not None and not await self._slow.is_slow(raw):
            return b""
        return self._sealed(self._slow.begin(raw))

    async def _press(self, raw: Raw, task: str) -> bytes:
        """A card can be changed in the answer to a press and nowhere else (update_template_card): the door waits a
        moment for what the press did. What takes longer, or comes from another process, is said as a new line."""
        assert self._on_raw is not None
        card = await self._read(lambda store: store.outbox.card_of(CHANNEL, raw.chat, task))
        if card is None:
            await self._on_raw([raw])
            return b""
        place = (raw.chat, card)
        changed: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._pressed[place] = (task, changed)
        try:
            await self._on_raw([raw])
            return self._sealed(await asyncio.wait_for(changed, _PRESS_SECONDS))
        except TimeoutError:
            return b""
        finally:
            if self._pressed.get(place, ("", None))[1] is changed:
                del self._pressed[place]

    async def _change(
        self, letter: Letter, some: list[dict[str, Any]], task: str, changed: asyncio.Future[Any]
    ) -> bool:
        """Whether the press is answered with the card as it is now; one without buttons cannot be."""
        if some[0]["msgtype"] != "template_card" or changed.done():
            return False

        def count(store: Store) -> float:
            pause = spoken.wait(store, letter.to.chat, self._now())
            if not pause:
                spoken.add(store, letter.to.chat, self._now())
            return pause

        # Meanwhile the door may have given up.
        if await self._write(count) or changed.done():
            return False
        changed.set_result(letters.updated(some[0], task))
        return True

    def _places(self, store: Store, chat: str, wanted: int) -> tuple[float, list[tuple[str, datetime]]]:
        """Where so many answers may be given, as far as there are any; or seconds to wait, and none."""
        now = self._now()
        if pause := spoken.wait(store, chat, now):
            return pause, []
        there = answers.use(store, chat, wanted, now)
        if there:
            spoken.add(store, chat, now, len(there))
        return 0.0, there

    def _waited(self, store: Store, raw: Raw) -> str:
        """What waited in this chat, said in the answer to the callback itself, so that the answer to what was said now
        has its own place; "" for nothing. A repeat of the callback is answered alike, whatever waits by then."""
        name, now = streams.waited_name(raw.key), self._now()
        known = store.channel_state.get(CHANNEL, name, now)
        if known is not None:
            return known
        some = waiting_for(store, CHANNEL, raw.chat, now - timedelta(days=_WAIT_DAYS), _TOLD_LATER)
        if not some or spoken.wait(store, raw.chat, now):
            store.channel_state.set(CHANNEL, name, "", now + _REPEATED)
            return ""
        spoken.add(store, raw.chat, now)
        stream = secrets.token_hex(12)
        for number, letter in enumerate(some):
            store.outbox.sent(letter, [f"{stream}-{number}"], now, ticket_of_card(letter.card))
        parts = [(letter, self._beside(store, letter)) for letter in some]
        told = json.dumps(letters.at_once(parts, self._called, stream), ensure_ascii=False)
        store.channel_state.set(CHANNEL, name, told, now + _REPEATED)
        return told

    def _beside(self, store: Store, letter: Letter) -> Beside:
        return beside(store, letter.media, self._settings, self._now())

    def _sealed(self, told: dict[str, Any]) -> bytes:
        stamp = str(int(datetime.now(UTC).timestamp()))
        return self._envelope.seal(json.dumps(told, ensure_ascii=False), stamp, secrets.token_hex(8))

    async def _verified(self) -> None:
        at = datetime.now(UTC).isoformat()
        await self._write(lambda store: store.channel_state.set(CHANNEL, "verified", at))

    # out

    def _post(self, url: str, message: dict[str, Any]) -> None:
        """In a worker thread. The address is a secret: nothing of what requests says is passed on."""

        def work() -> None:
            if not url.startswith((f"{WECOM_HOST}/", f"{self._settings.wecom.api.rstrip('/')}/")):
                raise SendFailed("the address to answer at is not WeCom's", permanent=True)
            answer = self._http.post(url, json=message)
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
            if told["errcode"]:
                raise ApiRefused(int(told["errcode"]), str(told.get("errmsg", "")))

        mapped(work, asked=True)

    async def _marks(self, letter: Letter) -> list[str]:
        commands = [button.command for button in letter.buttons]
        now = self._now()

        def make(store: Store) -> list[str]:
            return [mark(store, letter.to, command, now, letters.KEY_BYTES) for command in commands]

        if not commands:
            return []
        long = any(needs_keeping(command, letters.KEY_BYTES) for command in commands)
        return await (self._write(make) if long else self._read(make))

    # between

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    async def _read(self, work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._database.read, work)
