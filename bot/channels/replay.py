"""The channel of `minqing replay`: hands over written conversations, and writes down what the bot says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.channel import Capabilities, OnRaw
from domain.errors import SendFailed
from domain.messages import Address, Edited, Incoming, Media, MediaKind, Raw, Said, Sender, Spot
from storage.outbox import Letter

if TYPE_CHECKING:
    from fastapi import APIRouter

NAME = "replay"
_KINDS: tuple[MediaKind, ...] = ("photo", "voice")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something the bot said: after which message, in which room."""

    after: int
    chat: str
    text: str
    edit: bool


class ReplayChannel:
    name = NAME
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.spoken: list[Spoken] = []
        self.after = 0

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: nothing calls us."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: the replay hands its messages in."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """One message in the scheme of README-conversations.md, with `replies_to` as a platform id."""
        message: dict[str, Any] = json.loads(raw.body)
        media = tuple(Media(kind, f"{kind}:{message['n']}") for kind in _KINDS if message[kind])
        spot = message["location"]
        fields: dict[str, Any] = {
            "at": Address(NAME, raw.chat),
            "id": str(message.get("edits") or message["n"]),
            "sender": Sender(message["who"], message["who"]),
            "sent_at": datetime.fromisoformat(message["at"]),
            "text": message["text"],
            "replies_to": message["replies_to"],
            "media": media,
            "spot": Spot(spot["name"], spot["lat"], spot["lng"]) if spot else None,
        }
        return [Edited(**fields) if message["edited"] else Said(**fields)]

    async def send(self, letter: Letter) -> list[str]:
        """Write it down."""
        edit = letter.mode == "edit"
        self.spoken.append(Spoken(self.after, letter.to.chat, letter.text, edit))
        return list(letter.remotes) if edit else [f"bot:{len(self.spoken)}"]

    async def close(self) -> None:
        """Nothing is held."""

    async def fetch(self, media: Media) -> bytes:
        """There are no bytes behind the photos of a written conversation."""
        raise SendFailed("a written conversation has no attachments", permanent=True)
