"""What the small model looks at: n-grams and words of the folded text, kinds of words, signs of what is done with them.

A feature is a string. Training and reading use this one function.
"""

from __future__ import annotations

import re
from operator import add

import rjieba

from nlu.signs import KNOWN as SIGN_WORDS
from nlu.signs import signs
from nlu.topics import KNOWN as TOPIC_WORDS
from nlu.topics import topics

LONGEST = 1200
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
# All words of both lists: they are looked for among the many grams of a text once.
_TELLING = SIGN_WORDS | TOPIC_WORDS


def grams_of(marked: str) -> set[str]:
    """Its pieces of 1 to 3 characters."""
    found = set(marked)
    found.update(map(add, marked, marked[1:]))
    found.update([marked[at : at + 3] for at in range(len(marked) - 2)])
    return found


def features(folded: str, tier: str) -> tuple[set[str], list[str], list[str]]:
    """Grams (1 to 3 characters between ^ and $, and words behind a ·), those words in order, and signs (behind a §)
    with kinds of words (behind a ≈).

    `folded` comes from normalize.fold; digits are alike (room numbers teach nothing)."""
    plain = _SPACES.sub(" ", _DIGIT.sub("0", folded[:LONGEST])).strip()
    grams = grams_of(f"^{plain}$")
    words = ["·" + word for word in dict.fromkeys(rjieba.cut(plain, True))]
    telling = grams & _TELLING
    spoken = [*signs(plain, tier, telling), *topics(telling)]
    grams.update(words)
    return grams, words, spoken
