"""A few words that say what a message is about: for search, for statistics and for telling tickets apart."""

from __future__ import annotations

import re
from pathlib import Path

import rjieba

LIMIT = 5
_WORDY = re.compile(r"^[一-龥]{2,6}$")
_FILLERS = Path(__file__).parent / "tables" / "fillers.txt"
_EMPTY = frozenset(_FILLERS.read_text(encoding="utf-8").split())


def keywords(folded: str) -> tuple[str, ...]:
    """Up to five words in the order in which they stand, without filler, numbers and names of offices."""
    found: dict[str, None] = {}
    for word in rjieba.cut(folded, True):
        if word not in _EMPTY and _WORDY.match(word):
            found[word] = None
            if len(found) == LIMIT:
                break
    return tuple(found)
