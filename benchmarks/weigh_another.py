"""Fits handlers/listening/another_weights.py: what people add to their own reports, and reports that do not belong
together. Wording is scored by tables that have not learned from the file (as in benchmarks/weigh_listening.py).

python -m benchmarks.weigh_another conversations-2.jsonl conversations-3.jsonl      (needs scikit-learn)
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import Play, Reads
from benchmarks.weigh_afresh import MESSAGES, Row, seen
from benchmarks.weigh_listening import apart, apply_true, by, true_steps, unseen_table
from domain.listening import Line, Opens
from domain.reading import Reading, Where
from handlers.listening.another import REPORT, another_marks
from handlers.listening.places import whole_where
from handlers.listening.wording import Told

TARGET = Path(__file__).resolve().parents[1] / "handlers" / "listening" / "another_weights.py"
STRENGTH = 1.0
# Reports put behind each other: so many, so long at most, so much each counts, and how long after each other said.
PAIRS, LONGEST, SHARE = 3000, 40, 0.3
GAPS = tuple(timedelta(minutes=after) for after in (0.5, 1, 2, 4, 20, 90))


def beside_his_own(conversation: dict[str, Any], reader: Reads, told: Told) -> Iterator[Row]:
    """What a resident says that reads as a report, beside each open ticket of his."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    for message in conversation["messages"]:
        line = line_of(play, message)
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        kinds = {kind for kind, _, _ in steps.get(line.id, [])}
        joined = {number for kind, number, _ in steps.get(line.id, []) if kind == "join"}
        if _is_report(line) and kinds and "act" not in kinds:
            view = seen(play, line)
            where = whole_where(line, view.scene.home, None)
            for ticket in view.live():
                if ticket.reporter != line.speaker or ticket.urgency == 3:
                    continue
                if ticket.id in joined or "open" in kinds:
                    yield another_marks(view, ticket, where, told), ticket.id not in joined, 1.0
        apply_true(play, line, steps.get(line.id, []))


def _is_report(line: Line) -> bool:
    bare = line.role == "resident" and bool(line.text) and line.edits is None and line.quotes is None
    return bare and line.reading.confidence >= REPORT and line.reading.urgency < 3


def pairs(reader: Reads) -> Iterator[Row]:
    """Labelled messages that nobody said in one conversation, as if one speaker had said them one after the other."""
    rows = [json.loads(row) for path in sorted(MESSAGES.glob("messages*.jsonl")) for row in path.open(encoding="utf-8")]
    random.Random(3).shuffle(rows)
    noon = datetime(2026, 5, 6, 4, tzinfo=UTC)
    reports: list[tuple[str, Reading]] = []
    for row in rows:
        if len(reports) == 2 * PAIRS:
            break
        if row["report"] and len(row["text"]) <= LONGEST:
            reading = reader.read(row["text"], tier="community", sent_at=noon)
            if reading.confidence >= REPORT and reading.urgency < 3:
                reports.append((row["text"], reading))
    for place in range(PAIRS):
        (first, read), (second, heard) = reports[2 * place : 2 * place + 2]
        play = Play(reader, {1: Where()}, {1: "community"}, {1: "c"})
        old = Line(1, 1, 1, "", "resident", first, noon, reading=read)
        play.lines.append(old)
        play.open(old, Opens((1,), read.category or "community_report", 1, whole_where(old, Where(), None), ""))
        line = Line(2, 1, 1, "", "resident", second, noon + GAPS[place % len(GAPS)], reading=heard)
        view = seen(play, line)
        yield another_marks(view, view.tickets[1], whole_where(line, Where(), None)), True, SHARE


def main() -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = load_reader()
    rows = list(pairs(reader))
    for part in apart([Path(name) for name in sys.argv[1:]]):
        told = by(unseen_table(*(file.stem for file in part), whom=("own", "room")))
        for conversation in (row for file in part for row in file.read_text(encoding="utf-8").splitlines()):
            rows += beside_his_own(json.loads(conversation), reader, told)
    shape = DictVectorizer()
    x = shape.fit_transform([{k: v for k, v in marks.items() if k != "bias"} for marks, _, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(x, [label for _, label, _ in rows], sample_weight=[share for _, _, share in rows])
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    weights |= {name: round(float(w), 2) for name, w in zip(shape.get_feature_names_out(), model.coef_[0], strict=True)}
    body = "".join(f'    "{mark}": {weight},\n' for mark, weight in weights.items())
    head = '"""The weights of another.py, written by `python -m benchmarks.weigh_another`."""'
    TARGET.write_text(f"{head}\n\nfrom __future__ import annotations\n\nWEIGHTS = {{\n{body}}}\n", encoding="utf-8")
    print(len(rows), sum(label for _, label, _ in rows))


if __name__ == "__main__":
    main()
