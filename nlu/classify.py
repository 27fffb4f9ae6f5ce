"""The small model: a table of features with whole-number weights, read from one file and added up.

All heads of a feature are packed in one Python integer, so a message costs one addition per feature.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from threading import Thread
from typing import Any

MAGIC = b"MINQING READER 2\n"
DEFAULT = Path(__file__).parent / "model" / "reader.bin"
FIELD = 4  # bytes of one packed sum
_AT_ONCE = 1024
OFFSET = 1 << 15  # added to each weight, so that the packed fields never borrow from each other


class BadModel(ValueError):
    """The file is not a model of this version, or it is damaged."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`table`: feature -> packed weights; the last field is the feature's squared idf. `header` says what it is
    and what it was trained on."""

    header: dict[str, Any]
    table: dict[str, int]
    heads: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    idf_step: float

    def scores(self, grams: Iterable[str], signs: Iterable[str]) -> dict[str, float]:
        """The decision value of each head. Grams are divided by their length (they are unit vectors), signs are not."""
        known, count, square = self._sum(grams)
        marks, seen, _ = self._sum(signs)
        step = self.step
        unit = step / math.sqrt(square * self.idf_step) if square else 0.0
        shift = -OFFSET * (count * unit + seen * step)
        return {
            head: gram * unit + mark * step + bias + shift
            for head, gram, mark, bias in zip(self.heads, known, marks, self.bias, strict=True)
        }

    def _sum(self, names: Iterable[str]) -> tuple[tuple[int, ...], int, int]:
        hits = list(filter(None, map(self.table.get, names)))
        fields = len(self.heads) + 1
        sums = struct.unpack(f"<{fields}I", sum(hits).to_bytes(FIELD * fields, "little"))
        return sums[:-1], len(hits), sums[-1]

    def shares(self, names: Iterable[str], head: str) -> list[tuple[float, str]]:
        """How far each known feature speaks for a head (grams before they are divided by their length)."""
        shift, mask = 8 * FIELD * self.heads.index(head), (1 << 8 * FIELD) - 1
        find, step = self.table.get, self.step
        return [
            (((packed >> shift & mask) - OFFSET) * step, name) for name in names if (packed := find(name)) is not None
        ]


def write(
    path: Path,
    header: dict[str, Any],
    names: list[str],
    weights: list[list[int]],
    squares: list[int],
) -> str:
    """Write a model; weights are rows of whole numbers within ±32767, one row a feature. Returns the sha256."""
    words = zlib.compress("\n".join(names).encode(), 9)
    rows = b"".join(
        struct.pack(f"<{len(row) + 1}H", *(value + OFFSET for value in row), square)
        for row, square in zip(weights, squares, strict=True)
    )
    header = header | {"features": len(names), "words": len(words)}
    # All low bytes, then all high ones: so they take a sixth less and are read in two thirds of the time.
    body = words + zlib.compress(rows[0::2] + rows[1::2], 9)
    content = MAGIC + json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n" + body
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.replace(path)
    return hashlib.sha256(content).hexdigest()


def load(path: Path = DEFAULT) -> Weights:
    """Read a model file. Raises BadModel where it is damaged or of another version, OSError where it is not there."""
    content = path.read_bytes()
    if not content.startswith(MAGIC):
        raise BadModel(f"{path} is no model of this version")
    try:
        end = content.index(b"\n", len(MAGIC))
        header: dict[str, Any] = json.loads(content[len(MAGIC) : end])
        size = FIELD * (len(header["heads"]) + 1)
        parts = memoryview(content)[end + 1 :]
        words, halves = parts[: header["words"]], parts[header["words"] :]
        wide: list[bytearray] = []
        beside = Thread(target=_widened, args=(halves, size * int(header["features"]), wide))
        beside.start()
        names = str(zlib.decompress(words, bufsize=4 * len(words) + 1), "utf-8").split("\n")
        beside.join()
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise BadModel(f"{path} is damaged") from error
    if len(names) != header["features"] or not wide:
        raise BadModel(f"{path} is damaged")
    packed = _packed(memoryview(wide[0]), size)
    return Weights(
        header=header,
        table=dict(zip(names, packed, strict=True)),
        heads=tuple(header["heads"]),
        bias=tuple(header["bias"]),
        step=header["step"],
        idf_step=header["idf_step"],
    )


def _widened(halves: memoryview, length: int, wide: list[bytearray]) -> None:
    """Puts the rows, so many bytes, into `wide`; nothing where they are damaged. Unpacking them takes a third of the
    time and lets other threads go on, so the names are read meanwhile."""
    try:
        # Room for all of it from the beginning, as far as the header may be believed: growing would copy it.
        room = max(1, min(length // 2, 16 * len(halves)))
        found = memoryview(zlib.decompress(halves, bufsize=room))
    except zlib.error:
        return
    if 2 * len(found) == length:
        rows = bytearray(length)
        rows[0::FIELD], rows[1::FIELD] = found[: len(found) // 2], found[len(found) // 2 :]
        wide.append(rows)


def _packed(rows: memoryview, size: int) -> list[int]:
    """Each row as one number. Many are cut at a time: a loop of ours over single ones takes a quarter more."""
    found: list[int] = []
    number: Callable[[bytes, str], int] = int.from_bytes  # type: ignore[assignment]  # which takes two such words only
    for start in range(0, len(rows), size * _AT_ONCE):
        some = rows[start : start + size * _AT_ONCE]
        found += map(number, struct.unpack(f"{size}s" * (len(some) // size), some), repeat("little"))
    return found
