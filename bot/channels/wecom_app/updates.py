"""What a callback of the app means. Pure: the bytes that were stored, and nothing else."""

from __future__ import annotations

from typing import Any

from bot.tencent.parsing import fields_of, word
from bot.tencent.understanding import event_of, said_in
from domain.messages import Incoming, Left, Pressed, Raw, Said


def understand(raw: Raw) -> list[Incoming]:
    """What a delivery means: nothing for events that say nothing; ValueError when it is no callback that we know."""
    fields = fields_of(raw.body)
    kind, event = event_of(raw, fields, word(fields, "FromUserName"))
    if kind == "event":
        return _event(fields, event)
    return [*said_in(fields, kind, event)]


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
