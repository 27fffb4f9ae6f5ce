"""Fits handlers/listening/another_weights.py: what people add to their own reports, and reports that do not belong
together. Wording is scored by tables that have not learned from the file (as in benchmarks/weigh_listening.py).

python -m benchmarks.weigh_another conversations-2.jsonl conversations-3.jsonl      (needs scikit-learn)
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from benchmarks.listening import load_reader
from benchmarks.weigh_afresh import Row, conversations, heard, in_a_row, unrelated, write
from benchmarks.weigh_listening import apart, by, unseen_table
from handlers.listening.another import REPORT, another_marks

STRENGTH = 1.0
# Reports put behind each other: so many, so long at most, so much each counts, and how long after each other said.
PAIRS, LONGEST, SHARE = 3000, 40, 0.3
GAPS = tuple(timedelta(minutes=after) for after in (0.5, 1, 2, 4, 20, 90))


def main() -> None:
    reader = load_reader()
    rows: list[Row] = []
    for place, pair in enumerate(unrelated(reader, PAIRS, REPORT, LONGEST)):
        rows.append((another_marks(*in_a_row(pair, GAPS[place % len(GAPS)], reader, own=True)), True, SHARE))
    for part in apart([Path(name) for name in sys.argv[1:]]):
        told = by(unseen_table(*(file.stem for file in part), whom=("own", "room")))
        for conversation in conversations(part):
            for (view, ticket, where), belongs in heard(conversation, reader, REPORT):
                if ticket.reporter == view.line.speaker and 3 not in (ticket.urgency, view.line.reading.urgency):
                    rows.append((another_marks(view, ticket, where, told), not belongs, 1.0))
    write("another", "WEIGHTS", rows, STRENGTH)


if __name__ == "__main__":
    main()
