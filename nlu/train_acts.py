"""`python -m nlu.train_acts [FILE]`: fit the table of plain acts on acts.jsonl and talk.jsonl, the same each time."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from nlu.act_model import MODEL, Who, pieces
from nlu.classify import write
from nlu.steady import start_steady

DATA = tuple(Path(__file__).parent / "data" / name for name in ("acts.jsonl", "talk.jsonl"))
LEAST = 2  # lines in which a piece must occur
# How freely the weights of each table may move, and what a line counts by who wrote it (1 where nothing is said): taken
# by the likelihood of the lines of conversations whose files were left out.
STRENGTH: dict[Who, float] = {"staff": 5.0, "resident": 5.0, "neighbour": 30.0, "own": 10.0}
COUNTS: dict[tuple[Who, str], float] = {
    ("staff", "hand"): 0.4,
    ("resident", "hand"): 0.4,
    ("neighbour", "blocks"): 0.3,
    ("own", "blocks"): 0.3,
}
PLAIN = 5  # characters: the plainest words (不满意, 没修好) count in full, whoever wrote them
# A neighbour and the one whose matter it is say much alike: the lines of the one teach of the other, a little.
KIN: dict[Who, Who] = {"neighbour": "own", "own": "neighbour"}
OF_KIN = 0.1

Row = dict[str, str]


def read_rows(paths: Sequence[Path] = DATA) -> list[Row]:
    """Lines with `by` (who wrote them), `who` (staff, resident, neighbour, own), `act` and `text`."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def fit(rows: Sequence[Row], to: Path, whom: Sequence[Who] = get_args(Who)) -> str:
    """Fit the tables (of all speakers, or of `whom`) and write them as one file. Returns its sha256."""
    heads: list[str] = []
    bias: list[float] = []
    columns: list[dict[str, float]] = []
    for who in whom:
        mine = [row for row in rows if row["who"] in (who, KIN.get(who))]
        told = [(pieces(row["text"]), row["act"], _counts(row, who)) for row in mine]
        names, classes, weights, intercepts = _fit(told, STRENGTH[who])
        for place, name in enumerate(classes):
            heads.append(f"{who}:{name}")
            bias.append(round(float(intercepts[place]), 4))
            columns.append({piece: float(weights[place][at]) for at, piece in enumerate(names)})
    every = sorted(set().union(*columns))
    most = max(abs(weight) for column in columns for weight in column.values())
    step = round(most / 30_000, 8)
    table = [[round(column.get(piece, 0.0) / step) for column in columns] for piece in every]
    kept = [at for at, row in enumerate(table) if any(row)]
    header = {
        "heads": heads,
        "bias": bias,
        "step": step,
        "idf_step": 1.0,
        "lines": len(rows),
        "from": [path.name for path in DATA],
    }
    return write(to, header, [every[at] for at in kept], [table[at] for at in kept], [1] * len(kept))


def _counts(row: Row, who: Who) -> float:
    by_hand = 1.0 if len(row["text"]) <= PLAIN else COUNTS.get((who, row["by"]), 1.0)
    return by_hand * (1.0 if row["who"] == who else OF_KIN)


def _fit(told: Sequence[tuple[set[str], str, float]], strength: float) -> tuple[list[str], list[str], Any, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(piece for found, _, _ in told for piece in found)
    known = [sorted(piece for piece in found if seen[piece] >= LEAST) for found, _, _ in told]
    shape = DictVectorizer()
    x = shape.fit_transform([{piece: len(found) ** -0.5 for piece in found} for found in known])
    model = LogisticRegression(C=strength, max_iter=5000, tol=1e-6)
    model.fit(x, [act for _, act, _ in told], sample_weight=[weight for _, _, weight in told])
    weights, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column stands for both
        weights, intercepts = [-weights[0] / 2, weights[0] / 2], [-intercepts[0] / 2, intercepts[0] / 2]
    return list(shape.get_feature_names_out()), list(model.classes_), weights, intercepts


def main() -> None:
    start_steady("nlu.train_acts")
    rows, to = read_rows(), Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL
    digest = fit(rows, to)
    print(f"{to.name}: {to.stat().st_size} bytes, {len(rows)} lines, sha256 {digest}")


if __name__ == "__main__":
    main()
