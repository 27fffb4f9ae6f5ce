"""What a callback of the robot means. Pure: the bytes that were stored, and what the robot is called."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from bot.channels.wecom_aibot.capabilities import CHANNEL
from bot.channels.wecom_aibot.deliveries import SAID, attachments, chat_of, inner, name_of, text
from bot.tencent.parsing import object_of
from domain.messages import Address, Incoming, Media, Pressed, Raw, Said, Sender

_SOMEBODY = re.compile(r"^\s*@[^\s@]+[\s\u2005]*")
# A ticket's number at the head of a card of ours that is quoted.
_OURS = re.compile(r"\s*(?:【[^】]{1,8}】\s*)?(?P<number>[一-鿿]{1,8}\d{1,7})(?!\d)")
HAND_IN = "代报"
_BLANK = " \t\n\u2005"


def understand(raw: Raw, called: str) -> list[Incoming]:
    """What a delivery means: nothing for events that say nothing; ValueError when it is no callback that we know."""
    told = object_of(raw.body)
    kind, user = text(told, "msgtype"), text(inner(told, "from"), "userid")
    chat = chat_of(told)
    if not kind or not user or not chat:
        raise ValueError("a callback without sender, chat or type")
    event: dict[str, Any] = {
        "at": Address(CHANNEL, chat),
        "id": text(told, "msgid") or raw.key,
        "sender": Sender(user, user),
        "sent_at": _moment(told, raw.received_at),
        "private": text(told, "chattype") != "group",
    }
    if kind == "event":
        return _event(told, event)
    if kind not in SAID:
        return []
    own = _without_name(_words(told), called)
    media = tuple(Media("photo" if one == "image" else "file", name_of(url)) for one, url in attachments(told))
    return [Said(**event, text=_with_quote(own, _words(inner(told, "quote"))), media=media, named=True)]


def _words(told: dict[str, Any]) -> str:
    """What was written, or understood of a voice message; of a mixed message the texts in order."""
    items = inner(told, "mixed").get("msg_item")
    parts = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else [told]
    said = (text(inner(part, kind), "content") for part in parts for kind in ("text", "voice"))
    return "\n".join(one for one in said if one)


def _without_name(said: str, called: str) -> str:
    """Without the robot's own name, wherever it stands; where it is not known, without the name at the beginning."""
    if called and f"@{called}" in said:
        before, _, after = said.partition(f"@{called}")
        return f"{before.strip(_BLANK)} {after.strip(_BLANK)}".strip(_BLANK)
    return (_SOMEBODY.sub("", said, count=1) if not called else said).strip(_BLANK)


def _with_quote(own: str, quoted: str) -> str:
    """Said about a card of ours, its number belongs behind the first word (接单 阳光128). Whoever quotes somebody else
    and says nothing but our name hands in what that one said."""
    if not quoted:
        return own
    ours = _OURS.match(quoted)
    if ours is None:
        return f"{own or HAND_IN}\n{quoted}"
    if not own or any(one.isdigit() for one in own):
        return own
    first, *rest = own.split(maxsplit=1)
    return " ".join([first, ours["number"], *rest])


def _event(told: dict[str, Any], event: dict[str, Any]) -> list[Incoming]:
    within = inner(told, "event")
    if text(within, "eventtype") != "template_card_event":
        return []
    card = inner(within, "template_card_event")
    key = text(card, "event_key")
    return [Pressed(**event, mark=key, on=text(card, "task_id") or None)] if key else []


def _moment(told: dict[str, Any], otherwise: datetime) -> datetime:
    """Only events bear their time."""
    at = told.get("create_time")
    try:
        return datetime.fromtimestamp(int(at), UTC) if isinstance(at, int | str) and at else otherwise
    except (ValueError, OverflowError, OSError):
        return otherwise
