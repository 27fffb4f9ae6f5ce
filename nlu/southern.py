"""Cantonese particles and pronouns as their common ones, so that rules about danger hear them (电梯停咗 → 电梯停了)."""

from __future__ import annotations

_COMMON = str.maketrans("喺咗冇唔佢嘅哋睇", "在了没不他的们看")


def common(folded: str) -> str:
    """The text with those characters replaced one by one; its length stays."""
    return folded.translate(_COMMON)
