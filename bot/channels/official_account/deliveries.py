"""Decrypted callbacks on their way to the inbox: key, chat, what may be sent after them, and consents given."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from bot.channels.official_account.capabilities import CHANNEL
from bot.channels.official_account.quota import Grant
from bot.tencent.parsing import fields_of, moment, word
from domain.messages import Raw

_WIDEST = 128
_CONSENTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
}
_BRIEF = frozenset({"click", "subscribe", "scan", "scancode_push", "scancode_waitmsg"})


def raw_of(body: bytes, app: str, now: datetime) -> Raw:
    """Any plain text as a delivery; one that makes no sense becomes a dead letter later, not an error now.

    A message is known by its MsgId, which a repeat has too. An event has none: whose it is, when, and what it was.
    """
    fields = _fields(body)
    number = word(fields, "MsgId")
    if number and len(number) <= 64 and word(fields, "MsgType").lower() != "event":
        key = f"{app}:{number}"
    else:
        names = ("FromUserName", "CreateTime", "Event", "EventKey")
        told = "\0".join(word(fields, name) for name in names) if fields else ""
        key = f"{app}:{hashlib.sha256(told.encode() if told.strip(chr(0)) else body).hexdigest()[:40]}"
    return Raw(CHANNEL, key, word(fields, "FromUserName")[:_WIDEST], body, now)


def granted(body: bytes) -> tuple[str, datetime, Grant] | None:
    """Whose it is, when it was said, and what may be sent for it: five within 48 hours of a message, three within a
    minute of a press of the menu, a scan, or following (since June 2023); None for what grants nothing."""
    fields = _fields(body)
    user, kind = word(fields, "FromUserName")[:_WIDEST], word(fields, "MsgType").lower()
    try:
        at = moment(fields)
    except ValueError:
        return None
    if not user or not kind:
        return None
    if kind != "event":
        return user, at, Grant.message(at)
    return (user, at, Grant.event(at)) if word(fields, "Event").lower() in _BRIEF else None


def consents(body: bytes) -> tuple[str, dict[str, bool]]:
    """Whose it is, and to which templates he agreed or no longer agrees."""
    fields = _fields(body)
    within = fields.get(_CONSENTS.get(word(fields, "Event").lower(), ""))
    said = within.get("List") if isinstance(within, dict) else None
    some: list[Any] = said if isinstance(said, list) else [said]
    found: dict[str, bool] = {}
    for one in some:
        if isinstance(one, dict) and 0 < len(template := word(one, "TemplateId")) <= 64:
            found[template] = word(one, "SubscribeStatusString") == "accept"
    return word(fields, "FromUserName")[:_WIDEST], found


def _fields(body: bytes) -> dict[str, Any]:
    try:
        return fields_of(body)
    except ValueError:
        return {}
