"""Staff groups that the app itself made (应用群聊): it pushes into them and hears nothing.

Limits (90244, 90248): text 2048 bytes; 200 messages a minute and 10,000 a day for each member, the rest is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channel import OnRaw
from bot.credentials import Secrets
from bot.tencent.attachments import following, uploaded
from bot.tencent.client import wecom
from bot.tencent.groups import APPCHAT, TEXT_BYTES
from bot.tencent.sessions import Sessions
from bot.tencent.splitting import said
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Raw
from domain.settings import Settings
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store

if TYPE_CHECKING:
    from fastapi import APIRouter

CHANNEL = "wecom_appchat"
# It is the app that speaks, so it shares the app's token.
APP = "wecom_app"
NAME_CHARACTERS = 50
FEWEST, MOST = 2, 500


class WecomAppchatChannel:
    name = CHANNEL
    capabilities = APPCHAT

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secrets: Secrets) -> None:
        self._database = database
        self._now = now
        sessions = Sessions(database, APP)
        its = settings.wecom
        self._caller = wecom(its.api, its.http_seconds, its.corp_id, secrets.wecom_app_secret or "", sessions)

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: what is said there is not told to us."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: there is nothing to hear."""

    async def close(self) -> None:
        """Nothing is held."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        raise ValueError("an app's group tells us nothing")

    async def send(self, letter: Letter) -> list[str]:
        """Say it; the ids are ours, since the platform gives none."""
        count = 0
        for piece in said(letter.text, TEXT_BYTES):
            try:
                await self._say(letter.to.chat, "text", {"content": piece})
            except SendFailed as failed:
                raise failed.after(count) from None
            count += 1
        count += len(await following(letter, partial(self._show, letter.to.chat), said=count > 0))
        return [f"{letter.id}-{number}" for number in range(count)]

    async def fetch(self, media: Media) -> bytes:
        raise SendFailed("an app's group tells us nothing", permanent=True)

    def create(self, name: str, users: Sequence[str]) -> str:
        """Make a group of these members (2 to 500); its chat id. In this thread; SendFailed."""
        told = self._caller.call_now(
            lambda client: client.appchat.create(name=name[:NAME_CHARACTERS], user_list=list(users))
        )
        return str(told["chatid"])

    def there(self, chat: str) -> None:
        """Ask whether the group is there and the app's own; ApiRefused where it is not. In this thread."""
        self._caller.call_now(lambda client: client.appchat.get(chat))

    async def _show(self, chat: str, media: Media) -> None:
        content = await asyncio.to_thread(self._database.read, _kept(media))
        kind, ref = await uploaded(self._caller, media, content)
        await self._say(chat, kind, {"media_id": ref})

    async def _say(self, chat: str, kind: str, content: dict[str, Any]) -> None:
        await self._caller.post("appchat/send", {"chatid": chat, "msgtype": kind, kind: content, "safe": 0})


def _kept(media: Media) -> Callable[[Store], bytes | None]:
    return lambda store: store.media.kept(media.ref)
