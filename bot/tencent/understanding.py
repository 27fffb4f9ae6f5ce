"""What people send to WeCom's app and to an official account, which write it in the same XML. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.tencent.parsing import moment, word
from domain.messages import Address, Datum, Media, MediaKind, Raw, Said, Sender, Spot

# China's own coordinates, which these platforms give: up to some hundred metres off WGS-84. Nothing is converted.
CHINESE: Datum = "GCJ-02"
_MEDIA: Mapping[str, MediaKind] = {
    "image": "photo",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "file": "file",
}
# As wide as the column that keeps it.
_WIDEST_REF = 255


def event_of(raw: Raw, fields: Mapping[str, Any], name: str) -> tuple[str, dict[str, Any]]:
    """The kind of a callback, and what every incoming thing has; ValueError where sender, kind or time is missing.
    `name`: what the sender is called."""
    user, kind = word(fields, "FromUserName"), word(fields, "MsgType").lower()
    if not user or not kind:
        raise ValueError("a callback without sender or type")
    return kind, {
        "at": Address(raw.channel, user),
        # A message is known by its MsgId, an event only by its delivery.
        "id": (word(fields, "MsgId") if kind != "event" else "") or raw.key,
        "sender": Sender(user, name),
        "sent_at": moment(fields),
        "private": True,
    }


def said_in(fields: Mapping[str, Any], kind: str, event: Mapping[str, Any]) -> list[Said]:
    """Text, place, link or attachment; nothing for kinds that we do not know, ValueError where it makes no sense."""
    if kind == "text":
        return [Said(**event, text=word(fields, "Content"))]
    if kind == "location":
        try:
            lat, lng = float(word(fields, "Location_X")), float(word(fields, "Location_Y"))
        except ValueError:
            # What stands there may be anything, and errors are logged.
            raise ValueError("a place without figures") from None
        return [Said(**event, spot=chinese_spot(word(fields, "Label"), lat, lng))]
    if kind == "link":
        told = (word(fields, "Title"), word(fields, "Description"), word(fields, "Url"))
        return [Said(**event, text="\n".join(one for one in told if one))]
    if kind in _MEDIA:
        ref = word(fields, "MediaId")
        if not 0 < len(ref) <= _WIDEST_REF:
            raise ValueError("an attachment without a media id")
        called = word(fields, "FileName") or word(fields, "Title") or None
        # What WeChat itself understood of a voice message stands beside it.
        return [Said(**event, text=word(fields, "Recognition"), media=(Media(_MEDIA[kind], ref, called),))]
    return []


def chinese_spot(name: str, lat: float, lng: float) -> Spot:
    """A place in degrees of GCJ-02. One without a name is called by its figures, and says whose they are, since
    somebody may type them into a map. ValueError where it is not on earth."""
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise ValueError("a place that is not on earth")
    return Spot(name or f"{lat:.5f},{lng:.5f}（{CHINESE}）", lat, lng, CHINESE)
