"""What a callback of the official account means. Pure: the bytes that were stored, and nothing else."""

from __future__ import annotations

from typing import Any

from bot.tencent.parsing import fields_of, word
from bot.tencent.understanding import event_of, said_in
from domain.messages import Incoming, Left, Raw, Said

_SCENE = "qrscene_"


def understand(raw: Raw) -> list[Incoming]:
    """What a delivery means: nothing for events that say nothing; ValueError when it is no callback that we know."""
    fields = fields_of(raw.body)
    # The platform names nobody: he is called by what his worker bound him to, if at all.
    kind, event = event_of(raw, fields, "")
    if kind == "event":
        return _event(fields, event)
    return [*said_in(fields, kind, event)]


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
