"""Fits handlers/listening/afresh_weights.py: what people add to tickets, and reports that do not belong together.

python -m benchmarks.weigh_afresh conversations-2.jsonl conversations-3.jsonl      (needs scikit-learn)
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
from benchmarks.weigh_listening import apply_true, true_steps
from domain.listening import Line, Opens, Scene
from domain.reading import Reading, Where
from handlers.listening.afresh import PLAIN_REPORT, afresh_marks
from handlers.listening.odds import Marks
from handlers.listening.places import whole_where
from handlers.listening.window import Window, window

TARGET = Path(__file__).resolve().parents[1] / "handlers" / "listening" / "afresh_weights.py"
MESSAGES = Path(__file__).resolve().parents[1] / "nlu" / "data"
STRENGTH = 0.3
# Reports put behind each other: so many, so much each counts, and how long after each other they are said.
PAIRS, SHARE = 1500, 0.3
GAPS = tuple(timedelta(minutes=after) for after in (1, 2, 5, 20, 90, 500))
Row = tuple[Marks, bool, float]


def told(conversation: dict[str, Any], reader: Reads) -> Iterator[Row]:
    """Each plain report of a resident beside each open ticket of his own, or talked of in the last half hour."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    for message in conversation["messages"]:
        line = line_of(play, message)
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        kinds = {kind for kind, _, _ in steps.get(line.id, [])}
        joined = {number for kind, number, _ in steps.get(line.id, []) if kind == "join"}
        if _plain(line) and "act" not in kinds and kinds:
            view = seen(play, line)
            near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
            where = whole_where(line, view.scene.home, None)
            for ticket in view.live():
                if ticket.id in joined:
                    yield afresh_marks(view, ticket, where), False, 1.0
                elif "open" in kinds and (ticket.reporter == line.speaker or ticket.id in near):
                    yield afresh_marks(view, ticket, where), True, 1.0
        apply_true(play, line, steps.get(line.id, []))


def _plain(line: Line) -> bool:
    bare = line.role == "resident" and bool(line.text) and line.edits is None and line.quotes is None
    return bare and line.reading.confidence >= PLAIN_REPORT


def seen(play: Play, line: Line) -> Window:
    recent = tuple(old for old in play.lines if old.group == line.group)[-40:]
    tickets = tuple(ticket.known for ticket in play.tickets.values() if not ticket.withdrawn)
    return window(Scene(line, recent, tickets, play.homes[line.group], play.estates))


def pairs(reader: Reads) -> Iterator[Row]:
    """Labelled messages that nobody said in one conversation: half of them by one speaker."""
    reports: list[tuple[str, Reading]] = []
    rows = [json.loads(row) for path in sorted(MESSAGES.glob("messages*.jsonl")) for row in path.open(encoding="utf-8")]
    random.Random(3).shuffle(rows)
    noon = datetime(2026, 5, 6, 4, tzinfo=UTC)
    for row in rows:
        if len(reports) == 2 * PAIRS:
            break
        reading = reader.read(row["text"], tier="community", sent_at=noon)
        if row["report"] and reading.confidence >= PLAIN_REPORT and reading.urgency < 3:
            reports.append((row["text"], reading))
    for place in range(PAIRS):
        (first, read), (second, heard) = reports[2 * place : 2 * place + 2]
        play = Play(reader, {1: Where()}, {1: "community"}, {1: "c"})
        old = Line(1, 1, 1, "", "resident", first, noon, reading=read)
        play.lines.append(old)
        play.open(old, Opens((1,), read.category or "community_report", 1, whole_where(old, Where(), None), ""))
        own = place % 12 < 6
        line = Line(2, 1, 1 if own else 2, "", "resident", second, noon + GAPS[place % 6], reading=heard)
        view = seen(play, line)
        yield afresh_marks(view, view.tickets[1], whole_where(line, Where(), None)), True, SHARE


def main() -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = load_reader()
    rows = list(pairs(reader))
    for name in sys.argv[1:]:
        for conversation in Path(name).read_text(encoding="utf-8").splitlines():
            rows += told(json.loads(conversation), reader)
    shape = DictVectorizer()
    x = shape.fit_transform([{k: v for k, v in marks.items() if k != "bias"} for marks, _, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(x, [label for _, label, _ in rows], sample_weight=[share for _, _, share in rows])
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    weights |= {name: round(float(w), 2) for name, w in zip(shape.get_feature_names_out(), model.coef_[0], strict=True)}
    body = "".join(f'    "{mark}": {weight},\n' for mark, weight in weights.items())
    head = '"""The weights of afresh.py, written by `python -m benchmarks.weigh_afresh`."""'
    TARGET.write_text(f"{head}\n\nfrom __future__ import annotations\n\nAFRESH = {{\n{body}}}\n", encoding="utf-8")
    print(len(rows), sum(label for _, label, _ in rows))


if __name__ == "__main__":
    main()
