"""Marks that say more together than each alone: one more word about a matter, or a report that stands by itself?"""

from __future__ import annotations

from collections.abc import Mapping


def together(marks: Mapping[str, float], own: bool) -> dict[str, float]:
    """The products of the marks of one ticket that were found to weigh (benchmarks/weigh_listening.py fits them).

    What sounds like one more voice and reads as a whole report besides is more likely a report of its own; what is
    told in another group ties by its words or not at all. `own`: said by somebody whose matter it is already."""
    reader = marks.get("reader", 0.0)
    whose = "own " if own else ""
    found = {
        f"{whose}read twice": reader * reader,
        f"{whose}place read": marks.get("place", 0.0) * reader,
        "group words": marks.get("other group", 0.0) * marks.get("words", 0.0),
    }
    if own:
        found["own just now"] = marks.get("own touched last", 0.0) * marks.get("went on", 0.0)
    else:
        more = marks.get("more", 0.0)
        of_it = more * marks.get("next to", 0.0)
        found["more of it"] = of_it
        found["more read"] = more * reader
        found["more of it read"] = of_it * reader
        found["more of it at home"] = of_it * marks.get("home", 0.0)
        found["tale words"] = marks.get("another's tale", 0.0) * marks.get("words", 0.0)
    return {name: value for name, value in found.items() if value}
