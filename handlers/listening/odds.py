"""Marks, and the chance that they make with their weights."""

from __future__ import annotations

from itertools import repeat
from math import exp
from operator import mul

Marks = dict[str, float]


def chance(marks: Marks, weights: Marks) -> float:
    total = sum(map(mul, map(weights.get, marks, repeat(0.0)), marks.values()))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def strongest(marks: Marks, weights: Marks, most: int = 3) -> tuple[str, ...]:
    """The marks that spoke loudest for it, by name."""
    spoke = sorted(
        ((weights.get(name, 0.0) * value, name) for name, value in marks.items() if name != "bias"), reverse=True
    )
    return tuple(name for share, name in spoke[:most] if share > 0.1)
