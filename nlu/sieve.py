"""Tries of many patterns only those whose characters stand in the text: which ones a pattern cannot do without is
worked out beforehand (benchmarks/needed.py), so that most of a hundred patterns cost nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from typing import TypeAlias

from nlu.normalize import TABLES

TABLE = TABLES / "needed.txt"
SETS = 2  # how many sets of characters one way of matching names at most
# A way in which a pattern can match: of each of these sets of characters one stands in the text.
Way: TypeAlias = tuple[str, ...]


def mark(pattern: str) -> str:
    """What stands for a pattern in the table; one that was changed since is not there, and is always tried."""
    return sha256(pattern.encode()).hexdigest()[:12]


@cache
def _needed() -> dict[str, tuple[Way, ...]]:
    """Mark to the ways of a pattern."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return {row[0]: tuple(tuple(way.split(" ")) for way in row[1:]) for row in rows}


class Sieve:
    """Named patterns in their order; make it once, it is shared."""

    def __init__(self, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        self.patterns = tuple(patterns)
        # One bit for each way of each pattern, and that once more for each further set of characters.
        ways = [
            (at, way) for at, (_, one) in enumerate(self.patterns) for way in _needed().get(mark(one.pattern), ((),))
        ]
        self._width = len(ways)
        self._tries: list[tuple[int, str, Callable[[str], object]]] = []
        self._always, masks = 0, dict[str, int]()
        bits = [0] * len(self.patterns)
        for bit, (at, way) in enumerate(ways):
            bits[at] |= 1 << bit
            for place in range(SETS):
                flag = 1 << bit + place * self._width
                if place >= len(way):
                    self._always |= flag
                    continue
                for char in way[place]:
                    masks[char] = masks.get(char, 0) | flag
        self._masks, self._known = masks, frozenset(masks)
        for at, _ in ways:
            name, pattern = self.patterns[at]
            self._tries.append((~bits[at], name, pattern.search))

    def possible(self, text: str) -> tuple[str, ...]:
        """The names of the patterns that may be found in the text, untried; all others are not."""
        return self._passing(text, tried=False)

    def found(self, text: str) -> tuple[str, ...]:
        """The names of the patterns that are found in the text, in their order."""
        return self._passing(text, tried=True)

    def _passing(self, text: str, *, tried: bool) -> tuple[str, ...]:
        marks = self._always
        for char in self._known.intersection(text):
            marks |= self._masks[char]
        left = marks & (marks >> self._width) & ((1 << self._width) - 1)
        names = []
        while left:
            others, name, search = self._tries[(left & -left).bit_length() - 1]
            if not tried or search(text):
                names.append(name)
            left &= others
        return tuple(names)
