"""What a callback of the official account means. Pure: the bytes that were stored, and nothing else."""

from __future__ import annotations

from typing import Any

from bot.channels.official_account.capabilities import CHANNEL
from bot.tencent.parsing import fields_of, moment, word
from domain.messages import Address, Incoming, Left, Media, MediaKind, Raw, Said, Sender, Spot

_MEDIA: dict[str, MediaKind] = {"image": "photo", "voice": "voice", "video": "video", "shortvideo": "video"}
# As wide as the column that keeps it.
_WIDEST_REF = 255
_SCENE = "qrscene_"


def understand(raw: Raw) -> list[Incoming]:
    """What a delivery means: nothing for events that say nothing; ValueError when it is no callback that we know."""
    fields = fields_of(raw.body)
    user, kind = word(fields, "FromUserName"), word(fields, "MsgType").lower()
    if not user or not kind:
        raise ValueError("a callback without sender or type")
    event: dict[str, Any] = {
        "at": Address(CHANNEL, user),
        "id": raw.key,
        # The platform names nobody: he is called by what his worker bound him to, if at all.
        "sender": Sender(user, ""),
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
        return [Said(**event, spot=Spot(word(fields, "Label") or f"{lat:.5f},{lng:.5f}", lat, lng))]
    if kind == "link":
        told = (word(fields, "Title"), word(fields, "Description"), word(fields, "Url"))
        return [Said(**event, text="\n".join(one for one in told if one))]
    if kind in _MEDIA:
        ref = word(fields, "MediaId")
        if not 0 < len(ref) <= _WIDEST_REF:
            raise ValueError("an attachment without a media id")
        # What WeChat itself understood of a voice message stands beside it.
        return [Said(**event, text=word(fields, "Recognition"), media=(Media(_MEDIA[kind], ref),))]
    return []


def _event(fields: dict[str, Any], event: dict[str, Any]) -> list[Incoming]:
    key = word(fields, "EventKey")
    match word(fields, "Event").lower():
        case "subscribe":
            # Greeted like somebody who opens the chat; a code with a picture (带参数二维码) may hold a one-time code.
            return [Said(**event, text=f"/start {key.removeprefix(_SCENE)}".strip())]
        case "scan":
            return [Said(**event, text=f"/start {key}".strip())]
        case "click" if key:
            # The menu holds commands as they are said: 我的, 帮助.
            return [Said(**event, text=key)]
        case "unsubscribe":
            return [Left(**event, bot=True)]
        case _:
            # Where a phone is (LOCATION) is nobody's business; consents were kept at the door.
            return []
