"""`python -m benchmarks.visits [-v]`: visit notes of many manners: found, at the right door, and no others"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from benchmarks.play import Play, Reads
from domain.listening import Line, Notes, Opens, Voice
from domain.reading import Tier, Where
from domain.visits import Cared

DATA = Path(__file__).parent / "data" / "visits.jsonl"
_AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_ESTATE = "阳光小区"
_HOMES = {"unit": Where(_ESTATE, "3", "2"), "district": Where()}
# Whom the worker of the lines of a staff group looks after.
_CARED = (
    Cared("王秀英", "王奶奶", "3-2-402", _ESTATE),
    Cared("陈桂兰", "陈奶奶", "3-1-201", _ESTATE),
    Cared("周德明", "老周", "5-1-101", _ESTATE),
    Cared("林小雨", "小林", "5-1-302", _ESTATE),
)
_VOICES: tuple[tuple[str, Voice], ...] = (("网格员", "grid_worker"), ("志愿者", "grid_worker"), ("书记", "secretary"))


def voice_of(who: str) -> Voice:
    if "物业" in who or "维保" in who:
        return "property"
    return next((voice for word, voice in _VOICES if word in who), "resident")


def hear(row: dict[str, Any], reader: Reads) -> tuple[Counter[tuple[str, str]], bool]:
    """The entries that the line makes, and whether a ticket came of it."""
    tier = cast(Tier, row["tier"])
    home = _HOMES.get(row["tier"], Where(_ESTATE))
    play = Play(reader, {1: home}, {1: tier}, {1: "g"}, (home.estate,) if home.estate else ())
    play.cared = _CARED if row["tier"] == "staff" else ()
    tier = "unit" if row["tier"] == "staff" else tier
    line = Line(1, 1, 1, row["who"], voice_of(row["who"]), row["text"], _AT, tier)
    steps = play.hear(line).steps
    entries = Counter(
        (f"{step.estate}-{step.household}" if step.estate else step.household, step.kind)
        for step in steps
        if isinstance(step, Notes)
    )
    return entries, any(isinstance(step, Opens) for step in steps)


def score(rows: list[dict[str, Any]], reader: Reads, *, show: bool = False) -> dict[str, Any]:
    """`lines`: is it a visit note at all. `entries`: each door or firm for itself, exactly as labelled. `wishes`: of
    the notes found, how many became a ticket if and only if something is asked for. `false`: other lines noted."""
    lines, entries, wishes, false = [0, 0, 0], [0, 0, 0], [0, 0], 0
    for row in rows:
        want = Counter((one["household"], one["kind"]) for one in row["entries"])
        got, opened = hear(row, reader)
        hit = (want & got).total()
        for found, figures in (
            ((bool(want and got), bool(got), bool(want)), lines),
            ((hit, got.total(), want.total()), entries),
        ):
            for at, value in enumerate(found):
                figures[at] += value
        false += bool(got and not want)
        if want and got:
            wishes[0] += opened == row["wish"]
            wishes[1] += 1
        if show and (want != got or (got and opened != row["wish"])):
            print(row["tier"], row["text"], [*want], "->", [*got], "ticket" if opened else "", file=sys.stderr)
    return {
        "rows": len(rows),
        "lines": _f1(*lines),
        "entries": _f1(*entries),
        "wishes": round(wishes[0] / max(wishes[1], 1), 3),
        "false": false,
    }


def _f1(hit: int, got: int, want: int) -> dict[str, float]:
    precision, recall = hit / max(got, 1), hit / max(want, 1)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> None:
    from benchmarks.listening import load_reader

    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    reader = load_reader()
    for tier in ("unit", "community", "district", "staff"):
        some = [row for row in rows if row["tier"] == tier]
        print(tier, json.dumps(score(some, reader), ensure_ascii=False))
    print("all", json.dumps(score(rows, reader, show="-v" in sys.argv), ensure_ascii=False))


if __name__ == "__main__":
    main()
