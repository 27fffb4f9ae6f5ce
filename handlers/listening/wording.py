"""How much a resident's words alone sound like a new matter, or like one more word about an open one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from nlu.act_model import Who, act_scores

Told: TypeAlias = Callable[[str, Who], float]
SOUGHT: dict[Who, str] = {"neighbour": "more", "own": "more", "room": "opens"}
_MOST = 3.0


def wording(text: str, who: Who) -> float:
    """Log odds, between -3 and 3: one more voice or fact of a matter that is the speaker's own or a neighbour's, or a
    new one told into the room, and not mere talk."""
    return bounded(act_scores(text, who)[SOUGHT[who]])


def bounded(score: float) -> float:
    return max(-_MOST, min(_MOST, score))
