"""The browser playground as a channel: what its page delivers, and how the bot writes into its table.

The page is cockpit/playground; the table is the platform (storage/playground.py).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from fastapi import APIRouter

from bot.channel import Capabilities, OnRaw
from bot.tencent.splitting import cut
from domain.capabilities import speaks
from domain.errors import SendFailed
from domain.messages import Address, Edited, Incoming, Media, Pressed, Raw, Said, Sender, Spot
from handlers.texts import say
from storage.database import Database
from storage.late import WAITS, again_for
from storage.outbox import Letter
from storage.playground import BOT, CHANNEL
from storage.store import Store

T = TypeVar("T")

# Its own page cuts nothing.
OWN = Capabilities()
# A message that grows is asked for about once a second; one of which nothing came for so long has ended.
_STEP_SECONDS = 1.0
_LATEST_SECONDS = 60.0
# As the robot does: the latest of what waited, for some days.
_TOLD_LATER = 10
_WAIT = timedelta(days=3)


@dataclass(slots=True)
class _Growing:
    """An answer that was begun and is not yet whole; `told` is what came of it so far, in the post `post`."""

    post: int
    told: str = ""
    changed: float = field(default_factory=time.monotonic)
    adding: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class PlaygroundChannel:
    """`now` is the office's clock: it stamps what the bot writes. `act_as` gives it another platform's limits, so that
    staff see what would become of a group there before they choose."""

    name = CHANNEL

    def __init__(
        self, database: Database, now: Callable[[], datetime], bot_name: str = "民情", language: str = "zh-CN"
    ) -> None:
        self._database = database
        self._now = now
        self._bot_name = bot_name
        self._language = language
        self._acting: Capabilities | None = None
        # Acting as a platform where it only answers: how often it may, by room, and where something waits.
        self._may: Counter[str] = Counter()
        self._late: set[str] = set()
        # Answers that grow, by room; and who watches for their ends.
        self._growing: dict[str, _Growing] = {}
        self._watching: set[asyncio.Task[None]] = set()

    @property
    def capabilities(self) -> Capabilities:
        return self._acting or OWN

    def act_as(self, able: Capabilities | None) -> None:
        """Be as able as that platform from now on; None: as the playground itself."""
        self._acting = able
        self._may.clear()

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: the page hands its deliveries to intake itself."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: nobody has to be asked."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """One update; ValueError or KeyError when it is none of ours."""
        update = json.loads(raw.body)
        event: dict[str, Any] = {
            "at": Address(CHANNEL, raw.chat),
            "id": update["id"],
            "sender": Sender(update["user"], update["name"]),
            "sent_at": datetime.fromisoformat(update["at"]),
            "private": update["private"],
        }
        match update["kind"]:
            case "pressed":
                return [Pressed(**event, command=update["command"], on=update["on"])]
            case "said":
                return [Said(**event, **_content(update))]
            case "edited":
                return [Edited(**event, **_content(update))]
            case other:
                raise ValueError(f"an update of an unknown kind: {other!r}")

    async def begin(self, raw: Raw) -> None:
        """Before what somebody did is handled. Acting as a platform where it only answers: it may, once, and what
        waited is told along with it. Where answers grow: the beginning of one."""
        if raw.chat in self._late:
            self._late.discard(raw.chat)
            since = self._now() - _WAIT
            self._may[raw.chat] += await self._do(lambda store: again_for(store, CHANNEL, raw.chat, since, _TOLD_LATER))
        self._may[raw.chat] += 1
        if self._acting is None or not self._acting.grows or json.loads(raw.body)["kind"] != "said":
            return
        wait = say("aibot.wait", self._language)
        # The answer that grows is the one that may be given.
        self._may[raw.chat] -= 1
        growing = _Growing(await self._do(lambda store: self._post(store, raw.chat, wait)))
        self._growing[raw.chat] = growing
        watching = asyncio.create_task(self._watch(raw, growing))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)

    async def _watch(self, raw: Raw, growing: _Growing) -> None:
        """Until what was said is handled and answered; what nothing came of says so."""
        began = time.monotonic()
        busy = True
        while busy and time.monotonic() < began + _LATEST_SECONDS:
            await asyncio.sleep(_STEP_SECONDS / 2)
            waits = await asyncio.to_thread(self._database.read, lambda store: self._waits(store, raw))
            busy = waits or growing.adding > 0 or time.monotonic() < growing.changed + _STEP_SECONDS
        if self._growing.get(raw.chat) is growing:
            del self._growing[raw.chat]
        if not growing.told:
            nothing = say("aibot.nothing", self._language)
            await self._do(lambda store: store.playground.edit(growing.post, nothing, self._now()))

    def _waits(self, store: Store, raw: Raw) -> bool:
        return store.inbox.is_new(CHANNEL, raw.key) or store.outbox.is_due_in(CHANNEL, raw.chat, self._now())

    async def _grow(self, growing: _Growing, letter: Letter) -> list[str]:
        """Add a letter to the answer, its commands written out: what grows has no buttons."""
        growing.adding += 1
        try:
            async with growing.turn:
                await asyncio.sleep(max(0.0, growing.changed + _STEP_SECONDS - time.monotonic()))
                commands = "".join(f"\n{one.label}：@{self._bot_name} {one.command}" for one in letter.buttons)
                told = "\n\n".join(one for one in (growing.told, letter.text + commands) if one)
                await self._do(lambda store: store.playground.edit(growing.post, told, self._now()))
                growing.told, growing.changed = told, time.monotonic()
        finally:
            growing.adding -= 1
        return [str(growing.post)]

    async def _do(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    def _post(self, store: Store, chat: str, text: str) -> int:
        return store.playground.post(chat, BOT, self._bot_name, text, self._now(), bot=True)

    async def send(self, letter: Letter) -> list[str]:
        """Write or edit; ids of posts. Photos beyond the first follow in posts of their own."""
        if (growing := self._growing.get(letter.to.chat)) is not None and letter.mode != "edit":
            return await self._grow(growing, letter)
        return await asyncio.wrap_future(self._database.submit(lambda store: self._write(store, letter)))

    def _write(self, store: Store, letter: Letter) -> list[str]:
        playground, now = store.playground, self._now()
        if letter.mode == "edit" and letter.remotes:
            if playground.edit(int(letter.remotes[0]), letter.text, now, letter.buttons) is None:
                raise SendFailed(f"no post {letter.remotes[0]} to edit", permanent=True)
            return list(letter.remotes)
        room = playground.room(letter.to.chat)
        if room is None:
            raise SendFailed(f"no room {letter.to.chat}", permanent=True)
        able = self.capabilities
        if self._acting is not None:
            spoken_to = any(not post.bot for post in playground.of_room(room.chat))
            if not speaks(able, room.kind, spoken_to=spoken_to or able.answers):
                raise SendFailed("as this platform it could say nothing there", permanent=True)
        if able.answers:
            if not self._may[room.chat]:
                self._late.add(room.chat)
                raise SendFailed(WAITS, permanent=True)
            self._may[room.chat] -= 1
        quoted = letter.replies_to or (letter.remotes[-1] if letter.mode == "reply" and letter.remotes else None)
        ours = [media for media in letter.media if media.ref.startswith("post:")] if able.media_out else []
        photos = [photo for media in ours if (photo := playground.photo(_post_of(media))) is not None]
        first, *rest = self._pieces(letter.text)
        ids = [
            playground.post(
                letter.to.chat,
                BOT,
                self._bot_name,
                first,
                now,
                bot=True,
                photo=photos[0] if photos else None,
                replies_to=int(quoted) if quoted else None,
                buttons=letter.buttons if not rest else (),
                silent=letter.silent,
            )
        ]
        for n, piece in enumerate(rest, start=1):
            buttons = letter.buttons if n == len(rest) else ()
            ids.append(playground.post(letter.to.chat, BOT, self._bot_name, piece, now, bot=True, buttons=buttons))
        ids += [
            playground.post(letter.to.chat, BOT, self._bot_name, "", now, bot=True, photo=photo, silent=letter.silent)
            for photo in photos[1:]
        ]
        return [str(one) for one in ids]

    def _pieces(self, text: str) -> list[str]:
        """Acting, cut as the platform would cut it; what must be confirmed says so in front."""
        able = self._acting
        if able is None:
            return [text]
        if able.push == "needs_confirmation":
            text = "\n".join([say("playground.door.waits", self._language), text])
        if able.limit_unit == "bytes":
            return cut(text, able.text_limit)
        return [text[at : at + able.text_limit] for at in range(0, len(text), able.text_limit)] or [""]

    async def close(self) -> None:
        for watching in self._watching:
            watching.cancel()

    async def fetch(self, media: Media) -> bytes:
        """The photo of a post."""
        photo: bytes | None = await asyncio.to_thread(
            self._database.read, lambda store: store.playground.photo(_post_of(media))
        )
        if photo is None:
            raise SendFailed(f"no such attachment: {media.ref}", permanent=True)
        return photo


def _content(update: dict[str, Any]) -> dict[str, Any]:
    media = []
    if update["photo"]:
        media.append(Media("photo", f"post:{update['id']}"))
    if update["voice"]:
        media.append(Media("voice", f"post:{update['id']}"))
    return {
        "text": update["text"],
        "replies_to": update["replies_to"],
        "media": tuple(media),
        "spot": Spot(*update["spot"]) if update["spot"] else None,
        "album": update["album"],
    }


def _post_of(media: Media) -> int:
    return int(media.ref.removeprefix("post:"))
