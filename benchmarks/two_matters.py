"""`python -m benchmarks.two_matters [FILE…]`: a resident's two lines in a row: one matter, or two, and none lost."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.listening import load_reader
from benchmarks.play import Play, Reads
from domain.listening import Line
from domain.reading import Where

FILES = tuple(Path(__file__).parent / "data" / name for name in ("two-matters.jsonl", "two-matters-2.jsonl"))
_AT = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
_AFTER = timedelta(minutes=1)
_HOME = Where("阳光小区", "3", "2")


def outcome(first: str, second: str, reader: Reads) -> str:
    """What became of the second line, told a minute after the first into a quiet group: "joined" the first's ticket,
    "opened" one of its own, "shown" to staff as what may be one, or "nothing". "unheard": the first opened none."""
    play = Play(reader, {1: _HOME}, {1: "unit"}, {1: "u"}, ("阳光小区",))
    for number, text in enumerate((first, second), 1):
        line = Line(number, 1, play.person("老向"), "老向", "resident", text, _AT + number * _AFTER, "unit")
        play.hear(line)
        if number == 1 and not play.tickets:
            return "unheard"
    if 2 in play.tickets[1].known.lines:
        return "joined"
    own = play.tickets.get(2)
    return "nothing" if own is None else "opened" if own.raised_after is not None else "shown"


def judged(rows: list[dict[str, Any]], reader: Reads) -> dict[bool, Counter[str]]:
    """How often what became of the second line, where it is another matter and where it is the same."""
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        found[row["another"]][outcome(row["first"], row["second"], reader)] += 1
    return found


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    reader = load_reader()
    for path in [Path(name) for name in sys.argv[1:]] or FILES:
        for another, became in judged(read_rows(path), reader).items():
            parts = ", ".join(f"{name} {count}" for name, count in became.most_common())
            print(f"{path.name}, {'another' if another else 'the same'} matter, {became.total()} pairs: {parts}")


if __name__ == "__main__":
    main()
