"""What a short text is about, told in other words too: a direction for each piece of it, distilled from a sentence
encoder (benchmarks/meaning.py), and how rare the piece is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from math import sqrt
from operator import mul
from pathlib import Path

from nlu.classify import Weights, load
from nlu.normalize import fold

MODEL = Path(__file__).parent / "model" / "meaning.bin"
RARITY = "rarity"  # the head beside those of the direction
LONE = 0.5  # what one character shared weighs beside a pair of them
_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """Characters and pairs of neighbouring ones; what is written in Latin letters or figures whole."""
    found: set[str] = set()
    for run in _RUN.findall(fold(text)):
        if run.isascii():
            found.add(run)
        else:
            found.update(run)
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


@lru_cache(maxsize=4096)
def grams_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Those of several lines together."""
    return frozenset().union(*map(grams, texts))


@cache
def _weights() -> Weights:
    return load(MODEL)


@lru_cache(maxsize=16384)
def rarity(gram: str) -> float:
    """What it weighs that two texts share it: the logarithm of how seldom a line of nlu/data holds it."""
    known = _weights().shares((gram,), RARITY)
    found: float = known[0][0] if known else _weights().header["rarest"]
    return found * LONE if len(gram) == 1 and not gram.isascii() else found


@lru_cache(maxsize=2048)
def direction(texts: tuple[str, ...]) -> Sequence[float]:
    """Where the lines point together, as a vector of length 1; nothing but zeros where no piece is known."""
    table = _weights()
    known = [gram for gram in grams_of(texts) if gram in table.table]
    scores = table.scores(known, ())
    found = [score if known else 0.0 for head, score in scores.items() if head != RARITY]
    length = sqrt(sum(map(mul, found, found))) or 1.0
    return tuple(one / length for one in found)


def closeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """-1 to 1: how far the lines of the one are about what those of the other are about."""
    close: float = sum(map(mul, direction(a), direction(b)))
    return close
