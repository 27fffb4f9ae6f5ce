"""Cantonese as it is typed, in the words that most lines are written in (电梯停咗 → 电梯停了)."""

from __future__ import annotations

from functools import lru_cache

_COMMON = str.maketrans("唔冇咗喇睇嚟佢哋嘅喺嗰仲啲畀俾嘢", "不没了啦看来他们的在那还些给给事")


# One line is asked for by several rules, one after the other.
@lru_cache(maxsize=64)
def common(folded: str) -> str:
    """The text with those characters replaced one by one; its length stays."""
    return folded.translate(_COMMON)
