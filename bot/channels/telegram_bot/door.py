"""The door for Telegram's own calls: the secret is compared before anything is parsed; nothing is understood here."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from hmac import compare_digest

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def door(secret: str, max_bytes: int, take: Callable[[object], Awaitable[None]]) -> APIRouter:
    """200 once `take` has committed the update; else Telegram brings it again."""
    router = APIRouter()
    wanted = secret.encode()

    async def webhook(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not compare_digest(given.encode(), wanted):
            return Response(status_code=403)
        body = await _read(request, max_bytes)
        if body is None:
            return Response(status_code=413)
        try:
            update: object = json.loads(body)
        except (ValueError, RecursionError):
            # It will not get better by coming again: kept as it is, to become a dead letter.
            update = {"unreadable": body.decode("utf-8", "replace")}
        try:
            await take(update)
        except SQLAlchemyError as error:
            log.error("telegram_not_kept", error=str(error.__cause__ or error))
            return Response(status_code=503)
        return Response()

    # A plain route: FastAPI's own would look for parameters to fill in, at every call.
    router.add_route(PATH, webhook, methods=["POST"])
    return router


async def _read(request: Request, max_bytes: int) -> bytes | None:
    """The body, or None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)
