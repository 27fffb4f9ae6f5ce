"""`python -m benchmarks.addresses [FOLDER]`: building, unit, floor and room in addresses that others labelled."""

from __future__ import annotations

import collections
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from nlu.address import address_parts
from nlu.normalize import fold
from nlu.numbers import in_digits
from nlu.place import where

KINDS = {"houseno": "building", "cellno": "unit", "floorno": "floor", "roomno": "room"}
WANTED = 0.85
_WORDS = re.compile(r"[^0-9A-Z-]+")


def bench_file(name: str) -> Path | None:
    """A file of other people's data, in the folder named as argument or in MINQING_BENCH; None where absent."""
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    folder = named[0] if named else os.environ.get("MINQING_BENCH", "")
    path = Path(folder) / name
    return path if folder and path.is_file() else None


def addresses(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each address, and its entities as (tag, text) in order.

    The file is that of leodotnet/neural-chinese-address-parsing (NAACL 2019): a character and its tag in each line, a
    blank line between addresses. It is read in place; nothing of it is kept or learnt from.
    """
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text, entities = "", list[tuple[str, str]]()
        for line in block.splitlines():
            piece, _, tag = line.rpartition(" ")
            text += piece
            if tag.startswith("I-") and entities and entities[-1][0] == tag[2:]:
                entities[-1] = (tag[2:], entities[-1][1] + piece)
            elif tag != "O":
                entities.append((tag[2:], piece))
        if text:
            yield text, entities


def bare_value(kind: str, said: str) -> str:
    """五楼 → 5, 负一层 → B1, G2栋 → G2."""
    folded = fold(said)
    below = kind == "floor" and folded.startswith(("负", "地下", "-"))
    value = in_digits(folded).upper()
    if kind == "floor":
        value = value.removesuffix("F").lstrip("-")
    return ("B" if below else "") + _WORDS.sub("", value).strip("-")


def by_talk(text: str) -> dict[str, str]:
    """As a line of talk is read."""
    found = where(fold(text), text)
    named = {"building": found.building, "unit": found.unit, "floor": found.floor, "room": found.room}
    return {kind: value for kind, value in named.items() if value}


def by_form(text: str) -> dict[str, str]:
    """As a line known to be an address is read."""
    return address_parts(fold(text))


def tally(path: Path, read: Callable[[str], dict[str, str]]) -> dict[str, collections.Counter[str]]:
    """For each kind and for all: how many entities were right, wrong and missed.

    houseno is our building, cellno our unit, floorno and roomno are floor and room. Entities match when kind and value
    do; values are compared without their words (幢, 单元, 楼, 室), numerals in figures, letters as capitals, a floor
    below ground as B1. A second entity of one kind in an address counts as missed, since our reading holds one.
    """
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for text, entities in addresses(path):
        gold = [(KINDS[tag], bare_value(KINDS[tag], said)) for tag, said in entities if tag in KINDS]
        left = collections.Counter(gold)
        for kind, value in read(text).items():
            hit = left[kind, value] > 0
            left[kind, value] -= hit
            for name in (kind, "all"):
                counts[name]["right" if hit else "wrong"] += 1
        for (kind, _), missed in left.items():
            for name in (kind, "all"):
                counts[name]["missed"] += missed
    return counts


def f1(counts: collections.Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return (
        right / max(1, right + wrong),
        right / max(1, right + missed),
        2 * right / max(1, 2 * right + wrong + missed),
    )


def main() -> None:
    path = bench_file("addr_naacl19_dev.txt")
    if path is None:
        print("skipped: addr_naacl19_dev.txt is in no folder named by an argument or MINQING_BENCH")
        return
    reached = 0.0
    for title, read in (("read as an address", by_form), ("read as talk", by_talk)):
        print(f"{title}: precision, recall, F1")
        counts = tally(path, read)
        for kind in (*KINDS.values(), "all"):
            print(f"  {kind:9}" + " ".join(f"{value:.3f}" for value in f1(counts[kind])))
        reached = reached or f1(counts["all"])[2]
    if reached < WANTED:
        sys.exit(f"F1 {reached:.3f}, wanted {WANTED}")


if __name__ == "__main__":
    main()
