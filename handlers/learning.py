"""Learning from what people put right: lessons out of the tables, a fit on them, and what is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from nlu.adapt import UNTAUGHT, Adaptation
from nlu.learn import Outcome, example, learn
from nlu.reader import Reader
from storage.learning import Learnt, Lesson, State
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Material:
    """What a fit begins with, read in one snapshot; `count` are the corrections that there are by now."""

    lessons: Sequence[Lesson]
    count: int
    current: Adaptation


def model_of(reader: Reader) -> str:
    """Which shipped model it is: an adaptation fits the one that it was made for."""
    return hashlib.sha256(json.dumps(reader.weights.header, sort_keys=True).encode()).hexdigest()[:16]


def material(store: Store, reader: Reader) -> Material:
    learnt = store.learning.in_force()
    return Material(store.learning.lessons(), store.learning.count(), unpacked(learnt, model_of(reader)))


def fit(given: Material, reader: Reader) -> Outcome:
    """Takes seconds and needs scikit-learn: outside of any transaction."""
    examples = [example(reader, one.text, one.tier, one.report, one.category) for one in given.lessons]
    return learn(examples, reader, given.current)


def keep(store: Store, now: datetime, outcome: Outcome, given: Material, reader: Reader) -> None:
    """In force from the next transaction on where it is better; else kept to be looked at."""
    state: State = "used" if outcome.better else "refused"
    store.learning.add(now, state, model_of(reader), given.count, packed(outcome))


def packed(outcome: Outcome) -> dict[str, Any]:
    """A version as it is stored: the weights, and how it was weighed."""
    found = asdict(outcome)
    weights = found.pop("adaptation")
    return {"report": dict(weights["report"]), "category": dict(weights["category"]), "weighed": found}


def unpacked(learnt: Learnt | None, model: str) -> Adaptation:
    """The weights of a version; none where it was made for another shipped model."""
    if learnt is None or learnt.model != model:
        return UNTAUGHT
    category = {word: tuple(row) for word, row in learnt.content["category"].items()}
    return Adaptation(dict(learnt.content["report"]), category)


def taught(reader: Reader, learnt: Learnt | None) -> Reader:
    """The reader with what is in force."""
    return replace(reader, adaptation=unpacked(learnt, model_of(reader)))
