"""Texts cut to what WeCom takes: counted in UTF-8 bytes, never inside a character, preferably at the end of a line."""

from __future__ import annotations

_CUT_AT = ("\n", "。；！？", "，、 ")


def size(text: str) -> int:
    """Bytes that it takes."""
    return len(text.encode("utf-8", "surrogatepass"))


def cut(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` bytes (4 or more, the longest character); joined they are the text again. Cut at the
    end of a line where one ends in the second half, else of a sentence, else at a pause. At least one piece."""
    pieces: list[str] = []
    while size(text) > limit:
        end = _reach(text, limit)
        for marks in _CUT_AT:
            soft = max(text.rfind(mark, end // 2, end) for mark in marks)
            if soft >= 0:
                end = soft + 1
                break
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text] if text or not pieces else pieces


def said(text: str, limit: int) -> list[str]:
    """The pieces that can be sent: a platform refuses one in which nothing is to be seen."""
    return [piece for piece in cut(text, limit) if piece.strip()]


def shortened(text: str, limit: int) -> str:
    """At most `limit` bytes, with … where something is left out."""
    return text if size(text) <= limit else text[: _reach(text, limit - 3)] + "…"


def _reach(text: str, limit: int) -> int:
    """How many characters fit."""
    used = 0
    for count, one in enumerate(text):
        used += size(one)
        if used > limit:
            return count
    return len(text)
