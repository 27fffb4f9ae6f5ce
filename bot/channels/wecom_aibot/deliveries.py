"""Decrypted callbacks on their way to the inbox: key, chat, where to answer, and where attachments lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.channels.wecom_aibot.capabilities import CHANNEL
from bot.tencent.parsing import object_of
from domain.messages import Raw

SAID = frozenset({"text", "image", "mixed", "voice", "file"})
_WIDEST = 128
_LONGEST_URL = 4096


def raw_of(body: bytes, now: datetime) -> Raw:
    """Any plain text as a delivery; one that makes no sense becomes a dead letter later, not an error now. A repeat
    has the same msgid."""
    told = _told(body)
    robot, number = text(told, "aibotid")[:64], text(told, "msgid")
    known = bool(number) and len(number) <= 60
    key = f"{robot}:{number}" if known else f"{robot}:{hashlib.sha256(body).hexdigest()[:40]}"
    return Raw(CHANNEL, key[:_WIDEST], chat_of(told), body, now)


def chat_of(told: dict[str, Any]) -> str:
    """The group, or in private the member's user id."""
    if text(told, "chattype") == "group":
        return text(told, "chatid")[:_WIDEST]
    return text(inner(told, "from"), "userid")[:_WIDEST]


def answer_to(body: bytes) -> tuple[str, str] | None:
    """Chat and address of the one answer that this callback allows."""
    told = _told(body)
    chat, url = chat_of(told), text(told, "response_url")
    return (chat, url) if chat and 0 < len(url) <= _LONGEST_URL else None


def attached(body: bytes) -> dict[str, str]:
    """Addresses of what is attached, by the short names under which they are kept for five minutes."""
    urls = (url for _, url in attachments(_told(body)))
    return {name_of(url): url for url in urls if len(url) <= _LONGEST_URL}


def attachments(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and address of all that is attached, also to what is quoted."""
    for part in (told, inner(told, "quote")):
        items = inner(part, "mixed").get("msg_item")
        for one in [part, *(items if isinstance(items, list) else [])]:
            if not isinstance(one, dict):
                continue
            for kind in ("image", "file"):
                if url := text(inner(one, kind), "url"):
                    yield kind, url


def name_of(url: str) -> str:
    return "aibot:" + hashlib.sha256(url.encode()).hexdigest()[:40]


def asks_stream(body: bytes) -> str | None:
    """The platform wants the rest of an answer in pieces (stream): its id."""
    told = _told(body)
    return text(inner(told, "stream"), "id") if text(told, "msgtype") == "stream" else None


def is_said(body: bytes) -> bool:
    """A message, which may be answered in the answer to the callback; an event may not."""
    return text(_told(body), "msgtype") in SAID


def pressed_card(body: bytes) -> str | None:
    """The platform's id of the card of which a button was pressed; None for anything else."""
    event = inner(_told(body), "event")
    if text(_told(body), "msgtype") != "event" or text(event, "eventtype") != "template_card_event":
        return None
    return text(inner(event, "template_card_event"), "task_id")[:_WIDEST] or None


def enters(body: bytes) -> bool:
    """Somebody opens the private chat for the first time today: only an answer within five seconds reaches him."""
    told = _told(body)
    return text(told, "msgtype") == "event" and text(inner(told, "event"), "eventtype") == "enter_chat"


def text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def inner(told: dict[str, Any], name: str) -> dict[str, Any]:
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def _told(body: bytes) -> dict[str, Any]:
    try:
        return object_of(body)
    except ValueError:
        return {}
