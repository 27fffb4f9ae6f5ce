"""What an office has taught the reader: how far each word moves a line towards a report or a category."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.reading import CATEGORIES, Category

# Nothing is learnt about emergencies: what a few corrections say must never silence one.
ORDINARY: tuple[Category, ...] = tuple(name for name in CATEGORIES if name != "emergency")
MOST_ODDS = 2.5  # log-odds that all words of a line together can move a report; what is certain stays a report
MOST_SCORE = 0.8  # the same for the score of a category


@dataclass(frozen=True, slots=True)
class Adaptation:
    """`report`: word -> log-odds; `category`: word -> what is added to the score of each of ORDINARY. A line's words
    count 1/√n each, so that long lines move no further than short ones."""

    report: Mapping[str, float] = field(default_factory=dict)
    category: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.report or self.category)

    def odds(self, words: Sequence[str]) -> float:
        """What is added to the log-odds of a report; `words` as `telling` gives them."""
        return _held(_share(words) * sum(self.report.get(word, 0.0) for word in words), MOST_ODDS)

    def scores(self, words: Sequence[str]) -> dict[Category, float]:
        """What is added to the scores of the ordinary categories; nothing where no word was taught."""
        found = [row for word in words if (row := self.category.get(word)) is not None]
        if not found:
            return {}
        share = _share(words)
        sums = [sum(column) for column in zip(*found, strict=True)]
        return {name: _held(share * more, MOST_SCORE) for name, more in zip(ORDINARY, sums, strict=True)}

    def moved(self, words: Sequence[str], chance: float) -> float:
        """The chance of a report (0 to 1) after what was learnt."""
        return chance_of(odds_of(chance) + self.odds(words))


UNTAUGHT = Adaptation()


def telling(words: Iterable[str]) -> list[str]:
    """The words that can be taught, out of those of `features` (behind a ·, with 0 for each digit): two characters or
    more, no figures."""
    return [word for word in words if len(word) > 2 and "0" not in word]


def odds_of(chance: float) -> float:
    """Log-odds of a probability."""
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return math.log(chance / (1 - chance))


def chance_of(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _share(words: Sequence[str]) -> float:
    return 1 / math.sqrt(len(words)) if words else 0.0


def _held(value: float, most: float) -> float:
    return max(-most, min(most, value))
