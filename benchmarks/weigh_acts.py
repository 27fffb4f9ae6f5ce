"""Fits handlers/listening/act_weights.py on labelled conversations played with the right decisions.

python -m benchmarks.weigh_acts benchmarks/data/conversations-[2-6].jsonl      (needs scikit-learn)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import CLOSED_STAY, RECENT_LINES, Play, Reads
from benchmarks.weigh_listening import apply_true, true_steps, unseen_table
from domain.listening import Line, Scene
from handlers.listening.act_odds import resident_marks, staff_marks
from handlers.listening.judged import candidates
from handlers.listening.rating import may_speak_of
from handlers.listening.weigh import Marks
from handlers.listening.window import Window
from nlu.act_model import Who, pieces
from nlu.classify import Weights

Rows = list[tuple[Marks, str, float]]
STAFF = ("none", "claim", "done", "transfer", "escalate")
RESIDENT = ("none", "good", "bad", "withdraw")
STRENGTH = 1.0
TARGET = Path(__file__).resolve().parents[1] / "handlers" / "listening" / "act_weights.py"


def scores_by(table: Weights, text: str, who: Who) -> dict[str, float]:
    found = table.scores(pieces(text), ())
    return {head.removeprefix(f"{who}:"): score for head, score in found.items() if head.startswith(f"{who}:")}


def collect(conversation: dict[str, Any], reader: Reads, table: Weights, staff: Rows, resident: Rows) -> None:
    """One row for each line and each ticket that it could mean."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    for message in conversation["messages"]:
        line = line_of(play, with_quote(message, conversation))
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        view = _window(play, line)
        mine = steps.get(line.id, [])
        if line.text.strip() and line.edits is None:
            labels = {number: (act["does"], act.get("value"), act) for kind, number, act in mine if kind == "act"}
            if line.role == "resident":
                _residents(view, labels, scores_by(table, line.text, "resident"), resident)
            else:
                _staffs(view, labels, scores_by(table, line.text, "staff"), staff)
        apply_true(play, line, mine)


def with_quote(message: dict[str, Any], conversation: dict[str, Any]) -> dict[str, Any]:
    """The message with the ticket whose card it quotes named by one of its lines, as the listener is shown it."""
    card = message.get("reply_to_card")
    if card is None:
        return message
    return {**message, "reply_to_card_about": conversation["expect"]["tickets"][card]["from"][0]}


def _window(play: Play, line: Line) -> Window:
    recent = tuple(old for old in play.lines if old.group == line.group)[-RECENT_LINES:]
    tickets = tuple(
        t.known
        for t in play.tickets.values()
        if not t.withdrawn and (t.known.done_at is None or t.known.done_at >= line.sent_at - CLOSED_STAY)
    )
    return Window(Scene(line, recent, tickets, play.homes[line.group], play.estates), line, {t.id: t for t in tickets})


def _staffs(view: Window, labels: Mapping[int, Any], scores: Mapping[str, float], rows: Rows) -> None:
    tickets = candidates(view)
    for ticket, marks in zip(tickets, staff_marks(view, tickets, scores), strict=True):
        does, _, act = labels.get(ticket.id, ("none", None, {}))
        if does in STAFF:
            rows.append((marks, does, 0.5 if act.get("optional") else 1.0))


def _residents(view: Window, labels: Mapping[int, Any], scores: Mapping[str, float], rows: Rows) -> None:
    tickets = [ticket for ticket in view.tickets.values() if may_speak_of(view, ticket)]
    if not tickets:
        return
    for ticket, marks in zip(tickets, resident_marks(view, tickets, scores), strict=True):
        does, value, act = labels.get(ticket.id, ("none", None, {}))
        label = {"rate": "bad" if value == "unsatisfied" else "good"}.get(does, does)
        if label in RESIDENT:
            rows.append((marks, label, 0.5 if act.get("optional") else 1.0))


def learn(rows: Rows, classes: tuple[str, ...], strength: float = STRENGTH) -> dict[str, dict[str, float]]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    shape = DictVectorizer()
    x = shape.fit_transform([{k: v for k, v in marks.items() if k != "bias"} for marks, _, _ in rows])
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(x, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows])
    names = shape.get_feature_names_out()
    found: dict[str, dict[str, float]] = {}
    for name in classes:
        at = list(model.classes_).index(name)
        weights = {str(mark): round(float(w), 2) for mark, w in zip(names, model.coef_[at], strict=True)}
        found[name] = {"bias": round(float(model.intercept_[at]), 2)} | {k: w for k, w in weights.items() if w}
    return found


def gather(files: list[Path], reader: Reads) -> dict[str, tuple[Rows, Rows]]:
    """Rows by file; the wording of each file is scored by a table that has not seen it."""
    found: dict[str, tuple[Rows, Rows]] = {}
    for file in files:
        table = unseen_table(file.stem)
        staff: Rows = []
        resident: Rows = []
        for row in file.read_text(encoding="utf-8").splitlines():
            collect(json.loads(row), reader, table, staff, resident)
        found[file.stem] = staff, resident
    return found


def write(staff: Mapping[str, Mapping[str, float]], resident: Mapping[str, Mapping[str, float]]) -> None:
    """The tables as source, one mark a line."""
    told = [
        '"""The weights of act_odds.py, written by `python -m benchmarks.weigh_acts`: a column for each class."""',
        "",
        "from __future__ import annotations",
        "",
        "",
        "def _columns(classes: str, rows: dict[str, tuple[float, ...]]) -> dict[str, dict[str, float]]:",
        "    names = classes.split()",
        "    return {name: {mark: row[at] for mark, row in rows.items()} for at, name in enumerate(names)}",
        "",
    ]
    for title, tables in (("STAFF", staff), ("RESIDENT", resident)):
        told += ["", f"{title} = _columns(", f'    "{" ".join(tables)}",', "    {"]
        marks = sorted(set().union(*tables.values()))
        for mark in marks:
            row = ", ".join(str(table.get(mark, 0.0)) for table in tables.values())
            told.append(f'        "{mark}": ({row}),')
        told += ["    },", ")"]
    TARGET.write_text("\n".join(told) + "\n", encoding="utf-8")


def main() -> None:
    found = gather([Path(name) for name in sys.argv[1:]], load_reader())
    staff = [row for rows, _ in found.values() for row in rows]
    resident = [row for _, rows in found.values() for row in rows]
    write(learn(staff, STAFF), learn(resident, RESIDENT))
    print(f"{TARGET.name}: {len(staff)} pairs of staff, {len(resident)} of residents")


if __name__ == "__main__":
    main()
