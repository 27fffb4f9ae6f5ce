"""Fits handlers/listening/talk_weights.py on labelled conversations played with the right decisions.

python -m benchmarks.weigh_listening conversations-2.jsonl conversations-3.jsonl      (needs scikit-learn)
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import Play, Reads
from domain.listening import Acts, Joins, Line, Opens, Scene
from handlers.listening.odds import Marks
from handlers.listening.places import whole_where
from handlers.listening.weigh import belonging_marks, opening_marks
from handlers.listening.window import PLUS_ONE, Window
from handlers.listening.wording import SOUGHT, Told, bounded
from nlu import train_acts
from nlu.act_model import Who, pieces
from nlu.classify import Weights, load

TARGET = Path(__file__).resolve().parents[1] / "handlers" / "listening" / "talk_weights.py"
HEAD = "from __future__ import annotations"

STRENGTH = {"OPENING": 2.0, "BELONGING": 0.15}
PARTS = 8  # the files are judged an eighth at a time, by a table of wording that has learned from the others
Rows = list[tuple[Marks, bool, str]]  # the last: what was said


def true_steps(conversation: dict[str, Any], play: Play) -> dict[int, list[Any]]:
    """The right steps by message number; tickets are numbered in the order they open."""
    expect = conversation["expect"]
    order = sorted(range(len(expect["tickets"])), key=lambda i: expect["tickets"][i]["from"][0])
    number = {ticket: place for place, ticket in enumerate(order, 1)}
    steps: dict[int, list[Any]] = {}
    for i, ticket in enumerate(expect["tickets"]):
        first, *rest = ticket["from"]
        steps.setdefault(first, []).append(("open", number[i], ticket))
        for n in rest:
            steps.setdefault(n, []).append(("join", number[i], ticket))
    for action in expect["actions"]:
        if action["does"] != "ask_location" and action.get("ticket") is not None:
            steps.setdefault(action["at_message"], []).append(("act", number[action["ticket"]], action))
    return steps


def by(table: Weights) -> Told:
    """Wording scored by this table."""

    def told(text: str, who: Who) -> float:
        return bounded(table.scores(pieces(text), ()).get(f"{who}:{SOUGHT[who]}", 0.0))

    return told


def collect(conversation: dict[str, Any], reader: Reads, table: Weights, opening: Rows, belonging: Rows) -> None:
    """Rows of one conversation; `table` scores wording and has not seen it."""
    told = by(table)
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    acted = {a["at_message"] for a in conversation["expect"]["actions"] if a["does"] != "ask_location"}
    for message in conversation["messages"]:
        line = line_of(play, message)
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        recent = tuple(old for old in play.lines if old.group == line.group)[-40:]
        tickets = tuple(t.known for t in play.tickets.values() if not t.withdrawn)
        scene = Scene(line, recent, tickets, play.homes[line.group], play.estates)
        view = Window(scene, line, {t.id: t for t in tickets})
        mine = steps.get(line.id, [])
        if (
            line.role == "resident"
            and line.text
            and line.edits is None
            and line.quotes is None
            and not PLUS_ONE.match(line.text)
        ):
            opens = any(kind == "open" for kind, _, _ in mine)
            joined = {number for kind, number, _ in mine if kind == "join"}
            if line.id not in acted:
                if not joined:
                    opening.append((opening_marks(view, told), opens, view.story))
                where = whole_where(line, play.homes[line.group], None)
                for ticket in view.live():
                    belonging.append((belonging_marks(view, ticket, where, told), ticket.id in joined, line.text))
        apply_true(play, line, mine)


def apply_true(play: Play, line: Line, steps: list[Any]) -> None:
    """Carries out what the labels say of a line."""
    play.lines.append(line)
    for kind, number, gold in sorted(steps, key=lambda step: step[1] if step[0] == "open" else 99):
        if kind == "open":
            where = whole_where(line, play.homes[line.group], gold["category"])
            play.apply(line, Opens((line.id,), gold["category"], gold["urgency"], where, line.text[:40]))
        elif number in play.tickets and kind == "join":
            play.apply(line, Joins(number, voice=True))
        elif number in play.tickets:
            play.apply(line, Acts(number, gold["does"], value=gold.get("value")))


def apart(files: Sequence[Path]) -> list[list[Path]]:
    """The files in PARTS parts, each to be judged by what was learned from the others."""
    return [list(part) for part in (files[place::PARTS] for place in range(PARTS)) if part]


def unseen_table(*names: str, whom: Sequence[Who] = get_args(Who)) -> Weights:
    """The table of wording (nlu/act_model.py), all of it or of some speakers, learnt without some files' lines."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "acts.bin"
        train_acts.fit([row for row in train_acts.read_rows() if row["by"] not in names], target, whom)
        return load(target)


def fit(rows: Sequence[tuple[Marks, bool, Any]], strength: float, shares: list[float] | None = None) -> Marks:
    """The weight of each mark; `shares`: how much each row counts."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    shape = DictVectorizer()
    x = shape.fit_transform([{k: v for k, v in marks.items() if k != "bias"} for marks, _, _ in rows])
    model = LogisticRegression(C=strength, max_iter=3000).fit(x, [label for _, label, _ in rows], sample_weight=shares)
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    weights |= {name: round(float(w), 2) for name, w in zip(shape.get_feature_names_out(), model.coef_[0], strict=True)}
    return weights


def table(title: str, weights: Marks) -> str:
    """The weights as they stand in the listener's source."""
    body = "".join(f'    "{mark}": {weight},\n' for mark, weight in weights.items())
    return f"{title} = {{\n{body}}}"


def main() -> None:
    reader = load_reader()
    opening: Rows = []
    belonging: Rows = []
    for part in apart([Path(name) for name in sys.argv[1:]]):
        table = unseen_table(*(file.stem for file in part), whom=("neighbour", "own", "room"))
        for row in (row for file in part for row in file.read_text(encoding="utf-8").splitlines()):
            collect(json.loads(row), reader, table, opening, belonging)
    told = ['"""The weights of weigh.py, written by `python -m benchmarks.weigh_listening`."""', "", HEAD]
    for title, rows in (("OPENING", opening), ("BELONGING", belonging)):
        told += ["", table(title, fit(rows, STRENGTH[title]))]
        print(title, len(rows), sum(label for _, label, _ in rows))
    TARGET.write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
