"""How an official account's console verifies our address: in plain words, even where messages are encrypted."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from hmac import compare_digest

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from wechatpy.utils import WeChatSigner

from bot.tencent.door import FORGED

log = structlog.get_logger()

PATH = "/wechat/official"
_ECHO = re.compile(r"[A-Za-z0-9_-]{1,64}")


def plain_verification(token: str, verified: Callable[[], Awaitable[None]]) -> APIRouter:
    """GET with signature = SHA-1 of the sorted token, timestamp and nonce answers with echostr; else 403."""
    router = APIRouter()

    @router.get(PATH)
    async def verify(request: Request) -> Response:
        asked = request.query_params
        signer = WeChatSigner()
        signer.add_data(token, asked.get("timestamp", ""), asked.get("nonce", ""))
        echo = asked.get("echostr", "")
        right = compare_digest(asked.get("signature", "").encode(), str(signer.signature).encode())
        if not right or not _ECHO.fullmatch(echo):
            FORGED.labels(PATH).inc()
            return Response(status_code=403)
        try:
            await verified()
        except SQLAlchemyError as error:
            log.error("not_kept", door=PATH, error=str(error.__cause__ or error))
        return Response(echo, media_type="text/plain")

    return router
