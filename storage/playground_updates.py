"""The updates that the playground's server delivers, as JSON; bot/channels/playground.py reads them."""

from __future__ import annotations

import json
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from domain.messages import Raw

if TYPE_CHECKING:
    from storage.playground import Post

CHANNEL = "playground"


def said(kind: str, key: str, post: Post, *, private: bool, album: str | None = None) -> Raw:
    """A post as it was "said" or "edited"; `key` tells this delivery from all others."""
    at = post.edited_at or post.at
    update = {
        "kind": kind,
        "id": str(post.id),
        "user": post.user_id,
        "name": post.name,
        "private": private,
        "at": at.isoformat(),
        "text": post.text,
        "replies_to": str(post.replies_to) if post.replies_to is not None else None,
        "photo": post.photo,
        "voice": post.voice,
        "spot": [post.spot.name, post.spot.lat, post.spot.lng] if post.spot else None,
        "album": album,
    }
    return _raw(key, post.chat, update, at)


def pressed(post: Post, command: str, user_id: str, name: str, at: datetime, *, private: bool) -> Raw:
    """A button of a post was pressed; each press has an id of its own."""
    press = token_hex(8)
    update = {
        "kind": "pressed",
        "id": press,
        "user": user_id,
        "name": name,
        "private": private,
        "at": at.isoformat(),
        "command": command,
        "on": str(post.id),
    }
    return _raw(f"press:{press}", post.chat, update, at)


def _raw(key: str, chat: str, update: dict[str, Any], at: datetime) -> Raw:
    return Raw(CHANNEL, key, chat, json.dumps(update, ensure_ascii=False).encode(), at)


def post_of(raw: Raw) -> int:
    """The post that an update is about."""
    return int(json.loads(raw.body)["id"])
