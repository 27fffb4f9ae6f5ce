"""`python -m nlu.common_pairs`: writes nlu/tables/pairs.txt, how many labelled lines hold each common pair."""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable
from pathlib import Path

from nlu.likeness import RARE, pairs

HERE = Path(__file__).parent


def table(texts: Iterable[str]) -> str:
    """The number of lines; then for each count from RARE upwards the pairs that so many lines hold."""
    total, held = 0, collections.Counter[str]()
    for text in texts:
        total += 1
        held.update(set(pairs(text)))
    rows: dict[int, list[str]] = collections.defaultdict(list)
    for pair, count in sorted(held.items()):
        if count >= RARE:
            rows[count].append(pair)
    return "\n".join([str(total), *[f"{count} {' '.join(rows[count])}" for count in sorted(rows)]]) + "\n"


def main() -> None:
    files = sorted((HERE / "data").glob("messages*.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    (HERE / "tables" / "pairs.txt").write_text(table(json.loads(line)["text"] for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
