"""Raw updates on their way to the inbox: the key, the chat and the album are found without understanding the rest."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any

from domain.messages import Raw
from storage.engines import storable

CHANNEL = "telegram"
# An empty list would leave out chat_member and message_reaction.
ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
# What we add to an update under this name; whatever came under it from outside is thrown away.
OURS = "minqing"
# Telegram's own numbers fit into 64 bits, and so do our columns.
_WIDEST = 2**63
# The album of all that somebody forwards to us in one go.
FORWARDED = "forwarded"
_KINDS = tuple(kind for kind in ALLOWED if kind != "callback_query")
# Who is asked about is only one who says this and nothing else.
_LEAVE = re.compile(r"\s*(?:@\w+\s+)?[#/]?\s?(?:退群|leave_group)(?:@\w+)?(?:\s+@\w+)?\s*", re.IGNORECASE)


def raw_of(update: object, bot_id: int, now: datetime, album_seconds: float) -> Raw:
    """Any JSON value as a delivery; one that makes no sense becomes a dead letter later, not an error now."""
    update, body = _kept(update)
    number = number_of(update)
    key = f"{bot_id}:{number}" if number is not None else f"{bot_id}:{hashlib.sha256(body).hexdigest()[:40]}"
    # An edit of an album that is still coming in must not overtake it.
    album = _within(update, "message", "media_group_id") or _within(update, "edited_message", "media_group_id")
    chat = str(chat_of(update))
    if album is None and is_forward(update):
        # Several lines that are forwarded in one go come one by one.
        album = FORWARDED
    if not isinstance(album, str | int):
        return Raw(CHANNEL, key, chat, body, now)
    return Raw(CHANNEL, key, chat, body, now, str(album)[:64], now + timedelta(seconds=album_seconds))


def _kept(update: object) -> tuple[object, bytes]:
    """The update as it can be kept, and its bytes: half an emoji is no text, and what is nested without end is nothing
    that Telegram sends."""
    try:
        return update, _bytes(update)
    except UnicodeEncodeError:
        update = storable(update)
    except RecursionError:
        update = {"unreadable": "nested too deep"}
    return update, _bytes(update)


def _bytes(update: object) -> bytes:
    return json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode()


def is_forward(update: object) -> bool:
    """Whether somebody passes on in private what was said elsewhere."""
    origin = _within(update, "message", "forward_origin")
    return isinstance(origin, dict) and _within(update, "message", "chat", "type") == "private"


def number_of(update: object) -> int | None:
    """update_id, where there is a sane one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and abs(number) < _WIDEST else None


def chat_of(update: object) -> int:
    """The chat that it is about, 0 where none can be found."""
    for path in (*((kind, "chat", "id") for kind in _KINDS), ("callback_query", "message", "chat", "id")):
        found = _within(update, *path)
        if isinstance(found, int) and abs(found) < _WIDEST:
            return found
    return 0


def start_code(update: object) -> tuple[int, int, str] | None:
    """Chat, sender and code of a "/start CODE" said in a group: whoever hands it in must be one of its admins."""
    chat, sender, text = _in_group(update) or (0, 0, "")
    words = text.split()
    return (chat, sender, words[1]) if text.startswith("/start") and len(words) == 2 else None


def asks_to_leave(update: object) -> tuple[int, int] | None:
    """Chat and sender of a line in a group that asks us to go: he must be one of its admins."""
    chat, sender, text = _in_group(update) or (0, 0, "")
    return (chat, sender) if _LEAVE.fullmatch(text) else None


def _in_group(update: object) -> tuple[int, int, str] | None:
    """Chat, sender and text of what was said in a group."""
    text = _within(update, "message", "text")
    kind = _within(update, "message", "chat", "type")
    sender = _within(update, "message", "from", "id")
    if not isinstance(text, str) or not isinstance(sender, int) or kind not in ("group", "supergroup"):
        return None
    return chat_of(update), sender, text


def pressed(update: object) -> str | None:
    """The id by which a press of a button is to be answered."""
    found = _within(update, "callback_query", "id")
    return str(found) if found is not None else None


def without_ours(update: object) -> object:
    """The update as nobody but Telegram can have made it."""
    if isinstance(update, dict) and OURS in update:
        return {name: value for name, value in update.items() if name != OURS}
    return update


def with_admin(update: dict[str, Any], admin: bool | None) -> dict[str, Any]:
    """The update with what Telegram said about its sender."""
    return {**update, OURS: {"admin": admin}}


def _within(value: object, *path: str) -> object:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
