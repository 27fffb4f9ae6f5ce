"""A letter as the robot says it: a card with buttons where it fits, else text with commands. Pure.

Limits: content 20480 bytes; a card's title 26 characters, its text 112, six buttons of 10 characters (101032).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.wecom_aibot.capabilities import CONTENT_BYTES
from bot.tencent.markdown import plain
from bot.tencent.splitting import cut, shortened
from handlers.shown import Beside
from storage.outbox import Letter

KEY_BYTES = 1024
MOST_BUTTONS = 6
_TITLE, _BELOW, _LABEL = 26, 112, 10


def answers(letter: Letter, marks: Sequence[str], task: str, called: str, with_it: Beside) -> list[dict[str, Any]]:
    """What is to be answered, in order. A card has no room for links: then the commands are written out."""
    told = _noted(letter, with_it)
    if letter.buttons and not with_it.links and fits(letter, told):
        return [{"msgtype": "template_card", "template_card": _card(letter, told, marks, task)}]
    return [markdown(piece) for piece in cut(in_stream(letter, called, with_it), CONTENT_BYTES)]


def updated(message: dict[str, Any], task: str) -> dict[str, Any]:
    """The answer to a press that puts the card in the place of the one pressed, for everybody who sees it (101031; as
    remembered, not tried at the platform)."""
    card = {**message["template_card"], "task_id": task}
    return {"response_type": "update_template_card", "template_card": card}


def at_once(some: Sequence[tuple[Letter, Beside]], called: str, stream: str) -> dict[str, Any]:
    """All that waited, as the answer to a callback itself: one text with the commands in it, a stream that ends."""
    told = "\n\n".join(in_stream(letter, called, with_it) for letter, with_it in some)
    return streamed(stream, told, finish=True)


def streamed(stream: str, told: str, *, finish: bool) -> dict[str, Any]:
    """All of a stream so far; it takes the place of what stood there."""
    content = shortened(told, CONTENT_BYTES) if told else ""
    return {"msgtype": "stream", "stream": {"id": stream, "finish": finish, "content": content}}


def in_stream(letter: Letter, called: str, with_it: Beside) -> str:
    """A letter as a part of a stream, with its commands in it, and links as they are."""
    name = f"@{called} " if called else ""
    commands = "".join(f"\n{button.label}：{name}{button.command}" for button in letter.buttons)
    return "\n".join((plain(_noted(letter, with_it) + commands), *with_it.links))


def _noted(letter: Letter, with_it: Beside) -> str:
    return f"{letter.text.strip()}\n{with_it.named}" if with_it.named else letter.text.strip()


def within(some: list[dict[str, Any]], may: int) -> list[dict[str, Any]]:
    """As many as may be said, the last one cut short where something is left out."""
    if len(some) <= may:
        return some
    last = some[may - 1]["markdown"]["content"]
    return [*some[: may - 1], markdown(shortened(last + "……", CONTENT_BYTES))]


def markdown(content: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": content}}


def fits(letter: Letter, told: str) -> bool:
    head, _, rest = told.partition("\n")
    below = rest if len(head) <= _TITLE else told
    labels = all(len(button.label) <= _LABEL for button in letter.buttons)
    return len(below) <= _BELOW and len(letter.buttons) <= MOST_BUTTONS and labels


def _card(letter: Letter, told: str, marks: Sequence[str], task: str) -> dict[str, Any]:
    head, _, rest = told.partition("\n")
    title = head if len(head) <= _TITLE else head[: _TITLE - 1] + "…"
    below = rest if title == head else told
    return {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        **({"sub_title_text": below} if below else {}),
        "task_id": task,
        "button_list": [
            {"text": button.label, "style": 4 if place else 1, "key": mark}
            for place, (button, mark) in enumerate(zip(letter.buttons, marks, strict=True))
        ],
    }
