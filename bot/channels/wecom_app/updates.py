"""What a callback of the app means. Pure: the bytes that were stored, and nothing else."""

from __future__ import annotations

from typing import Any

from bot.channels.wecom_app.deliveries import CHANNEL
from bot.tencent.parsing import fields_of, moment, word
from domain.messages import Address, Incoming, Left, Media, MediaKind, Pressed, Raw, Said, Sender, Spot

_MEDIA: dict[str, MediaKind] = {
    "image": "photo",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "file": "file",
}
# As wide as the column that keeps it.
_WIDEST_REF = 255


def understand(raw: Raw) -> list[Incoming]:
    """What a delivery means: nothing for events that say nothing; ValueError when it is no callback that we know."""
    fields = fields_of(raw.body)
    user, kind = word(fields, "FromUserName"), word(fields, "MsgType").lower()
    if not user or not kind:
        raise ValueError("a callback without sender or type")
    event: dict[str, Any] = {
        "at": Address(CHANNEL, user),
        "id": raw.key,
        "sender": Sender(user, user),
        "sent_at": moment(fields),
        "private": True,
    }
    if kind == "event":
        return _event(fields, event)
    return _said(fields, kind, event | {"id": word(fields, "MsgId") or raw.key})


def _said(fields: dict[str, Any], kind: str, event: dict[str, Any]) -> list[Incoming]:
    if kind == "text":
        return [Said(**event, text=word(fields, "Content"))]
    if kind == "location":
        lat, lng = float(word(fields, "Location_X")), float(word(fields, "Location_Y"))
        if not (-90 <= lat <= 90 and -180 <= lng <= 180):
            raise ValueError("a place that is not on earth")
        name = word(fields, "Label") or f"{lat:.5f},{lng:.5f}"
        return [Said(**event, spot=Spot(name, lat, lng))]
    if kind == "link":
        told = (word(fields, "Title"), word(fields, "Description"), word(fields, "Url"))
        return [Said(**event, text="\n".join(one for one in told if one))]
    if kind in _MEDIA:
        ref = word(fields, "MediaId")
        if not 0 < len(ref) <= _WIDEST_REF:
            raise ValueError("an attachment without a media id")
        called = word(fields, "FileName") or word(fields, "Title") or None
        return [Said(**event, media=(Media(_MEDIA[kind], ref, called),))]
    return []


def _event(fields: dict[str, Any], event: dict[str, Any]) -> list[Incoming]:
    match word(fields, "Event").lower():
        case "template_card_event":
            return [Pressed(**event, mark=word(fields, "EventKey"), on=word(fields, "TaskId") or None)]
        case "click":
            # The app's menu holds commands as they are said: 今日, 我的.
            return [Said(**event, text=word(fields, "EventKey"))]
        case "subscribe":
            # He may see the app from now on: greeted like somebody who opens the chat.
            return [Said(**event, text="/start")]
        case "unsubscribe":
            return [Left(**event, bot=True)]
        case _:
            return []
