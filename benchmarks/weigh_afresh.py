"""Fits handlers/listening/afresh_weights.py: what people add to tickets, and reports that do not belong together.

python -m benchmarks.weigh_afresh conversations-2.jsonl conversations-3.jsonl      (needs scikit-learn)
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import Play, Reads
from benchmarks.weigh_listening import HEAD, apply_true, fit, table, true_steps
from domain.listening import Known, Line, Opens, Scene
from domain.reading import Reading, Where
from handlers.listening.afresh import PLAIN_REPORT, afresh_marks
from handlers.listening.odds import Marks
from handlers.listening.places import whole_where
from handlers.listening.window import Window, window

LISTENING = Path(__file__).resolve().parents[1] / "handlers" / "listening"
MESSAGES = Path(__file__).resolve().parents[1] / "nlu" / "data"
STRENGTH = 0.3
# Reports put behind each other: so many, so much each counts, and how long after each other they are said.
PAIRS, SHARE = 1500, 0.3
GAPS = tuple(timedelta(minutes=after) for after in (1, 2, 5, 20, 90, 500))
_NOON = datetime(2026, 5, 6, 4, tzinfo=UTC)
Row = tuple[Marks, bool, float]
Told = tuple[str, Reading]
Beside = tuple[Window, Known, Where]


def heard(conversation: dict[str, Any], reader: Reads, least: float) -> Iterator[tuple[Beside, bool]]:
    """Each report of a resident, so plain at `least`, beside each open ticket, and whether it belongs to it or
    is a matter of its own."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    for message in conversation["messages"]:
        line = line_of(play, message)
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        kinds = {kind for kind, _, _ in steps.get(line.id, [])}
        joined = {number for kind, number, _ in steps.get(line.id, []) if kind == "join"}
        if _bare(line) and line.reading.confidence >= least and kinds and "act" not in kinds:
            view = _seen(play, line)
            where = whole_where(line, view.scene.home, None)
            for ticket in view.live():
                if ticket.id in joined or "open" in kinds:
                    yield (view, ticket, where), ticket.id in joined
        apply_true(play, line, steps.get(line.id, []))


def _bare(line: Line) -> bool:
    return line.role == "resident" and bool(line.text) and line.edits is None and line.quotes is None


def _seen(play: Play, line: Line) -> Window:
    recent = tuple(old for old in play.lines if old.group == line.group)[-40:]
    tickets = tuple(ticket.known for ticket in play.tickets.values() if not ticket.withdrawn)
    return window(Scene(line, recent, tickets, play.homes[line.group], play.estates))


def unrelated(reader: Reads, many: int, least: float, longest: int = 1000) -> list[tuple[Told, Told]]:
    """Pairs of labelled messages that nobody said in one conversation: reports, no alarms, of so many characters."""
    rows = [json.loads(row) for path in sorted(MESSAGES.glob("messages*.jsonl")) for row in path.open(encoding="utf-8")]
    random.Random(3).shuffle(rows)
    reports: list[Told] = []
    for row in rows:
        if len(reports) == 2 * many:
            break
        if row["report"] and len(row["text"]) <= longest:
            reading = reader.read(row["text"], tier="community", sent_at=_NOON)
            if reading.confidence >= least and reading.urgency < 3:
                reports.append((row["text"], reading))
    return list(zip(reports[::2], reports[1::2], strict=True))


def in_a_row(pair: tuple[Told, Told], gap: timedelta, reader: Reads, *, own: bool) -> Beside:
    """The second report, said `gap` after the first by somebody else, or by its speaker, beside the first's ticket."""
    (first, read), (second, again) = pair
    play = Play(reader, {1: Where()}, {1: "community"}, {1: "c"})
    old = Line(1, 1, 1, "", "resident", first, _NOON, reading=read)
    play.lines.append(old)
    play.open(old, Opens((1,), read.category or "community_report", 1, whole_where(old, Where(), None), ""))
    view = _seen(play, Line(2, 1, 1 if own else 2, "", "resident", second, _NOON + gap, reading=again))
    return view, view.tickets[1], whole_where(view.line, Where(), None)


def conversations(names: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in names:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def write(of: str, title: str, rows: list[Row], strength: float) -> None:
    """Fits the weights of the listener's module `of` and writes them beside it."""
    told = f'"""The weights of {of}.py, written by `python -m benchmarks.weigh_{of}`."""\n\n{HEAD}\n\n'
    weights = table(title, fit(rows, strength, [share for _, _, share in rows]))
    (LISTENING / f"{of}_weights.py").write_text(f"{told}{weights}\n", encoding="utf-8")
    print(len(rows), sum(label for _, label, _ in rows))


def main() -> None:
    reader = load_reader()
    rows: list[Row] = []
    for place, pair in enumerate(unrelated(reader, PAIRS, PLAIN_REPORT)):
        rows.append((afresh_marks(*in_a_row(pair, GAPS[place % len(GAPS)], reader, own=False)), True, SHARE))
    for conversation in conversations([Path(name) for name in sys.argv[1:]]):
        for (view, ticket, where), belongs in heard(conversation, reader, PLAIN_REPORT):
            near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
            if ticket.reporter != view.line.speaker and (belongs or ticket.id in near):
                rows.append((afresh_marks(view, ticket, where), not belongs, 1.0))
    write("afresh", "AFRESH", rows, STRENGTH)


if __name__ == "__main__":
    main()
