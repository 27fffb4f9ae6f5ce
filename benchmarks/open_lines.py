"""Takes out of labelled conversations what residents say into the room, as lines of nlu/data/opens.jsonl.

python -m benchmarks.open_lines conversations-5.jsonl conversations-6.jsonl      (the whole file is written anew)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.listening import load_reader
from benchmarks.weigh_listening import Rows, apart, collect, unseen_table
from handlers.listening.odds import Marks
from handlers.listening.weigh import OPENING

TARGET = Path(__file__).resolve().parents[1] / "nlu" / "data" / "opens.jsonl"


def odds(marks: Marks) -> float:
    """What the reader and the situation say already, without the words that are to be learned."""
    return round(sum(OPENING.get(name, 0.0) * value for name, value in marks.items() if name != "wording"), 2)


def main() -> None:
    reader = load_reader()
    files = [Path(name) for name in sys.argv[1:]]
    told: dict[str, Rows] = {}
    for part in apart(files):
        table = unseen_table(*(file.stem for file in part), whom=("neighbour", "own"))
        for file in part:
            told[file.stem] = []
            for row in file.read_text(encoding="utf-8").splitlines():
                collect(json.loads(row), reader, table, told[file.stem], [])
    lines = [
        {"by": file.stem, "who": "room", "act": "opens" if opens else "none", "text": text, "odds": odds(marks)}
        for file in files
        for marks, opens, text in told[file.stem]
    ]
    TARGET.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
