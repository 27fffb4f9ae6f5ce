"""Attachments on their way out: our own bytes are handed over first, a media id of the platform is used as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.tencent.client import Caller
from domain.errors import SendFailed
from domain.messages import Media
from storage.outbox import Letter

log = structlog.get_logger()
T = TypeVar("T")

_KIND = {"photo": "image", "voice": "voice", "video": "video", "file": "file"}
_SUFFIX = {"photo": "jpg", "voice": "amr", "video": "mp4", "file": "bin"}


async def uploaded(caller: Caller, media: Media, content: bytes | None) -> tuple[str, str]:
    """The platform's word for its kind, and a media id: of `content` where we have it (an id lives three days only),
    else the ref itself, which is one. SendFailed."""
    kind = _KIND[media.kind]
    if content is None:
        return kind, media.ref
    return kind, await caller.upload(kind, media.name or f"minqing.{_SUFFIX[media.kind]}", content)


async def following(letter: Letter, show: Callable[[Media], Awaitable[T]], *, said: bool) -> list[T]:
    """What `show` gave for each attachment. Once anything of the letter stands (`said`: its words do) it is not said
    again for the sake of a picture that cannot be shown, be it for good or for now. SendFailed where nothing does."""
    shown: list[T] = []
    for media in letter.media:
        try:
            shown.append(await show(media))
        except SendFailed as failed:
            if not said and not shown:
                raise
            log.warning("not_shown", outbox=letter.id, why=failed.why)
            if failed.unknown:
                # Whoever is silent about this one is silent about the next, and the letter's own time runs out.
                break
    return shown
