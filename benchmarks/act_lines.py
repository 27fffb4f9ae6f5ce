"""Takes out of labelled conversations what staff say, and residents of their own matters: lines of nlu/data/acts.jsonl.

python -m benchmarks.act_lines conversations-12.jsonl      (lines of other files and those written by hand stay)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.listening import line_of, load_reader, start
from benchmarks.play import Reads
from benchmarks.weigh_acts import named, seen_from, with_quote
from benchmarks.weigh_listening import apply_true, true_steps
from handlers.listening.judged import candidates
from handlers.listening.notes import noted, one_call
from handlers.listening.rating import may_speak_of

TARGET = Path(__file__).resolve().parents[1] / "nlu" / "data" / "acts.jsonl"
Row = dict[str, str]


def taken(conversation: dict[str, Any], reader: Reads) -> Iterator[tuple[str, str, str]]:
    """Who speaks (staff, resident), what it does to a ticket (other: nothing) and the words, line by line. Lines before
    which nothing could be done to any ticket are left out, and visits told."""
    play = start(conversation, reader)
    steps = true_steps(conversation, play)
    for message in conversation["messages"]:
        line = line_of(play, with_quote(message, conversation))
        line = replace(line, reading=reader.read(line.text, tier=line.tier, sent_at=line.sent_at))
        view = seen_from(play, line)
        who = "resident" if line.role == "resident" else "staff"
        acts = [act for kind, _, act in steps.get(line.id, []) if kind == "act" and _by(who, act)]
        may = candidates(view) if who == "staff" else [t for t in view.tickets.values() if may_speak_of(view, t)]
        heard = noted(view) if who == "staff" else None
        visit = heard is not None and heard.steps and not one_call(view)
        if line.text.strip() and line.edits is None and (acts or (may and not visit)):
            yield who, named(acts[0]).removesuffix("_category") if acts else "other", line.text
        apply_true(play, line, steps.get(line.id, []))


def _by(who: str, act: Mapping[str, Any]) -> bool:
    return (act["does"] in ("rate", "withdraw")) == (who == "resident")


def main() -> None:
    reader = load_reader()
    names = {Path(name).stem for name in sys.argv[1:]}
    old = [json.loads(row) for row in TARGET.read_text(encoding="utf-8").splitlines()]
    rows: list[Row] = [row for row in old if row["by"] not in names]
    for name in sys.argv[1:]:
        seen: dict[tuple[str, str, str], None] = {}
        for conversation in Path(name).read_text(encoding="utf-8").splitlines():
            seen.update(dict.fromkeys(taken(json.loads(conversation), reader)))
        rows += [dict(zip(("by", "who", "act", "text"), (Path(name).stem, *found), strict=True)) for found in seen]
    TARGET.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} lines")


if __name__ == "__main__":
    main()
