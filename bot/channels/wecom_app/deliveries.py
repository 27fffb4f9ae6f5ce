"""Decrypted callbacks on their way to the inbox: key and chat are found without understanding the rest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.tencent.parsing import fields_of, word
from domain.messages import Raw

CHANNEL = "wecom_app"
_WIDEST = 128


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed card: `code` is good for one change of the card `task`, within 72 hours."""

    task: str
    code: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes into the inbox, and what must be kept beside it."""

    raw: Raw
    press: Press | None = None


def delivered(body: bytes, corp: str, now: datetime) -> Delivery:
    """Any plain text as a delivery; one that makes no sense becomes a dead letter later, not an error now.

    A message is known by its MsgId, which a repeat has too. An event has none: whose it is, when, and what it was.
    """
    try:
        fields = fields_of(body)
    except ValueError:
        fields = {}
    number = word(fields, "MsgId")
    if number and len(number) <= 64:
        key = f"{corp}:{number}"
    else:
        names = ("FromUserName", "CreateTime", "Event", "EventKey", "TaskId")
        told = "\0".join(word(fields, name) for name in names) if fields else ""
        key = f"{corp}:{hashlib.sha256(told.encode() if told.strip(chr(0)) else body).hexdigest()[:40]}"
    return Delivery(Raw(CHANNEL, key, word(fields, "FromUserName")[:_WIDEST], body, now), _press(fields))


def _press(fields: dict[str, Any]) -> Press | None:
    task, code = word(fields, "TaskId"), word(fields, "ResponseCode")
    if word(fields, "Event") != "template_card_event" or not 0 < len(task) <= _WIDEST or not code:
        return None
    return Press(task, code)
