"""Takes out of labelled conversations what residents say while a matter is open, as lines of nlu/data/talk.jsonl.

python -m benchmarks.talk_lines conversations-5.jsonl conversations-6.jsonl      (lines written by hand stay)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import RECENT_LINES, Reads
from benchmarks.weigh_listening import apply_true, true_steps
from domain.listening import Line, Scene
from handlers.listening.window import Window, window

TARGET = Path(__file__).resolve().parents[1] / "nlu" / "data" / "talk.jsonl"
NEAR = timedelta(minutes=30)
Row = dict[str, str]


def taken(conversation: dict[str, Any], reader: Reads) -> Iterator[tuple[str, str, str]]:
    """Who speaks (own: of his matter; neighbour), what it is (more, talk) and the words, line by line. Lines that open
    a ticket or act on one are left out, and those that no open ticket is near."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    acted = {one["at_message"] for one in conversation["expect"]["actions"] if one["does"] != "ask_location"}
    for message in conversation["messages"]:
        line = line_of(play, message)
        mine = steps.get(line.id, [])
        if line.role == "resident" and line.text and line.edits is None and line.id not in acted:
            recent = tuple(old for old in play.lines if old.group == line.group)[-RECENT_LINES:]
            view = window(
                Scene(line, recent, tuple(one.known for one in play.tickets.values()), play.homes[line.group])
            )
            joined = {number for kind, number, _ in mine if kind == "join"}
            found = _said(view, line, joined, any(kind == "open" for kind, _, _ in mine))
            if found is not None:
                yield (*found, line.text)
        apply_true(play, line, mine)


def _said(view: Window, line: Line, joined: set[int], opens: bool) -> tuple[str, str] | None:
    near = {number for old in view.lately(NEAR, 14) for number in old.tickets}
    meant = [view.tickets[number] for number in joined] or [one for one in view.live() if one.id in near]
    if not meant or (opens and not joined):
        return None
    return ("own" if any(view.mine(one) for one in meant) else "neighbour", "more" if joined else "talk")


def main() -> None:
    reader = load_reader()
    old = [json.loads(row) for row in TARGET.read_text(encoding="utf-8").splitlines()] if TARGET.exists() else []
    rows: list[Row] = [row for row in old if row["by"] == "hand"]
    for name in sys.argv[1:]:
        seen: set[tuple[str, str, str]] = set()
        for conversation in Path(name).read_text(encoding="utf-8").splitlines():
            for found in taken(json.loads(conversation), reader):
                if found not in seen:
                    seen.add(found)
                    rows.append(dict(zip(("by", "who", "act", "text"), (Path(name).stem, *found), strict=True)))
    rows += [row for row in old if row["by"] == "blocks"]
    TARGET.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} lines")


if __name__ == "__main__":
    main()
