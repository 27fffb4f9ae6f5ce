"""A letter as the app sends it: text, or cards with buttons that carry commands. Pure.

Limits (90236): text 2048 bytes; a card's title 36 characters, its text 160, six buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.channels.wecom_app.capabilities import TEXT_BYTES
from bot.tencent.splitting import cut
from storage.outbox import Letter

MOST_BUTTONS = 6
# Bytes of a button's key.
KEY_BYTES = 1024
_TITLE, _BELOW = 36, 160
_FIRST, _OTHER, _SHUT = 1, 4, 4


def messages(letter: Letter, marks: Sequence[str], task: Callable[[], str]) -> list[dict[str, Any]]:
    """What is to be sent, in order, without the readers. `marks` are what the buttons carry, `task` makes card ids."""
    if not letter.buttons:
        return [text(piece) for piece in cut(letter.text, TEXT_BYTES)] if letter.text.strip() else []
    before = [] if _fits(letter.text) else [text(piece) for piece in cut(letter.text, TEXT_BYTES)]
    some = range(0, len(letter.buttons), MOST_BUTTONS)
    return before + [
        {"msgtype": "template_card", "template_card": card(letter, marks, task(), start)} for start in some
    ]


def text(piece: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": piece}}


def card(letter: Letter, marks: Sequence[str], task: str, start: int = 0) -> dict[str, Any]:
    """The card with the buttons from `start` on; a text that is too long for it stands above it by itself."""
    head, _, rest = letter.text.strip().partition("\n")
    title = head if len(head) <= _TITLE else head[: _TITLE - 1] + "…"
    below = rest if title == head else letter.text.strip()
    if start or not _fits(letter.text):
        below = ""
    pairs = list(zip(letter.buttons, marks, strict=True))[start : start + MOST_BUTTONS]
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        **({"sub_title_text": below} if below else {}),
        "task_id": task,
        "button_list": [
            {"text": button.label, "style": _OTHER if start + place else _FIRST, "key": mark}
            for place, (button, mark) in enumerate(pairs)
        ],
    }


def shut(letter: Letter, task: str, label: str) -> dict[str, Any]:
    """The card with what is true now and nothing to press: one grey button that says so."""
    found = card(letter, (), task)
    return found | {"button_list": [{"text": label, "style": _SHUT, "key": "-"}], "replace_text": label}


def _fits(words: str) -> bool:
    head, _, rest = words.strip().partition("\n")
    return len(rest if len(head) <= _TITLE else words.strip()) <= _BELOW


def fits(letter: Letter) -> bool:
    """Whether one card shows all of it."""
    return _fits(letter.text) and len(letter.buttons) <= MOST_BUTTONS
