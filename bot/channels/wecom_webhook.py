"""Robots of staff groups (消息推送): they push text, markdown and pictures, and hear nothing. Their keys are secrets.

Limits (99110): 20 messages a minute for each robot, text 2048 bytes, markdown 4096, a picture 2 MB.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import requests

from bot.channel import OnRaw
from bot.tencent.attachments import following
from bot.tencent.client import WECOM_HOST, apart, mapped, road_to
from bot.tencent.errors import ApiRefused
from bot.tencent.groups import MARKDOWN_BYTES, TEXT_BYTES, WEBHOOK
from bot.tencent.markdown import plain
from bot.tencent.splitting import said, size
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Priority, Raw
from domain.settings import Settings
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store

if TYPE_CHECKING:
    from fastapi import APIRouter

CHANNEL = "wecom_webhook"
PICTURE_BYTES = 2 * 1024 * 1024
_PICTURES = (b"\xff\xd8", b"\x89PNG")


class WecomWebhookChannel:
    """A chat is one robot, named after a hash of its key; the key lies sealed in channel_state."""

    name = CHANNEL
    capabilities = WEBHOOK

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._http = requests.Session()
        road_to(self._http, WECOM_HOST, settings.wecom.api, settings.wecom.http_seconds)

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: nothing calls us."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: there is nothing to hear."""

    async def close(self) -> None:
        self._http.close()

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        raise ValueError("a webhook robot hears nothing")

    async def send(self, letter: Letter) -> list[str]:
        """Say it; the ids are ours, since the platform gives none."""
        key = await self._read(lambda store: key_of(store, letter.to.chat))
        if key is None:
            raise SendFailed("this robot's key is not known here: minqing bind --webhook AREA", permanent=True)
        count = 0
        for message in messages(letter):
            try:
                await apart(partial(self._post, key, message))
            except SendFailed as failed:
                raise failed.after(count) from None
            count += 1
        count += len(await following(letter, partial(self._show, key), said=count > 0))
        return [f"{letter.id}-{number}" for number in range(count)]

    async def fetch(self, media: Media) -> bytes:
        raise SendFailed("a webhook robot hears nothing", permanent=True)

    async def _show(self, key: str, media: Media) -> None:
        shown = await self._shown(key, media)
        await apart(partial(self._post, key, shown))

    async def _shown(self, key: str, media: Media) -> dict[str, Any]:
        """A picture inside the message, anything else handed over first."""
        content = await self._read(lambda store: store.media.kept(media.ref))
        if content is None:
            raise SendFailed("we have not got the bytes of this attachment", permanent=True)
        if content.startswith(_PICTURES) and len(content) <= PICTURE_BYTES:
            md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
            return {"msgtype": "image", "image": {"base64": base64.b64encode(content).decode(), "md5": md5}}
        kind = "voice" if media.kind == "voice" else "file"
        return {"msgtype": kind, kind: {"media_id": await apart(partial(self._upload, key, kind, media, content))}}

    def _post(self, key: str, message: dict[str, Any]) -> None:
        self._call("send", {"key": key}, json=message)

    def _upload(self, key: str, kind: str, media: Media, content: bytes) -> str:
        files = {"media": (media.name or "minqing", content)}
        return str(self._call("upload_media", {"key": key, "type": kind}, files=files)["media_id"])

    def _call(self, what: str, query: dict[str, str], **body: Any) -> dict[str, Any]:
        """In a worker thread. The key stands in the address, so nothing of what requests says is passed on."""

        def work() -> dict[str, Any]:
            answer = self._http.post(f"{WECOM_HOST}/cgi-bin/webhook/{what}", params=query, **body)
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
            if told["errcode"]:
                raise ApiRefused(int(told["errcode"]), str(told.get("errmsg", "")).replace(query["key"], "***"))
            return told

        return mapped(work, asked=True)

    async def _read(self, work: Callable[[Store], Any]) -> Any:
        return await asyncio.to_thread(self._database.read, work)


def messages(letter: Letter) -> list[dict[str, Any]]:
    """What is to be sent, in order: text, calling everybody when life is in danger; what is too long for one text as
    markdown with its signs made harmless, which takes twice as much."""
    everybody = ["@all"] if letter.priority == Priority.EMERGENCY else []
    if size(letter.text) <= TEXT_BYTES or everybody:
        pieces = said(letter.text, TEXT_BYTES)
        texts: list[dict[str, Any]] = [{"msgtype": "text", "text": {"content": piece}} for piece in pieces]
        if everybody and texts:
            texts[0]["text"]["mentioned_list"] = everybody
        return texts
    pieces = said(plain(letter.text), MARKDOWN_BYTES)
    return [{"msgtype": "markdown", "markdown": {"content": piece}} for piece in pieces]


def keep_key(store: Store, key: str) -> str:
    """Seal a robot's key; returns the chat by which the robot is known from now on."""
    chat = "robot-" + hashlib.sha256(key.encode()).hexdigest()[:16]
    store.channel_state.set(CHANNEL, f"key:{chat}", key)
    return chat


def key_of(store: Store, chat: str) -> str | None:
    return store.channel_state.get(CHANNEL, f"key:{chat}", datetime.now(UTC))
