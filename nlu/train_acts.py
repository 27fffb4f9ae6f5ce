"""`python -m nlu.train_acts`: fit the table of plain acts on nlu/data/acts.jsonl, the same to the bit each time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from nlu.act_model import MODEL, Who, pieces
from nlu.classify import write

DATA = Path(__file__).parent / "data" / "acts.jsonl"
LEAST = 2  # lines in which a piece must occur
STRENGTH = 10.0

Row = dict[str, str]


def read_rows(path: Path = DATA) -> list[Row]:
    """Lines with `by` (who wrote them), `who` (staff, resident, neighbour), `act` and `text`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fit(rows: Sequence[Row], to: Path) -> str:
    """Fit the tables and write them as one file. Returns its sha256."""
    heads: list[str] = []
    bias: list[float] = []
    columns: list[dict[str, float]] = []
    for who in get_args(Who):
        mine = [row for row in rows if row["who"] == who]
        names, classes, weights, intercepts = _fit([(pieces(row["text"]), row["act"]) for row in mine])
        for place, name in enumerate(classes):
            heads.append(f"{who}:{name}")
            bias.append(round(float(intercepts[place]), 4))
            columns.append({piece: float(weights[place][at]) for at, piece in enumerate(names)})
    every = sorted(set().union(*columns))
    most = max(abs(weight) for column in columns for weight in column.values())
    step = round(most / 30_000, 8)
    table = [[round(column.get(piece, 0.0) / step) for column in columns] for piece in every]
    kept = [at for at, row in enumerate(table) if any(row)]
    header = {"heads": heads, "bias": bias, "step": step, "idf_step": 1.0, "lines": len(rows), "from": DATA.name}
    return write(to, header, [every[at] for at in kept], [table[at] for at in kept], [1] * len(kept))


def _fit(told: Sequence[tuple[set[str], str]]) -> tuple[list[str], list[str], Any, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(piece for found, _ in told for piece in found)
    known = [sorted(piece for piece in found if seen[piece] >= LEAST) for found, _ in told]
    shape = DictVectorizer()
    x = shape.fit_transform([{piece: len(found) ** -0.5 for piece in found} for found in known])
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6).fit(x, [act for _, act in told])
    weights, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column stands for both
        weights, intercepts = [-weights[0] / 2, weights[0] / 2], [-intercepts[0] / 2, intercepts[0] / 2]
    return list(shape.get_feature_names_out()), list(model.classes_), weights, intercepts


def main() -> None:
    rows = read_rows()
    digest = fit(rows, MODEL)
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes, {len(rows)} lines, sha256 {digest}")


if __name__ == "__main__":
    main()
