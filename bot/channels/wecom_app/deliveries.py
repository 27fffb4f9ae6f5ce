"""Decrypted callbacks on their way to the inbox: key and chat are found without understanding the rest."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

from bot.tencent.parsing import fields_of, word
from domain.messages import Raw

CHANNEL = "wecom_app"
_WIDEST = 128


def raw_of(body: bytes, corp: str, now: datetime) -> Raw:
    """Any plain text as a delivery; one that makes no sense becomes a dead letter later, not an error now.

    A message is known by its MsgId, which a repeat has too. An event has none: whose it is, when, and what it was.
    """
    try:
        fields = fields_of(body)
    except (ValueError, ExpatError):
        fields = {}
    number = word(fields, "MsgId")
    if number and len(number) <= 64:
        key = f"{corp}:{number}"
    else:
        names = ("FromUserName", "CreateTime", "Event", "EventKey", "TaskId")
        told = "\0".join(word(fields, name) for name in names) if fields else ""
        key = f"{corp}:{hashlib.sha256(told.encode() if told.strip(chr(0)) else body).hexdigest()[:40]}"
    return Raw(CHANNEL, key, word(fields, "FromUserName")[:_WIDEST], body, now)


def pressed(body: bytes) -> tuple[str, str] | None:
    """Task id and response code of a pressed card: the code is good for one change of it, within 72 hours."""
    try:
        fields: dict[str, Any] = fields_of(body)
    except (ValueError, ExpatError):
        return None
    task, code = word(fields, "TaskId"), word(fields, "ResponseCode")
    if word(fields, "Event") != "template_card_event" or not 0 < len(task) <= _WIDEST or not code:
        return None
    return task, code
