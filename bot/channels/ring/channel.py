"""The gateway behind the port of every channel: a person's number is looked up when the letter leaves, never before."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter

from bot.channel import Capabilities, OnRaw
from bot.channels.ring.gateway import Gateway
from domain.errors import SendFailed
from domain.messages import RING, Incoming, Media, Raw
from domain.settings import Settings
from storage.database import Database
from storage.outbox import Letter

_PERSON = "person:"


class RingChannel:
    """A letter's chat is "person:17", so that no phone number stands in the outbox. Ringing twice does no harm."""

    name = RING
    capabilities = Capabilities(
        reads="none", buttons=False, edit=False, reply=False, media_in=False, media_out=False, text_limit=300
    )

    def __init__(self, database: Database, settings: Settings, token: str | None) -> None:
        self._database = database
        self._gateway = Gateway(settings.ring, token)

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: nothing calls us."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: nobody answers here."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """Nothing comes in."""
        return []

    async def send(self, letter: Letter) -> list[str]:
        """Have the person called. SendFailed, permanently where there is no number."""
        person = letter.to.chat.removeprefix(_PERSON)
        if not person.isdigit():
            raise SendFailed(f"{letter.to.chat} is nobody to ring", permanent=True)
        phone = await asyncio.to_thread(self._database.read, lambda store: store.people.get(int(person)).phone)
        if not phone:
            raise SendFailed("the staff list has no phone number of his", permanent=True)
        await self._gateway.ring(phone, letter.text[: self.capabilities.text_limit])
        return [f"ring:{letter.id}"]

    async def fetch(self, media: Media) -> bytes:
        """Nothing is attached to a call."""
        raise SendFailed("a call has no attachments", permanent=True)

    async def close(self) -> None:
        await self._gateway.close()
