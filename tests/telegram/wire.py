"""What goes over the wire to the fake server and back: chats, calls, faults, and how Telegram checks and refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

JSON_FIELDS = ("reply_markup", "reply_parameters", "allowed_updates", "commands", "scope", "media")


@dataclass
class Chat:
    id: int
    type: str
    title: str
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)
    moved_to: int | None = None
    kicked: bool = False
    last: int = 0

    @property
    def shown(self) -> dict[str, Any]:
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        return {"id": self.id, "type": self.type, "title": self.title} | ({"is_forum": True} if self.topics else {})


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What one call meets: an HTTP status (and `why`), and whether the work is done before it is told. `hang` never
    answers."""

    status: int = 500
    retry_after: int | None = None
    done: bool = False
    hang: bool = False
    why: str = ""


class Refuse(Exception):
    def __init__(self, status: int, why: str, **parameters: Any) -> None:
        super().__init__(why)
        self.status, self.why, self.parameters = status, why, parameters


async def params_of(request: web.Request) -> dict[str, Any]:
    params: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        params[name] = json.loads(value) if name in JSON_FIELDS and isinstance(value, str) else value
    return params


def kind_of(update: dict[str, Any]) -> str:
    return next((name for name in update if name not in ("update_id",)), "")


def checked(text: str) -> str:
    if not text.strip():
        raise Refuse(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refuse(400, "Bad Request: message is too long")
    return text


def buttons_in(params: dict[str, Any]) -> dict[str, Any] | None:
    markup: dict[str, Any] | None = params.get("reply_markup")
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            if len(button["callback_data"].encode()) > 64:
                raise Refuse(400, "Bad Request: BUTTON_DATA_INVALID")
    # A keyboard in place of the letters belongs to the phone, not to the message.
    return markup if markup and "inline_keyboard" in markup else None


def matching(file_id: str, kind: str) -> str:
    """A file keeps the kind that it came as; the tests' documents are called doc-…, their voice messages voice-…"""
    came = {"doc": "document", "voice": "voice"}.get(file_id.partition("-")[0], "photo")
    if came != kind:
        raise Refuse(400, f"Bad Request: can't use file of type {came.capitalize()} as {kind.capitalize()}")
    return file_id


def photo_of(file_id: str) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "width": 800, "height": 600}


def error(refused: Refuse) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.why}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.status)
