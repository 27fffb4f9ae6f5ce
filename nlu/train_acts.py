"""`python -m nlu.train_acts [FILE]`: fit the table of plain acts on acts, talk and opens.jsonl, the same each time."""

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

DATA = tuple(Path(__file__).parent / "data" / name for name in ("acts.jsonl", "talk.jsonl", "opens.jsonl"))
LEAST = 2  # lines in which a piece must occur
# How freely the weights of each table may move, and what a line counts by who wrote it (1 where nothing is said): taken
# by the likelihood of the lines of conversations whose files were left out.
STRENGTH: dict[Who, float] = {"staff": 5.0, "resident": 5.0, "neighbour": 30.0, "own": 10.0, "room": 3.0}
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

ODDS = "="  # the column of what the situation has said already; no piece of a text is called so

Row = dict[str, Any]
Told = tuple[dict[str, float], str, float]


def read_rows(paths: Sequence[Path] = DATA) -> list[Row]:
    """Lines with `by` (who wrote them), `who`, `act` and `text`; those into the room also `odds`: how likely all but
    the words make it (log odds), so that the table learns what that leaves out."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def fit(rows: Sequence[Row], to: Path, whom: Sequence[Who] = get_args(Who)) -> str:
    """Fit the tables (of all speakers, or of `whom`) and write them as one file. Returns its sha256."""
    heads: list[str] = []
    bias: list[float] = []
    columns: list[dict[str, float]] = []
    told = {who: [_told(row, who) for row in rows if row["who"] in (who, KIN.get(who))] for who in get_args(Who)}
    known = {who: _known(told[who]) for who in told}
    every = frozenset().union(*known.values())
    for who in whom:
        names, classes, weights, intercepts = _fit(told[who], known[who], every, STRENGTH[who])
        for place, name in enumerate(classes):
            heads.append(f"{who}:{name}")
            bias.append(round(float(intercepts[place]), 4))
            columns.append({piece: float(weights[place][at]) for at, piece in enumerate(names) if piece != ODDS})
    most = max(abs(weight) for column in columns for weight in column.values())
    step = round(most / 30_000, 8)
    kept = sorted(every)
    table = [[round(column.get(piece, 0.0) / step) for column in columns] for piece in kept]
    header = {
        "heads": heads,
        "bias": bias,
        "step": step,
        "idf_step": 1.0,
        "lines": len(rows),
        "from": [path.name for path in DATA],
    }
    return write(to, header, kept, table, [1] * len(kept))


def _told(row: Row, who: Who) -> Told:
    found = dict.fromkeys(pieces(row["text"]), 1.0)
    counts = 1.0 if len(row["text"]) <= PLAIN else COUNTS.get((who, row["by"]), 1.0)
    counts *= 1.0 if row["who"] == who else OF_KIN
    return (found | {ODDS: row["odds"]} if "odds" in row else found), row["act"], counts


def _known(told: Sequence[Told]) -> frozenset[str]:
    """The pieces that stand in enough lines of one kind of speaker."""
    seen = Counter(piece for found, _, _ in told for piece in found if piece != ODDS)
    return frozenset(piece for piece, times in seen.items() if times >= LEAST)


def _fit(
    told: Sequence[Told], known: frozenset[str], every: frozenset[str], strength: float
) -> tuple[list[str], list[str], Any, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    shape = DictVectorizer()
    x = shape.fit_transform([_unit(found, known, every) for found, _, _ in told])
    model = LogisticRegression(C=strength, max_iter=5000, tol=1e-6)
    model.fit(x, [act for _, act, _ in told], sample_weight=[weight for _, _, weight in told])
    weights, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one column stands for both
        weights, intercepts = [-weights[0] / 2, weights[0] / 2], [-intercepts[0] / 2, intercepts[0] / 2]
    return list(shape.get_feature_names_out()), list(model.classes_), weights, intercepts


def _unit(found: dict[str, float], known: frozenset[str], every: frozenset[str]) -> dict[str, float]:
    """The known pieces, of the length that they have when they are read: there every piece of the file counts, whoever
    it was learned of. What stands beside them stays as it is."""
    length = max(1, sum(piece in every for piece in found)) ** -0.5
    return {
        piece: found[ODDS] if piece == ODDS else length for piece in sorted(found) if piece in known or piece == ODDS
    }


def main() -> None:
    start_steady("nlu.train_acts")
    rows, to = read_rows(), Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL
    digest = fit(rows, to)
    print(f"{to.name}: {to.stat().st_size} bytes, {len(rows)} lines, sha256 {digest}")


if __name__ == "__main__":
    main()
