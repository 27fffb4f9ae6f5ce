"""A choice asked of somebody on a platform without buttons: numbered, and a bare figure answers it while it is open."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.messages import Address, Button, Said
from handlers.texts import say
from storage.store import Store

# So long a question of ours is open, unless something else was said meanwhile.
_OPEN = timedelta(hours=24)
_FIGURE = re.compile(r"(?:回|选|第)?\s*([1-9]|[１-９])\s*(?:个|号|项)?[。.!！]?")


def numbered(text: str, buttons: Sequence[Button], language: str) -> str:
    """The text with a row for each choice, as it is answered."""
    rows = [say("choices.row", language, n=n, label=button.label) for n, button in enumerate(buttons, start=1)]
    return "\n".join([text, *rows])


def keep(store: Store, room: Address, buttons: Sequence[Button], now: datetime) -> None:
    """The question stands in this private room: what each figure gives."""
    commands = json.dumps([button.command for button in buttons], ensure_ascii=False)
    store.channel_state.set(room.channel, _name(room), commands, now + _OPEN)


def close(store: Store, room: Address) -> None:
    """Another question with figures stands there now."""
    store.channel_state.delete(room.channel, _name(room))


def answered(store: Store, said: Said, now: datetime) -> Said:
    """With the words of the choice where a bare figure takes one. The next words after the question answer or close it,
    so that a figure said later means what it then means."""
    text = said.text.strip()
    if not said.private or not text:
        return said
    kept = store.channel_state.get(said.at.channel, _name(said.at), now)
    if kept is None:
        return said
    close(store, said.at)
    figure, commands = _FIGURE.fullmatch(text), json.loads(kept)
    if figure is None or int(figure[1]) > len(commands):
        return said
    return replace(said, text=commands[int(figure[1]) - 1])


def _name(room: Address) -> str:
    return f"choices:{room.chat}"[:128]
