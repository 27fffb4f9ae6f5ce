"""The door for the platform's own calls: what it did not sign is not kept, and it is answered after our commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from bot.tencent.crypto import Envelope, Forged, Signed

log = structlog.get_logger()

FORGED = Counter("minqing_forged_callbacks", "Callbacks whose signature or ciphertext was not the platform's", ["door"])


def door(
    path: str,
    envelope: Envelope,
    max_bytes: int,
    take: Callable[[bytes], Awaitable[bytes]],
    verified: Callable[[], Awaitable[None]],
) -> APIRouter:
    """GET answers the console's verification (`verified` notes that it came); POST hands the plain text to `take`,
    which commits it and gives the body to answer with. 403 for what is forged, 413 for what is too long, 503 where it
    could not be kept: then the platform brings it again."""
    router = APIRouter()
    forged = FORGED.labels(path)
    seen = 0

    def refused() -> Response:
        nonlocal seen
        seen += 1
        forged.inc()
        if seen & (seen - 1) == 0:
            # 1, 2, 4, 8 …: a wrong token in the settings is noticed, a flood does not fill the disk.
            log.warning("callback_forged", door=path, seen=seen, do="is this the token and key of the console?")
        return Response(status_code=403)

    @router.get(path)
    async def verify(request: Request) -> Response:
        try:
            plain = envelope.open_text(request.query_params.get("echostr"), _signed(request))
        except Forged:
            return refused()
        try:
            await verified()
        except SQLAlchemyError as error:
            log.error("not_kept", door=path, error=str(error.__cause__ or error))
        return Response(plain, media_type="text/plain")

    @router.post(path)
    async def callback(request: Request) -> Response:
        body = await read(request, max_bytes)
        if body is None:
            return Response(status_code=413)
        try:
            plain = envelope.open(body, _signed(request))
        except Forged:
            return refused()
        try:
            return Response(await take(plain), media_type="text/plain")
        except SQLAlchemyError as error:
            log.error("not_kept", door=path, error=str(error.__cause__ or error))
            return Response(status_code=503)

    return router


async def read(request: Request, max_bytes: int) -> bytes | None:
    """The body, or None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)


def _signed(request: Request) -> Signed:
    """An official account in plain or mixed mode signs otherwise: only the encrypted mode is taken."""
    asked = request.query_params
    return Signed(asked.get("msg_signature", ""), asked.get("timestamp", ""), asked.get("nonce", ""))
