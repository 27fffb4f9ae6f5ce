"""The app behind the port of every channel: its door, its voice, and the codes by which a card can be changed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from fastapi import APIRouter

from bot.channel import OnRaw
from bot.channels.wecom_app import letters
from bot.channels.wecom_app.capabilities import CAPABILITIES
from bot.channels.wecom_app.deliveries import CHANNEL, delivered
from bot.channels.wecom_app.updates import understand
from bot.credentials import Secrets
from bot.tencent.attachments import following, uploaded
from bot.tencent.client import Caller, wecom
from bot.tencent.crypto import Envelope
from bot.tencent.door import door
from bot.tencent.errors import ApiRefused
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Raw
from domain.settings import Settings
from handlers.marks import mark, needs_keeping
from handlers.texts import say
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

PATH = "/wecom/app"
# A response code is good for one change of its card, within 72 hours (94888).
CODE_HOURS = 72
_CARD = "card-"


class WecomAppChannel:
    """`now` is the office's clock, which with a real channel is the real one."""

    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secrets: Secrets) -> None:
        self._database = database
        self._settings = settings
        self._wecom = settings.wecom
        self._now = now
        self._envelope = Envelope(secrets.wecom_app_token or "", secrets.wecom_app_aes_key or "", self._wecom.corp_id)
        self._caller: Caller = wecom(
            self._wecom.api,
            self._wecom.http_seconds,
            self._wecom.corp_id,
            secrets.wecom_app_secret or "",
            Sessions(database, CHANNEL),
        )
        self._on_raw: OnRaw | None = None

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        self._on_raw = on_raw
        return door(PATH, self._envelope, self._settings.intake.max_bytes, self._take, self._verified)

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: WeCom calls us."""

    async def close(self) -> None:
        """Nothing is held: a worker thread's connections end with it."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        return understand(raw)

    async def send(self, letter: Letter) -> list[str]:
        """Say it; ids of texts and of cards. An edit changes the card where the platform gave out a code for it (with
        the card, and with every press), and is said anew where it did not."""
        if letter.mode == "edit" and letter.remotes and (changed := await self._change(letter)):
            return changed
        marks = await self._marks(letter)
        labels = await self._read(lambda store: store.areas.labels()) if self._wecom.app.markdown else None
        ids: list[str] = []
        for one in letters.messages(letter, marks, _task, labels):
            try:
                ids.append(await self._say(letter.to.chat, one))
            except SendFailed as failed:
                raise failed.after(len(ids)) from None
        return ids + await following(letter, partial(self._show, letter.to.chat), said=bool(ids))

    async def fetch(self, media: Media) -> bytes:
        return await self._caller.download(media.ref)

    # in

    async def _take(self, body: bytes) -> bytes:
        """Commit. The answer may be empty: what is to be said is said by calls of ours."""
        assert self._on_raw is not None
        delivery = delivered(body, self._wecom.corp_id, self._now())
        if delivery.press is not None:
            await self._keep_code(delivery.press.task, delivery.press.code)
        await self._on_raw([delivery.raw])
        return b""

    async def _verified(self) -> None:
        at = datetime.now(UTC).isoformat()
        await self._write(lambda store: store.channel_state.set(CHANNEL, "verified", at))

    # out

    async def _say(self, user: str, message: dict[str, Any]) -> str:
        told = await self._caller.post("message/send", {"touser": user, "agentid": self._wecom.app.agent_id, **message})
        if told.get("invaliduser") or told.get("unlicenseduser"):
            # errcode 0, and yet nobody was told (90236).
            # A licence is bought without our hearing of it; of whoever may see the app again the platform tells us.
            barred = bool(told.get("invaliduser"))
            raise SendFailed("the reader may not see the app, or has no licence for it", permanent=True, barred=barred)
        if message["msgtype"] != "template_card":
            return str(told.get("msgid") or _task())
        task: str = message["template_card"]["task_id"]
        if code := told.get("response_code"):
            await self._keep_code(task, str(code))
        return task

    async def _show(self, user: str, media: Media) -> str:
        content = await self._read(lambda store: store.media.kept(media.ref))
        kind, ref = await uploaded(self._caller, media, content)
        return await self._say(user, {"msgtype": kind, kind: {"media_id": ref}})

    async def _change(self, letter: Letter) -> list[str] | None:
        """The card as it is now, under its old id; None where it cannot be changed, or one card cannot hold it."""
        task = letter.remotes[-1]
        if not task.startswith(_CARD) or not letters.fits(letter):
            return None
        code = await self._use_code(task)
        if code is None:
            return None
        if letter.buttons:
            changed = letters.card(letter, await self._marks(letter), task)
        else:
            changed = letters.shut(letter, task, say("card.shut", self._settings.office.language))
        try:
            await self._caller.post(
                "message/update_template_card",
                {
                    "userids": [letter.to.chat],
                    "agentid": self._wecom.app.agent_id,
                    "response_code": code,
                    "template_card": changed,
                },
            )
        except ApiRefused as refused:
            if not refused.permanent:
                # Busy: the code was not used up.
                await self._keep_code(task, code)
                raise
            log.info("card_not_changed", outbox=letter.id, why=refused.why)
            return None
        return list(letter.remotes)

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

    async def _keep_code(self, task: str, code: str) -> None:
        until = datetime.now(UTC) + timedelta(hours=CODE_HOURS)
        await self._write(lambda store: store.channel_state.set(CHANNEL, f"code:{task}"[:128], code, until))

    async def _use_code(self, task: str) -> str | None:
        """The code of a card, used up with this."""

        def use(store: Store) -> str | None:
            name = f"code:{task}"[:128]
            code = store.channel_state.get(CHANNEL, name, datetime.now(UTC))
            store.channel_state.delete(CHANNEL, name)
            return code

        return await self._write(use)

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    async def _read(self, work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._database.read, work)


def _task() -> str:
    """A card's id: never the same again, even in another database under the same app."""
    return _CARD + secrets.token_hex(12)
