"""A few words that say what a message is about: for search, for statistics and for telling tickets apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

LIMIT = 5
_WORDY = re.compile(r"^[一-龥]{2,6}$")
_FILLERS = Path(__file__).parent / "tables" / "fillers.txt"
_EMPTY = frozenset(_FILLERS.read_text(encoding="utf-8").split())


def keywords(words: Iterable[str]) -> tuple[str, ...]:
    """Up to five of the words (as features.py gives them, behind a ·) in their order, without filler, numbers and
    names of offices."""
    found = []
    for marked in words:
        word = marked[1:]
        if word not in _EMPTY and _WORDY.match(word):
            found.append(word)
            if len(found) == LIMIT:
                break
    return tuple(found)
