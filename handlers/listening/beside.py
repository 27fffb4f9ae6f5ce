"""Marks of a report beside an open matter, whoever told of that: for afresh.py (somebody else) and another.py (he)."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from math import log

from domain.listening import Known
from domain.reading import Where
from handlers.listening.odds import Marks
from handlers.listening.unlike import OF_HIM, OF_IT, STILL
from handlers.listening.window import BURST, SPELL, Window
from nlu.similar import NEAR_NOTHING, gist, gist_of, strangers
from nlu.threads import place_fits
from nlu.topics import kinds_in, kinds_of


def beside(view: Window, ticket: Known, where: Where) -> Marks:
    """How plain the report is, what of it the matter has too, and how long ago that was told; `where` is its place."""
    line, text = view.line, view.text
    words, theirs = gist(text), gist_of(ticket.texts)
    kinds, their_kinds = kinds_in(text), kinds_of(ticket.texts)
    shared = words.things & theirs.things
    gap = line.sent_at - ticket.last_at
    before = view.own_lines(BURST)[:1] if ticket.reporter == line.speaker else view.lately(BURST, 1)
    sure = min(0.97, line.reading.confidence)
    marks: Marks = {
        "bias": 1.0,
        "reader": log(sure / (1 - sure)),
        "length": min(len(text), 40) / 20,
        "kinds": min(3, len(kinds & their_kinds)) / 3,
    }
    flags = {
        "same thing": bool(shared - NEAR_NOTHING),
        "same weak thing": bool(shared & NEAR_NOTHING),
        "strangers": strangers(words, theirs),
        "other kinds": bool(kinds and their_kinds and kinds.isdisjoint(their_kinds)),
        "same category": line.reading.category == ticket.category,
        "place fits": place_fits(where, ticket),
        "room": bool(line.reading.where.room),
        "same spot": bool(words.spots & theirs.spots),
        "other spot": bool(words.spots and theirs.spots and words.spots.isdisjoint(theirs.spots)),
        "same breath": any(ticket.id in old.tickets for old in before),
        "lately": gap < SPELL,
        "within the hour": gap < timedelta(hours=1),
    }
    marks |= {name: 1.0 for name, on in flags.items() if on}
    return marks | dict.fromkeys(_in_words(text), 1.0)


@lru_cache(maxsize=4096)
def _in_words(text: str) -> frozenset[str]:
    """Of it, of somebody, still going on: asked of each matter around."""
    patterns = {"of it": OF_IT, "of him": OF_HIM, "still": STILL}
    return frozenset(name for name, said in patterns.items() if said.search(text))
