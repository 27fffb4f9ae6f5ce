"""Shows one attachment to whoever holds a link that was said with a letter: to look at, never to run or to keep."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from handlers.shown import PATH, opened
from storage.database import Database

# By how they begin. Anything else is handed over as a file: what somebody sent must not run under our address.
_SHOWN = (
    (b"\xff\xd8", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def door(database: Database, now: Callable[[], datetime]) -> APIRouter:
    """GET /attachments/{number}?until=…&mark=…: the attachment, or 404 without a word why."""
    router = APIRouter()

    @router.get(PATH + "/{number}", response_model=None)
    async def show(number: str, until: str = "", mark: str = "") -> Response:
        content = await asyncio.to_thread(database.read, lambda store: opened(store, number, until, mark, now()))
        if content is None:
            return Response(status_code=404, headers=_HEADERS)
        kind = kind_of(content)
        whole = {} if kind is not None else {"Content-Disposition": "attachment"}
        return Response(content, media_type=kind or "application/octet-stream", headers=_HEADERS | whole)

    return router


def kind_of(content: bytes) -> str | None:
    """The media type of a picture that a browser may show; None for everything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begins, kind in _SHOWN if content.startswith(begins)), None)
