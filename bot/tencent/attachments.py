"""Attachments on their way out: our own bytes are handed over first, a media id of the platform is used as it is."""

from __future__ import annotations

from bot.tencent.client import Caller
from domain.messages import Media

_KIND = {"photo": "image", "voice": "voice", "video": "video", "file": "file"}
_SUFFIX = {"photo": "jpg", "voice": "amr", "video": "mp4", "file": "bin"}


async def uploaded(caller: Caller, media: Media, content: bytes | None) -> tuple[str, str]:
    """The platform's word for its kind, and a media id: of `content` where we have it (an id lives three days only),
    else the ref itself, which is one. SendFailed."""
    kind = _KIND[media.kind]
    if content is None:
        return kind, media.ref
    return kind, await caller.upload(kind, media.name or f"minqing.{_SUFFIX[media.kind]}", content)
