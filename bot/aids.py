"""What works beside the channels and comes back through the inbox: slow, outside any transaction, off by default."""

from __future__ import annotations

from collections.abc import Iterator
from shutil import which
from typing import Protocol

from bot.channel import OnRaw
from bot.credentials import Secrets
from bot.doors import Wiring
from bot.finding import Finding
from domain.messages import Incoming, Raw
from domain.settings import Settings


class Aid(Protocol):
    """Finds its work in the database, does it, and hands in what came of it."""

    @property
    def name(self) -> str: ...

    async def listen(self, on_raw: OnRaw) -> None:
        """Work until cancelled; one process at a time (a lease)."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """What was handed in. Pure; called in the writer's transaction."""

    async def close(self) -> None:
        """Let go of connections."""


def open_aids(wiring: Wiring) -> dict[str, Aid]:
    """Those that are on, by their names."""
    aids: list[Aid] = []
    if wiring.settings.language_model.url:
        from bot.language_model.aid import LanguageModelAid

        aids.append(LanguageModelAid(wiring.database, wiring.settings, wiring.secrets, wiring.now))
    attached = wiring.settings.attachments
    if attached.voice or attached.photos:
        from bot.attached_words import AttachedWords

        aids.append(AttachedWords(wiring.database, wiring.settings, wiring.now))
    return {aid.name: aid for aid in aids}


def examined(settings: Settings, secrets: Secrets) -> Iterator[Finding]:
    """What `minqing check` says of them; the office runs without them."""
    asked = settings.language_model
    if asked.url:
        key = "with its key" if secrets.language_model_key else "without a key (MINQING_LANGUAGE_MODEL_KEY)"
        yield Finding(True, f"language model: {asked.model} at {asked.url}, {key}, {asked.per_day} questions a day")
    for what, program in (("voice messages", settings.attachments.voice), ("photos", settings.attachments.photos)):
        if program:
            there = which(program[0]) is not None
            do = "" if there else "install it, or name it with its whole path in [attachments]"
            yield Finding(there, f"{what} are read by {program[0]}" + ("" if there else ", which is not here"), do)
