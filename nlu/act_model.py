"""What a short line does, by its wording alone: a small table over character pieces (nlu/train_acts.py).

It knows no ticket and no situation; handlers/listening/act_odds.py adds those.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from nlu.classify import Weights, load
from nlu.features import grams_of
from nlu.normalize import fold
from nlu.southern import common

Who: TypeAlias = Literal["staff", "resident", "neighbour", "own", "room"]

MODEL = Path(__file__).parent / "model" / "acts.bin"
LONGEST = 200
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")


def pieces(text: str) -> set[str]:
    """Runs of one to three characters between ^ and $; digits are alike. Training and reading use this one function."""
    return grams_of(f"^{common(_SPACES.sub(' ', _DIGIT.sub('0', fold(text[:LONGEST]))).strip())}$")


@cache
def _weights() -> Weights:
    return load(MODEL)


@lru_cache(maxsize=4096)
def _scores(text: str) -> dict[str, float]:
    return _weights().scores(pieces(text), ())


@lru_cache(maxsize=4096)
def act_scores(text: str, who: Who) -> dict[str, float]:
    """How much each act is in the words, as log odds beside the others; "other" and "talk" do nothing.

    Staff: claim, done, transfer, escalate, correct, other. Residents of something done: good, bad, withdraw,
    other; of something open, as neighbours or of their own matter: more (one more voice or fact), talk. Of anything,
    into the room: opens (a new matter), none; beside what the reader and the situation have said already."""
    return {head.removeprefix(f"{who}:"): score for head, score in _scores(text).items() if head.startswith(f"{who}:")}
