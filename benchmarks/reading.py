"""`python -m benchmarks.reading [FILE]`: how well and how fast one message is read, on lines never learned from.

Without FILE also the run that leaves out each writer, a fifth of them at a time (three minutes; `--brief` spares it).
"""

from __future__ import annotations

import collections
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from domain.reading import CATEGORIES
from nlu import classify
from nlu.reader import REPORT_FROM, Reader

SLOTS = ("building", "unit", "floor", "room")
TEST = Path(__file__).parent / "data" / "test-messages.jsonl"


def labelled(path: Path = TEST) -> list[dict[str, Any]]:
    """The labelled messages of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def figures(reader: Reader, said: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Reports, categories of the found ones, emergencies, and address slots of the reports."""
    got = [reader.read(line["text"], tier=line["tier"]) for line in said]
    pairs = list(zip(said, got, strict=True))

    def tally(wanted: list[bool], given: list[bool]) -> tuple[float, float, float]:
        both = list(zip(wanted, given, strict=True))
        return _f1(both.count((True, True)), both.count((False, True)), both.count((True, False)))

    report = tally([line["report"] for line in said], [one.report for one in got])
    now = tally([line["urgency"] == 3 for line in said], [one.urgency == 3 for one in got])
    found = [(line["category"], one.category) for line, one in pairs if line["report"] and one.report]
    right = wrong = missed = 0
    for line, one in pairs:
        if not line["report"] or "where" not in line:
            continue
        wanted = {key: str(value) for key, value in line["where"].items() if key in SLOTS}
        given = {key: value for key, value in asdict(one.where).items() if key in SLOTS and value}
        right += sum(given.get(key) == value for key, value in wanted.items())
        wrong += sum(wanted.get(key) != value for key, value in given.items())
        missed += sum(given.get(key) != value for key, value in wanted.items())
    names = ("precision", "recall", "f1")
    return (
        {f"report_{name}": value for name, value in zip(names, report, strict=True)}
        | {"category_accuracy": sum(a == b for a, b in found) / len(found) if found else 0.0}
        | {f"emergency_{name}": value for name, value in zip(names, now, strict=True)}
        | {f"where_{name}": value for name, value in zip(names, _f1(right, wrong, missed), strict=True)}
    )


def calibration(reader: Reader, said: Sequence[dict[str, Any]]) -> list[tuple[str, int, float, float]]:
    """Per tenth of confidence: how many, the mean confidence, the share that really reports."""
    tenths: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for line in said:
        confidence = reader.read(line["text"], tier=line["tier"]).confidence
        tenths[min(9, int(confidence * 10))].append((confidence, line["report"]))
    return [
        (f"{tenth / 10:.1f}", len(rows), sum(p for p, _ in rows) / len(rows), sum(r for _, r in rows) / len(rows))
        for tenth, rows in sorted(tenths.items())
    ]


def speed(reader: Reader, said: Sequence[dict[str, Any]], rounds: int = 5) -> tuple[float, float]:
    """Median and 99th percentile of reading one message, in microseconds."""
    taken = []
    for _ in range(rounds):
        for line in said:
            begun = time.perf_counter_ns()
            reader.read(line["text"], tier=line["tier"])
            taken.append((time.perf_counter_ns() - begun) / 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[len(taken) * 99 // 100]


def confusion(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Rows of a table: what it was, then how often it was read as each category, or as talk."""
    names = (*CATEGORIES, "none")
    told = collections.Counter(pairs)
    head = "| was \\ read as | " + " | ".join(names) + " |"
    return [
        head,
        "|---|" + "---:|" * len(names),
        *[f"| {was} | " + " | ".join(str(told[was, got] or "") for got in names) + " |" for was in names],
    ]


def bare(said: Sequence[dict[str, Any]]) -> float:
    """Median microseconds of scikit-learn's own predict over character n-grams, which yields the category only."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    from nlu.train import rows

    told = rows()
    model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2), LinearSVC(random_state=0))
    model.fit([row.text for row in told], [row.category for row in told])
    taken = []
    for line in said:
        begun = time.perf_counter_ns()
        model.predict([line["text"]])
        taken.append((time.perf_counter_ns() - begun) / 1000)
    return sorted(taken)[len(taken) // 2]


def left_out(worst: int = 30) -> None:
    """Each writer read by a model that has learned neither from him nor from the others of his party: a table, a
    confusion table, the worst mistakes."""
    import numpy

    from nlu.train import HEADS, ahead, left_out_scores, parties, rows

    told = rows()
    scores = left_out_scores(told, parties(told))
    slope, shift = classify.load().header["curves"]["report"]
    sure = 1 / (1 + numpy.exp(-(slope * ahead(scores)[:, 0] + shift)))
    first = HEADS.index(CATEGORIES[0])
    best = [CATEGORIES[at] for at in scores[:, first : first + len(CATEGORIES)].argmax(axis=1)]
    print("\n| left out | lines | precision | recall | F1 | category of found | category of all |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for writer in sorted({row.writer for row in told}):
        mine = [at for at, row in enumerate(told) if row.writer == writer]
        given = [(told[at].report, bool(sure[at] >= REPORT_FROM)) for at in mine]
        score = _f1(given.count((True, True)), given.count((False, True)), given.count((True, False)))
        hits = [(told[at].category == best[at], sure[at] >= REPORT_FROM) for at in mine if told[at].report]
        found = [hit for hit, heard in hits if heard]
        shown = " | ".join(f"{value:.3f}" for value in score)
        rest = f"{sum(found) / max(1, len(found)):.3f} | {sum(hit for hit, _ in hits) / max(1, len(hits)):.3f}"
        print(f"| {writer} | {len(mine)} | {shown} | {rest} |")
    print()
    read_as = [name if p >= REPORT_FROM else "none" for name, p in zip(best, sure, strict=True)]
    print("\n".join(confusion([(row.category, got) for row, got in zip(told, read_as, strict=True)])))
    off = sorted(range(len(told)), key=lambda at: -abs(float(told[at].report) - float(sure[at])))
    print("\n| was | read as | p | line |\n|---|---|---:|---|")
    for at in off[:worst]:
        line = told[at].text.replace("\n", " ").replace("|", "/")[:60]
        print(f"| {told[at].category} | {read_as[at]} | {sure[at]:.2f} | {line} |")


def main() -> None:
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    said = labelled(Path(named[0]) if named else TEST)
    begun = time.perf_counter()
    reader = Reader.load()
    loading = time.perf_counter() - begun
    for name, value in figures(reader, said).items():
        print(f"{name:20} {value:.3f}")
    print("confidence: from, messages, mean, share of reports")
    for tenth, count, mean, share in calibration(reader, said):
        print(f"  {tenth} {count:5} {mean:.2f} {share:.2f}")
    got = [reader.read(line["text"], tier=line["tier"]).category or "none" for line in said]
    print("\n".join(confusion([(line["category"] or "none", one) for line, one in zip(said, got, strict=True)])))
    median, slow = speed(reader, said)
    print(f"reading {median:.0f} µs median, {slow:.0f} µs at the 99th percentile, {1e6 / median:.0f} messages a second")
    print(f"loading {loading * 1000:.0f} ms, {classify.DEFAULT.stat().st_size / 1e6:.1f} MB")
    if named or "--brief" in sys.argv:
        return
    try:
        print(f"a bare scikit-learn predict (category only) {bare(said):.0f} µs median")
    except ImportError:
        print("scikit-learn is not installed: no comparison, nobody left out")
        return
    left_out()


if __name__ == "__main__":
    main()
