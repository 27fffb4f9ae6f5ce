"""A letter as the app sends it: text or markdown, or cards with buttons that carry commands. Pure.

Limits (90236): text and markdown 2048 bytes; a card's title 36 characters, its text 160, six buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.wecom_app.capabilities import TEXT_BYTES
from bot.tencent.markdown import is_for_markdown, pieces
from bot.tencent.splitting import said
from domain.messages import Priority
from storage.outbox import Letter

MOST_BUTTONS = 6
# Bytes of a button's key.
KEY_BYTES = 1024
_TITLE, _BELOW = 36, 160
_FIRST, _OTHER, _SHUT = 1, 4, 4


def messages(
    letter: Letter, marks: Sequence[str], task: Callable[[], str], labels: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """What is to be sent, in order, without the readers. `marks` are what the buttons carry, `task` makes card ids.
    Words are markdown, with the numbers of tickets under these `labels` bold, unless there is None (the plug-in in
    WeChat does not show it), life is in danger, or something in them must be tapped or copied."""
    if labels is None or letter.priority == Priority.EMERGENCY or not is_for_markdown(letter.text):
        texts = [_words("text", piece) for piece in said(letter.text, TEXT_BYTES)]
    else:
        texts = [_words("markdown", piece) for piece in pieces(letter.text, labels, TEXT_BYTES)]
    if not letter.buttons:
        return texts
    starts = range(0, len(_pairs(letter, marks)), MOST_BUTTONS)
    cards = [{"msgtype": "template_card", "template_card": card(letter, marks, task(), start)} for start in starts]
    return cards if _fits(letter.text) else texts + cards


def _words(kind: str, piece: str) -> dict[str, Any]:
    return {"msgtype": kind, kind: {"content": piece}}


def card(letter: Letter, marks: Sequence[str], task: str, start: int = 0) -> dict[str, Any]:
    """The card with the buttons from `start` on; a text that is too long for it stands above it by itself."""
    title, below = _head_and_rest(letter.text)
    if start or not _fits(letter.text):
        below = ""
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        **({"sub_title_text": below} if below else {}),
        "task_id": task,
        "button_list": [
            {"text": label, "style": _OTHER if start + place else _FIRST, "key": mark}
            for place, (mark, label) in enumerate(_pairs(letter, marks)[start : start + MOST_BUTTONS])
        ],
    }


def shut(letter: Letter, task: str, label: str) -> dict[str, Any]:
    """The card with what is true now and nothing to press: one grey button that says so."""
    found = card(replace(letter, buttons=()), (), task)
    return found | {"button_list": [{"text": label, "style": _SHUT, "key": "-"}], "replace_text": label}


def fits(letter: Letter) -> bool:
    """Whether one card shows all of it."""
    return _fits(letter.text) and len(letter.buttons) <= MOST_BUTTONS


def _fits(words: str) -> bool:
    return len(_head_and_rest(words)[1]) <= _BELOW


def _head_and_rest(words: str) -> tuple[str, str]:
    """The title, and the text below it: all of it where the first line is too long for a title."""
    head, _, rest = words.strip().partition("\n")
    if len(head) <= _TITLE:
        return head or "…", rest.strip()
    return head[: _TITLE - 1] + "…", words.strip()


def _pairs(letter: Letter, marks: Sequence[str]) -> list[tuple[str, str]]:
    """What each button carries, and its label; no two on a card may carry the same."""
    found: dict[str, str] = {}
    for button, mark in zip(letter.buttons, marks, strict=True):
        found.setdefault(mark, button.label)
    return list(found.items())
