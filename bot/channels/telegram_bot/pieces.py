"""Texts cut to what Telegram takes: counted as it counts, in UTF-16 units, and never inside a character."""

from __future__ import annotations

TEXT_LIMIT = 4096
_CUT_AT = "\n。；，、 "


def units(text: str) -> int:
    """The length as Telegram counts it: an emoji is two."""
    return len(text) + sum(1 for one in text if ord(one) > 0xFFFF)


def cut(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in pieces of at most `limit` units, at the end of a line or sentence where there is one in the
    second half. Joined they are the text again."""
    pieces: list[str] = []
    while units(text) > limit:
        end = _reach(text, limit)
        soft = max(text.rfind(mark, end // 2, end) for mark in _CUT_AT)
        end = soft + 1 if soft >= 0 else end
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text] if text or not pieces else pieces


def shortened(text: str, limit: int = TEXT_LIMIT) -> str:
    """At most `limit` units, with … where something is left out."""
    return text if units(text) <= limit else text[: _reach(text, limit - 1)] + "…"


def _reach(text: str, limit: int) -> int:
    """How many characters fit."""
    used = 0
    for count, one in enumerate(text):
        used += 2 if ord(one) > 0xFFFF else 1
        if used > limit:
            return count
    return len(text)
