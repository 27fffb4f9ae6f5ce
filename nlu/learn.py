"""Fits what an office taught on top of the shipped model, and weighs it: on corrections held back, and on our fold.

scikit-learn (the extra `learn`) is needed only in `fit`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.reading import CATEGORIES, TIERS, Category, Tier
from nlu.adapt import MOST_ODDS, MOST_SCORE, ORDINARY, UNTAUGHT, Adaptation, odds_of
from nlu.fold import FOLD
from nlu.reader import Reader

HEARD_FROM = 0.6  # nearer to where the listener opens tickets than the bound of one line read alone
LEAST_WORD = 2  # corrections in which a word must stand before it is moved
HELD_BACK = 4  # one correction in so many is not fitted on
# How hard each weight is pulled towards zero: the first at which nothing is read worse counts.
STIFFNESS = (1.0, 3.0, 10.0)
SHARP = 2.0  # scores of categories become log-odds by it
DROPPED = 0.02  # weights nearer to zero are left out


@dataclass(frozen=True, slots=True)
class Example:
    """One line: what it is, and how the shipped model reads it (odds of a report, scores of the ordinary
    categories)."""

    text: str
    report: bool
    category: Category | None
    words: tuple[str, ...]
    odds: float
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """How many were read rightly: as a report or not, and of them the right category."""

    of: int
    reports: int
    among: int
    categories: int

    @property
    def all(self) -> int:
        return self.reports + self.categories


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fit came to; `before` is what is in force now."""

    adaptation: Adaptation
    fitted: int
    held_before: Right
    held_after: Right
    fold_before: Right
    fold_after: Right

    @property
    def better(self) -> bool:
        """Worse on neither, and it says anything at all."""
        return (
            bool(self.adaptation)
            and self.held_after.of > 0
            and self.held_after.all >= self.held_before.all
            and self.fold_after.all >= self.fold_before.all
        )


def example(reader: Reader, text: str, tier: str, report: bool, category: str | None) -> Example:
    """A line as the shipped model reads it."""
    known: Tier = next((one for one in TIERS if one == tier), "community")
    words, chance, scores = reader.untaught(text, known)
    return Example(text, report, _ordinary(category), tuple(words), odds_of(chance), tuple(scores))


def shipped_fold(reader: Reader, file: Path = FOLD) -> tuple[list[Example], list[Example]]:
    """Our own labelled lines as scored by a model that had not read them: those that hold a fit back from forgetting
    what a report is, and those on which it is weighed."""
    sides: tuple[list[Example], list[Example]] = ([], [])
    slope, start = reader.weights.header["curves"]["report"]
    for line in file.read_text(encoding="utf-8").splitlines():
        told: dict[str, Any] = json.loads(line)
        read = example(reader, told["text"], told["tier"], told["report"], told["category"])
        odds = slope * told["ahead"] + start
        by_name = dict(zip(CATEGORIES, told["scores"], strict=True))
        scores = tuple(by_name[name] for name in ORDINARY)
        sides[_drawn(told["text"]) % 2].append(Example(read.text, read.report, read.category, read.words, odds, scores))
    return sides


def learn(examples: Sequence[Example], reader: Reader, current: Adaptation = UNTAUGHT) -> Outcome:
    """Fit on three corrections of four and weigh on the fourth, drawn by a digest of the words, so that the same
    words are never on both sides. Needs scikit-learn."""
    anchors, fold = shipped_fold(reader)
    held = [one for one in examples if is_held_back(one.text)]
    fitted = [one for one in examples if not is_held_back(one.text)]
    before = weigh(held, current), weigh(fold, current)
    for stiffness in STIFFNESS:
        adaptation = fit(fitted, anchors, stiffness)
        after = weigh(held, adaptation), weigh(fold, adaptation)
        outcome = Outcome(adaptation, len(fitted), before[0], after[0], before[1], after[1])
        if outcome.better:
            break
    return outcome


def is_held_back(text: str) -> bool:
    return _drawn(text) % HELD_BACK == 0


def weigh(examples: Sequence[Example], adaptation: Adaptation) -> Right:
    """How many of these are read rightly with it."""
    least = odds_of(HEARD_FROM)
    reports = sum((one.odds + adaptation.odds(one.words) >= least) == one.report for one in examples)
    named = [one for one in examples if one.category is not None]
    right = 0
    for one in named:
        more = adaptation.scores(one.words)
        best = max(range(len(ORDINARY)), key=lambda at: one.scores[at] + more.get(ORDINARY[at], 0.0))
        right += ORDINARY[best] == one.category
    return Right(len(examples), reports, len(named), right)


def fit(taught: Sequence[Example], anchors: Sequence[Example], stiffness: float = STIFFNESS[0]) -> Adaptation:
    """Weights of the words that stand in two corrections or more. Both fits begin with what the shipped model says
    (it is the offset), so that no correction means no weight."""
    seen = Counter(word for one in taught for word in set(one.words))
    words = sorted(word for word, count in seen.items() if count >= LEAST_WORD)
    if not words:
        return UNTAUGHT
    rows = [*taught, *anchors]
    table = _table(rows, words)
    report = _report_weights(table, rows, stiffness)
    named = [at for at, one in enumerate(rows) if one.category is not None]
    category = _category_weights(table[named], [rows[at] for at in named], stiffness)
    return Adaptation(
        {word: round(float(value), 3) for word, value in zip(words, report, strict=True) if abs(value) >= DROPPED},
        {
            word: tuple(round(float(value), 3) for value in row)
            for word, row in zip(words, category, strict=True)
            if abs(row).max() >= DROPPED
        },
    )


def _table(rows: Sequence[Example], words: Sequence[str]) -> Any:
    """Rows by words: 1/√n where a row has the word, n being its words that can be taught."""
    from sklearn.feature_extraction import DictVectorizer

    wanted = set(words)
    names = DictVectorizer().fit([dict.fromkeys(words, 1.0)])
    return names.transform(
        [{word: len(one.words) ** -0.5 for word in one.words if word in wanted} for one in rows]
    ).tocsr()


def _report_weights(table: Any, rows: Sequence[Example], stiffness: float) -> Any:
    """Logistic regression with the shipped log-odds as offset."""
    import numpy
    from scipy.optimize import minimize

    offset = numpy.clip(numpy.array([one.odds for one in rows]), -MOST_ODDS * 2, MOST_ODDS * 2)
    sign = numpy.array([1.0 if one.report else -1.0 for one in rows])

    def cost(weights: Any) -> tuple[float, Any]:
        margin = sign * (offset + table @ weights)
        slope = -sign / (1 + numpy.exp(margin))
        loss = numpy.logaddexp(0, -margin).sum() + stiffness / 2 * (weights @ weights)
        return float(loss), table.T @ slope + stiffness * weights

    return minimize(cost, numpy.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x


def _category_weights(table: Any, rows: Sequence[Example], stiffness: float) -> Any:
    """Softmax over the ordinary categories with the shipped scores as offset; words by categories, in scores."""
    import numpy
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    size = (table.shape[1], len(ORDINARY))
    if not rows:
        return numpy.zeros(size)
    offset = SHARP * numpy.array([one.scores for one in rows])
    wanted = numpy.zeros(offset.shape)
    for at, one in enumerate(rows):
        if one.category is not None:
            wanted[at, ORDINARY.index(one.category)] = 1.0

    def cost(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(size)
        likely = log_softmax(offset + table @ weights, axis=1)
        slope = table.T @ (numpy.exp(likely) - wanted) + stiffness * weights
        return float(-(likely * wanted).sum() + stiffness / 2 * (flat @ flat)), slope.ravel()

    found = minimize(cost, numpy.zeros(size).ravel(), jac=True, method="L-BFGS-B").x.reshape(size) / SHARP
    return numpy.clip(found, -MOST_SCORE, MOST_SCORE)


def _drawn(text: str) -> int:
    """A number of four bytes by the words alone; other ones than nlu/fold.py draws by."""
    return int.from_bytes(hashlib.sha256(text.strip().encode()).digest()[4:8], "big")


def _ordinary(category: str | None) -> Category | None:
    return next((one for one in ORDINARY if one == category), None)
