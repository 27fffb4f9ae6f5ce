"""Reads one message: whether it reports something, what, how urgent, where and when. Pure and thread-safe."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from domain.reading import CATEGORIES, Category, Reading, Tier
from nlu.adapt import ORDINARY, UNTAUGHT, Adaptation, telling
from nlu.classify import DEFAULT, Weights, load
from nlu.contrast import after_contrast
from nlu.danger import seen
from nlu.features import features
from nlu.keywords import keywords
from nlu.normalize import fold
from nlu.people import nature, personal, tags
from nlu.place import where
from nlu.unharmed import nobody
from nlu.urgency import SURE, alarms, beaten, farewell, mistreated, pressing, smells_gas
from nlu.when import SHANGHAI, when

# By the curves 0.40 is the line that 0.42 was before talk became two thirds of the newer lines; a miss is worse.
REPORT_FROM = 0.38
ALARMED = 0.6  # whoever raises an alarm is believed at least so far
SUSPECTED = 0.75  # and so is who fears for somebody at home
# Who beats his mother is no 公共维修, whatever else stands in the words.
OF_PEOPLE = frozenset({"public_security", "legal_dispute", "complaint"})
NOW_FROM = (
    0.45  # low, for a miss is worse: of 408 lines by which conversations must be alarmed 320 are read so, 316 from 0.5
)
CERTAIN, PLAIN, LIKELY = 0.9, 0.7, 0.5
POSSIBLE = 0.3  # of a report: below it, an emergency without an alarm pattern is a joke or a story
# Below these the model is so sure of the contrary that words of danger alone are no alarm: on left-out writers they
# keep every true one, and 25 of 171 false ones are gone.
HINTED, GLIMPSED = 0.2, 0.05
# Sights whose words are as often of something else (a wall hit by a car, smoke from a breakfast stall).
OFTEN_ELSE = frozenset(
    ("燃气味", "被撞", "起火", "弃婴", "要点火", "电池炸了", "烟困", "发作", "伤己", "敲墙求救", "坠落")
)  # fmt: skip
# Alarms whose words hardly leave a doubt: of those that only they let in, left-out writers had four true and two false.
CLEAR = frozenset(("电梯困人", "走失", "带电的线"))
HARDLY = 0.15  # of a report: "电梯困人了，我马上到" is said by who already goes
EXPLAINED = 6


@dataclass(frozen=True, slots=True)
class _Weighed:
    words: list[str]
    signs: list[str]
    scores: dict[str, float]
    heard: tuple[str, ...]
    now: float
    confidence: float
    emergency: bool
    safe: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Holds the model and what the office has taught it; make one with `load` and share it."""

    weights: Weights
    zone: tzinfo = SHANGHAI
    adaptation: Adaptation = UNTAUGHT

    @classmethod
    def load(cls, model: Path | None = None) -> Reader:
        """Read the model file (the shipped one unless told otherwise). Raises BadModel, OSError."""
        return cls(load(model or DEFAULT))

    def read(self, text: str, *, tier: Tier = "community", sent_at: datetime | None = None) -> Reading:
        """Understand one message; `sent_at` (aware) is when it was said and makes times into instants."""
        folded = fold(text)
        weighed = self._weigh(folded, tier)
        if not weighed.emergency and (rest := after_contrast(folded)) is not None:
            # Denied is what it was taken for; the danger that it is instead is told after it.
            instead = self._weigh(rest, tier)
            weighed = instead if instead.emergency else weighed
        words, signs, scores, heard = weighed.words, weighed.signs, weighed.scores, weighed.heard
        now, confidence, emergency = weighed.now, weighed.confidence, weighed.emergency
        best: Category = max(CATEGORIES, key=scores.__getitem__)
        if emergency:
            confidence = max(confidence, ALARMED + (1 - ALARMED) * now)
        elif self.adaptation:
            known = telling(words)
            confidence = self.adaptation.moved(known, confidence)
            scores |= {name: scores[name] + more for name, more in self.adaptation.scores(known).items()}
            best = max(CATEGORIES, key=scores.__getitem__)
        hidden = not emergency and mistreated(folded)
        if hidden and (confidence < REPORT_FROM or best not in OF_PEOPLE):
            best = "public_security"
        if hidden:
            confidence = max(confidence, SUSPECTED)
        report = confidence >= REPORT_FROM
        category: Category | None = None
        urgency = 0
        if report:
            category, urgency = self._how_soon(folded, scores, best, emergency)
            urgency = max(urgency, 2 if hidden else 1)
        return Reading(
            report=report,
            confidence=round(confidence, 3),
            category=category,
            urgency=urgency,
            where=where(folded, text),
            when=when(folded, text, sent_at, self.zone),
            keywords=keywords(words) if report else (),
            nature=nature(folded, category),
            tags=tags(folded) if report else (),
            personal=personal(folded),
            why=self._why(words, signs, category, confidence, heard),
            danger=0.0 if weighed.safe else round(now, 3),
        )

    def _weigh(self, folded: str, tier: Tier) -> _Weighed:
        """The model's scores, and whether they and the words of danger make an emergency."""
        grams, words, signs = features(folded, tier)
        heard = alarms(folded)
        scores = self.weights.scores(grams, signs)
        curves = self.weights.header["curves"]
        best = max(CATEGORIES, key=scores.__getitem__)
        ahead = scores[best] - scores["none"] + scores["told"] / 2
        confidence = _curve(curves["report"], ahead)
        other = max(scores[name] for name in ORDINARY)
        alarm = scores["emergency"]
        now = _curve(curves["now"], scores["now"], alarm, min(alarm - other, 0.0), min(ahead, 0.0), float(bool(heard)))
        sights = tuple(name for name in seen(folded) if now >= GLIMPSED or name not in OFTEN_ELSE)
        if _believed(heard, now, confidence):
            now = max(now, LIKELY)
        # Hardly anybody jokes in such words: they need no model.
        if sights:
            heard, now = (*sights, *heard), max(now, PLAIN)
        if farewell(folded):
            heard, now = ("诀别", *heard), max(now, CERTAIN)
        if now >= HINTED and smells_gas(folded):
            heard, now = heard or ("燃气",), max(now, LIKELY)
        if beaten(folded):
            heard, now = ("打人", *heard), max(now, CERTAIN)
        emergency = now >= NOW_FROM and (bool(heard) or confidence >= POSSIBLE)
        safe = now >= GLIMPSED and nobody(folded, leaving="诀别" in heard)
        return _Weighed(words, signs, scores, heard, now, confidence, emergency and not safe, safe)

    def untaught(self, text: str, tier: Tier) -> tuple[list[str], float, list[float]]:
        """For learning: the words that can be taught, the chance of a report and the scores of the ordinary
        categories, all as shipped."""
        grams, words, signs = features(fold(text), tier)
        scores = self.weights.scores(grams, signs)
        ahead = max(scores[name] for name in CATEGORIES) - scores["none"] + scores["told"] / 2
        chance = _curve(self.weights.header["curves"]["report"], ahead)
        return telling(words), chance, [scores[name] for name in ORDINARY]

    def _how_soon(self, folded: str, scores: dict[str, float], best: Category, emergency: bool) -> tuple[Category, int]:
        if emergency:
            violent = best == "public_security" and scores[best] > scores["emergency"] + 0.3
            return (best if violent else "emergency"), 3
        if best == "emergency":
            return max(ORDINARY, key=scores.__getitem__), 2
        soon = _curve(self.weights.header["curves"]["soon"], scores["soon"])
        return best, 2 if soon >= 0.5 or (pressing(folded) and soon >= 0.3) else 1

    def _why(
        self,
        words: list[str],
        signs: list[str],
        category: Category | None,
        confidence: float,
        heard: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The rules that spoke, the probability, then the words and signs that weighed most."""
        named = [word for word in words if len(word) > 2] + signs
        shares = self.weights.shares(named, category or "none")
        weighed = sorted([share for share in shares if share[0] > 0], reverse=True)
        spoke = [name.lstrip("·") for _, name in weighed[:EXPLAINED]]
        return (*(f"rule:{name}" for name in heard), f"p={confidence:.2f}", *spoke)


def _believed(heard: Iterable[str], now: float, confidence: float) -> bool:
    """Whether an alarm pattern is one although the model is not sure."""
    if CLEAR.isdisjoint(heard):
        return not SURE.isdisjoint(heard) and now >= HINTED and confidence >= POSSIBLE
    return confidence >= (HARDLY if now >= HINTED else POSSIBLE) and now >= GLIMPSED


def _curve(curve: list[float], *figures: float) -> float:
    value = curve[-1] + sum(weight * figure for weight, figure in zip(curve, figures, strict=False))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
