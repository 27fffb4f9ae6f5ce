"""`python -m nlu.train`: fit the small model on nlu/data and write nlu/model/reader.bin, the same to the bit each time.

scikit-learn is needed only here. Probabilities are calibrated on scores of writers that were left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.reading import CATEGORIES
from nlu.classify import DEFAULT, write
from nlu.features import features
from nlu.leaning import leaning
from nlu.normalize import fold
from nlu.urgency import alarms

DATA = Path(__file__).parent / "data"
NONE = "none"
HEADS = ("told", NONE, *CATEGORIES, "now", "soon")
STEP = 1 / 2048
IDF_STEP = 1 / 64
LARGEST = 32767
STRENGTH = 1.0  # of the planes for emergencies and for what cannot wait
SORTING = 0.5  # of the planes that tell categories apart, and what has none
TELLING = 0.3  # of the planes that tell reports from talk, and what is urgent from what is not
SIGN, KIND = 0.06, 0.12  # how much a sign and a kind of words count beside the grams, whose squares add up to 1
SELDOM = 0.1  # what is rarer among a writer's lines is not weighed up further
LEAST_GRAM, LEAST_SIGN = 4, 8  # messages in which a feature must occur
# Those who made the scheme of labels: where categories are told apart their lines count so much more. Others learned
# the borders from them, and write more.
FIRST_HANDS = frozenset({"messages", *(f"messages-{one}" for one in "abcdef")})
FIRST_HAND = 2.0
PARTIES = 5  # so many times some of the writers are left out together


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message and who wrote it (the file it is from)."""

    writer: str
    text: str
    report: bool
    category: str
    urgency: int
    grams: frozenset[str]
    signs: tuple[str, ...]
    heard: bool  # an alarm pattern

    @classmethod
    def of(cls, writer: str, said: dict[str, Any]) -> Row:
        folded = fold(said["text"])
        grams, _, signs = features(folded, said["tier"])
        return cls(
            writer,
            said["text"],
            said["report"],
            said["category"] or NONE,
            said["urgency"],
            frozenset(grams),
            tuple(signs),
            bool(alarms(folded)),
        )


def rows(data: Path = DATA) -> list[Row]:
    """All labelled messages, file by file in the order of their names."""
    return [
        Row.of(path.stem, json.loads(line))
        for path in sorted(data.glob("messages*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of all heads over grams, then signs (float columns in the order of HEADS)."""

    grams: Any
    signs: Any
    weights: Any
    bias: Any

    def scores(self, told: Sequence[Row]) -> Any:
        return _table(self.grams.transform(told), self.signs.transform(told), self.signs) @ self.weights + self.bias


def _values(signs: Any) -> list[float]:
    """How much each sign counts, in the order of their columns."""
    return [KIND if name.startswith("≈") else SIGN for name in signs.get_feature_names_out()]


def _table(grams: Any, seen: Any, signs: Any) -> Any:
    from scipy.sparse import diags, hstack

    return hstack([grams, seen @ diags(_values(signs))]).tocsr()


def _balance(told: Sequence[Row]) -> Any:
    """Weights by which every writer's reports count as much as his talk: who wrote mostly jokes teaches no prior."""
    import numpy

    share = {}
    for writer in {row.writer for row in told}:
        own = [row.report for row in told if row.writer == writer]
        share[writer] = sum(own) / len(own)
    return numpy.array(
        [
            0.5 / max(share[row.writer], SELDOM) if row.report else 0.5 / max(1 - share[row.writer], SELDOM)
            for row in told
        ]
    )


def fit(told: Sequence[Row]) -> Fitted:
    """Linear support vector machines, one a head; `soon` (urgency 2 against 1) learns from reports only."""
    import numpy
    from scipy.sparse import diags
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.svm import LinearSVC

    grams = TfidfVectorizer(analyzer=lambda row: sorted(row.grams), binary=True, min_df=LEAST_GRAM)
    signs = CountVectorizer(analyzer=lambda row: row.signs, binary=True, min_df=LEAST_SIGN)
    seen = _table(grams.fit_transform(told), signs.fit_transform(told), signs)

    balance = _balance(told)
    sorting = balance * numpy.array([FIRST_HAND if row.writer in FIRST_HANDS else 1.0 for row in told])

    def plane(
        wanted: Any, strength: float, among: Any = None, leans: bool = False, counts: Any = balance
    ) -> tuple[Any, float]:
        if among is None:
            among = numpy.ones(len(told), dtype=bool)
        if len(set(wanted[among].tolist())) < 2:
            return numpy.zeros(seen.shape[1]), -1.0
        model = LinearSVC(C=strength, random_state=0, tol=1e-4, max_iter=5000)
        much = leaning(seen[among], wanted[among], counts[among]) if leans else numpy.ones(seen.shape[1])
        model.fit(seen[among] @ diags(much), wanted[among], sample_weight=counts[among])
        return model.coef_[0] * much, float(model.intercept_[0])

    report = numpy.array([row.report for row in told])
    category = numpy.array([row.category for row in told])
    urgency = numpy.array([row.urgency for row in told])
    planes = [plane(report, TELLING, leans=True), plane(category == NONE, SORTING, counts=sorting)]
    # An alarm is told in words of every side: there each column counts as it is.
    planes += [
        plane(
            category == name,
            STRENGTH if name == "emergency" else SORTING,
            leans=name != "emergency",
            counts=sorting,
        )
        for name in CATEGORIES
    ]
    planes += [plane(urgency == 3, STRENGTH), plane(urgency >= 2, TELLING, report)]
    return Fitted(
        grams,
        signs,
        numpy.stack([weights for weights, _ in planes], axis=1),
        numpy.array([bias for _, bias in planes]),
    )


def ahead(scores: Any) -> Any:
    """The figure that decides whether something is a report: how far the best category is ahead of none."""
    return scores[:, 2 : 2 + len(CATEGORIES)].max(axis=1, keepdims=True) - scores[:, 1:2] + scores[:, :1] / 2


def pressed(scores: Any, heard: Any) -> Any:
    """The figures that decide whether something is an emergency: the two heads for it, how far another category is
    ahead of it, how far talk is, and whether an alarm pattern was heard."""
    import numpy

    at = HEADS.index("emergency")
    other = numpy.delete(scores, [0, 1, at, *range(2 + len(CATEGORIES), len(HEADS))], axis=1).max(axis=1)
    return numpy.stack(
        [
            scores[:, HEADS.index("now")],
            scores[:, at],
            numpy.minimum(scores[:, at] - other, 0),
            numpy.minimum(ahead(scores)[:, 0], 0),
            heard,
        ],
        axis=1,
    )


def left_out_scores(told: Sequence[Row], groups: Sequence[object]) -> Any:
    """Scores of each message by a model that has not read its group (its writer, or its fifth of the lines)."""
    import numpy

    labels = [str(group) for group in groups]
    scores = numpy.zeros((len(told), len(HEADS)))
    for label in sorted(set(labels)):
        out = [at for at, group in enumerate(labels) if group == label]
        model = fit([row for row, group in zip(told, labels, strict=True) if group != label])
        scores[out] = model.scores([told[at] for at in out])
    return scores


def parties(told: Sequence[Row]) -> list[int]:
    """The party of writers that each line is left out with."""
    party = {writer: at % PARTIES for at, writer in enumerate(sorted({row.writer for row in told}))}
    return [party[row.writer] for row in told]


def calibrate(told: Sequence[Row]) -> dict[str, list[float]]:
    """Logistic curves over scores of messages left out, once by parties of writers and once by fifths.

    Leaving out writers also leaves out their subjects, which makes scores lower than those of a new writer on
    known subjects; leaving out fifths knows their manner. The truth lies between, so both count alike."""
    import numpy
    from sklearn.linear_model import LogisticRegression

    def curve(figures: Any, wanted: Any) -> list[float]:
        model = LogisticRegression(C=10.0, tol=1e-8, max_iter=2000).fit(figures, wanted)
        return [round(float(value), 3) for value in (*model.coef_[0], model.intercept_[0])]

    scores = numpy.concatenate(
        [
            left_out_scores(told, parties(told)),
            left_out_scores(told, [at % 5 for at in range(len(told))]),
        ]
    )
    both = [*told, *told]
    report = numpy.array([row.report for row in both])
    now = numpy.array([row.urgency == 3 for row in both])
    soon = numpy.array([row.urgency >= 2 for row in both])
    at = {head: index for index, head in enumerate(HEADS)}
    return {
        "report": curve(ahead(scores), report),
        "now": curve(pressed(scores, numpy.array([float(row.heard) for row in both])), now),
        "soon": curve(scores[report][:, [at["soon"]]], soon[report]),
    }


def train(told: Sequence[Row], to: Path, trained_on: Sequence[str]) -> str:
    """Calibrate, fit on everything, round to whole numbers and write the model. Returns its sha256."""
    curves = calibrate(told)
    model = fit(told)
    grams = model.grams.get_feature_names_out().tolist()
    signs = model.signs.get_feature_names_out().tolist()
    value = [float(idf) for idf in model.grams.idf_] + _values(model.signs)
    header = {
        "heads": HEADS,
        "bias": [round(float(bias), 4) for bias in model.bias],
        "step": STEP,
        "idf_step": IDF_STEP,
        "curves": curves,
        "trained_on": list(trained_on),
        "messages": len(told),
    }
    whole = [
        [max(-LARGEST, min(LARGEST, round(float(weight) * value[at] / STEP))) for weight in row]
        for at, row in enumerate(model.weights)
    ]
    squares = [max(1, round(float(idf) ** 2 / IDF_STEP)) for idf in model.grams.idf_] + [0] * len(signs)
    return write(to, header, grams + signs, whole, squares)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=DATA)
    ask.add_argument("--to", type=Path, default=DEFAULT)
    said = ask.parse_args()
    told = rows(said.data)
    names = [
        f"{path.name} sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(said.data.glob("messages*.jsonl"))
    ]
    digest = train(told, said.to, names)
    print(f"{said.to.name}: {said.to.stat().st_size} bytes, {len(told)} messages, sha256 {digest}")


if __name__ == "__main__":
    main()
