"""What the small model looks at: n-grams and words of the folded text, and signs of what is done with the words.

A feature is a string. Training and reading use this one function.
"""

from __future__ import annotations

import re

import rjieba

from nlu.signs import signs

LONGEST = 1200
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")


def features(folded: str, tier: str) -> tuple[set[str], list[str]]:
    """Grams (1 to 3 characters between ^ and $, and words behind a ·) and signs (each begins with §).

    `folded` comes from normalize.fold; digits are alike (room numbers teach nothing)."""
    plain = _SPACES.sub(" ", _DIGIT.sub("0", folded[:LONGEST])).strip()
    marked = f"^{plain}$"
    size = len(marked)
    grams = set(marked)
    grams.update([marked[at : at + 2] for at in range(size - 1)])
    grams.update([marked[at : at + 3] for at in range(size - 2)])
    grams.update([f"·{word}" for word in rjieba.cut(plain, True)])
    return grams, signs(plain, tier)
