"""How much a column of a table counts by how it leans to one side of what is told apart: for training only."""

from __future__ import annotations

from typing import Any

HALF = 0.5  # mixed so much with counting all alike
SEEN = 0.3  # what each column counts as seen on either side, at least


def leaning(seen: Any, wanted: Any, weight: Any) -> Any:
    """A factor for each column of `seen` (sparse, rows by columns): higher where it stands mostly on one side.

    `wanted` says of each row on which side it is, `weight` how much it counts. Wang and Manning, Baselines and
    Bigrams: Simple, Good Sentiment and Topic Classification, ACL 2012."""
    import numpy

    there = seen > 0
    ours = SEEN + there.T @ (weight * wanted)
    theirs = SEEN + there.T @ (weight * ~wanted)
    ratio = numpy.log((ours / ours.sum()) / (theirs / theirs.sum()))
    return 1 - HALF + HALF * numpy.abs(ratio)
