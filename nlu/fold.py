"""`python -m nlu.fold`: write nlu/model/fold.jsonl, labelled lines with the scores of a model that has not read them.

What an office teaches the reader is weighed on them (nlu/learn.py): they stand for everybody else's talk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from domain.reading import CATEGORIES
from nlu.train import HEADS, NONE, Row, ahead, fit, rows

FOLD = Path(__file__).parent / "model" / "fold.jsonl"
ONE_IN = 12


def in_fold(text: str) -> bool:
    """One line in twelve, by a digest of its text, so that two of the same words are never on both sides."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % ONE_IN == 0


def write(told: Sequence[Row], tiers: Sequence[str], to: Path) -> int:
    """Fit on all other lines and write the scores of the fold's. Emergencies are left out: nothing is learnt of
    them. Returns how many lines it has."""
    model = fit([row for row in told if not in_fold(row.text)])
    held = [
        (row, tier)
        for row, tier in zip(told, tiers, strict=True)
        if in_fold(row.text) and row.category != "emergency" and row.urgency < 3
    ]
    scores = model.scores([row for row, _ in held])
    lead = ahead(scores)[:, 0]
    first = HEADS.index(CATEGORIES[0])
    lines = [
        json.dumps(
            {
                "tier": tier,
                "text": row.text,
                "report": row.report,
                "category": None if row.category == NONE else row.category,
                "ahead": round(float(lead[at]), 3),
                "scores": [round(float(scores[at, first + one]), 3) for one in range(len(CATEGORIES))],
            },
            ensure_ascii=False,
        )
        for at, (row, tier) in enumerate(held)
    ]
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def tiers_of(data: Path) -> list[str]:
    """The tier of each labelled line, in the order of nlu.train.rows."""
    return [
        str(json.loads(line)["tier"])
        for path in sorted(data.glob("messages*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def main() -> None:
    from nlu.train import DATA

    print(f"{FOLD.name}: {write(rows(DATA), tiers_of(DATA), FOLD)} lines held out")


if __name__ == "__main__":
    main()
