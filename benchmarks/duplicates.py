"""`python -m benchmarks.duplicates [FOLDER]`: are letters about one matter found to be alike? Average precision."""

from __future__ import annotations

import collections
import csv
import itertools
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.addresses import bench_file
from nlu.likeness import gauge, likeness
from nlu.similar import alike, gist

WANTED = 0.97
OTHERS = 20_000
NEAREST = 3
Pair = tuple[str, str]


def told_together(rows: Iterable[Mapping[str, str]]) -> collections.Counter[Pair]:
    """How many teams put each two letters into one topic. Rows: team, 问题ID, 留言编号."""
    topics: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    for row in rows:
        topics[row["team"], row["问题ID"]].add(row["留言编号"])
    teams: dict[str, set[Pair]] = collections.defaultdict(set)
    for (team, _), letters in topics.items():
        teams[team].update(itertools.combinations(sorted(letters), 2))
    return collections.Counter(itertools.chain.from_iterable(teams.values()))


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Mean of the precision at each pair that is one, from the most alike downwards; equals count against us."""
    right, total = 0, 0.0
    for place, (_, same) in enumerate(sorted(scored, key=lambda one: (-one[0], one[1])), start=1):
        if same:
            right += 1
            total += right / place
    return total / right if right else 0.0


def samples(together: collections.Counter[Pair], letters: Sequence[str]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Pairs that two teams agree on; pairs of the same letters that no team joined; and pairs of any letters.

    A pair that one team only joined is left out: it is in dispute. The third are drawn with a fixed seed.
    """
    known = set(letters)
    same = sorted(pair for pair, teams in together.items() if teams >= 2 and known.issuperset(pair))
    judged = sorted({letter for pair in same for letter in pair})
    apart = [pair for pair in itertools.combinations(judged, 2) if not together[pair]]
    draw = random.Random(1)
    others: list[Pair] = []
    while len(others) < OTHERS:
        one, two = sorted(draw.sample(letters, 2))
        if not together[one, two]:
            others.append((one, two))
    return same, apart, others


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    letters_file, topics_file = bench_file("taidi_fj3_4326.csv"), bench_file("taidi_hot_clusters_by_team.csv")
    if letters_file is None or topics_file is None:
        print("skipped: taidi_fj3_4326.csv and taidi_hot_clusters_by_team.csv are in no folder named (MINQING_BENCH)")
        return
    letters = {row["留言编号"]: (row["留言主题"].strip(), row["留言详情"].strip()) for row in _read(letters_file)}
    joined = told_together(_read(topics_file))
    same, apart, others = samples(joined, sorted(letters))
    gauges = {number: gauge(*told) for number, told in letters.items()}
    gists = {number: gist(subject) for number, (subject, _) in letters.items()}

    def letter(one: str, two: str) -> float:
        return likeness(gauges[one], gauges[two])

    def chat(one: str, two: str) -> float:
        return min(alike(gists[one], gists[two]), alike(gists[two], gists[one]))

    judged = sorted({number for pair in same for number in pair})
    hard: list[Pair] = []
    for number in judged:
        strange = [one for one in letters if one != number and not joined[min(one, number), max(one, number)]]
        near = sorted(((letter(number, one), one) for one in strange), reverse=True)[:NEAREST]
        hard.extend((number, one) for _, one in near)
    print(f"{len(same)} agreed pairs; {len(apart)} of the same letters, {len(others)} of any, {len(hard)} nearest")
    reached = 0.0
    measures: tuple[tuple[str, Callable[[str, str], float]], ...] = (("as letters", letter), ("as lines of chat", chat))
    for title, measure in measures:
        figures = []
        for unlike in (apart, [*apart, *others], [*apart, *others, *hard]):
            rows = [(measure(*pair), True) for pair in same] + [(measure(*pair), False) for pair in unlike]
            figures.append(average_precision(rows))
        print(f"{title}: same letters {figures[0]:.4f}, and any {figures[1]:.4f}, and the nearest {figures[2]:.4f}")
        reached = reached or figures[1]
    if reached < WANTED:
        sys.exit(f"average precision {reached:.3f}, wanted {WANTED}")


if __name__ == "__main__":
    main()
