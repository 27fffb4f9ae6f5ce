"""How likely a plain report tells of another trouble than an open ticket around it: marks and their weights, added up.

The weights (afresh_weights.py) were fitted on what people added to tickets, and on reports that have nothing to do
with each other (benchmarks/weigh_afresh.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from math import log

from domain.listening import Known
from domain.reading import Where
from handlers.listening.afresh_weights import AFRESH
from handlers.listening.another import ANOTHER, another
from handlers.listening.mood import hushed
from handlers.listening.needed import names_trouble
from handlers.listening.odds import Marks, chance
from handlers.listening.turned import turned_from
from handlers.listening.unlike import GOES_ON, OF_HIM, OF_IT, STILL, unlike
from handlers.listening.weigh import said_marks
from handlers.listening.window import BURST, SPELL, Window
from nlu.similar import NEAR_NOTHING, gist, gist_of, strangers
from nlu.threads import place_fits
from nlu.topics import kinds_in, kinds_of

PLAIN_REPORT = 0.8  # of the reader: below it a line is no report that stands by itself
# From these odds on: in one breath with his own report, later, and beside somebody else's.
AT_ONCE, LATER, OTHERS = 0.93, 0.85, 0.85
UNRELATED = 0.7  # to each of the matters around
_SAID = frozenset({"this", "also", "plus", "home", "agrees", "turns", "push"})


def tells_another(view: Window, ticket: Known, where: Where) -> bool:
    """So likely another trouble that the line does not go with the ticket, however near it is said."""
    own = ticket.reporter == view.line.speaker
    if own and GOES_ON.search(view.text):
        return False
    if _his_next(view, ticket, where):
        return True
    shared = (gist(view.text).things & gist_of(ticket.texts).things) - NEAR_NOTHING
    if not own and shared and place_fits(where, ticket) and view.line.sent_at - ticket.last_at < SPELL:
        return False
    at_once = own and any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1])
    return afresh(view, ticket, where) >= (AT_ONCE if at_once else LATER if own else OTHERS)


def said_alone(view: Window, where: Where) -> Window:
    """The line as if it had been said into a silent group, if it speaks of none of the matters around. Amid an alarm
    people tell of nothing else."""
    near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
    around = [ticket for ticket in view.live() if ticket.id in near or view.mine(ticket)]
    if any(ticket.urgency == 3 for ticket in around) or hushed(view) or OF_HIM.search(view.text):
        return view
    if not around or not all(
        _his_next(view, ticket, where) or afresh(view, ticket, where) >= UNRELATED for ticket in around
    ):
        return view
    return replace(view, scene=replace(view.scene, recent=(), story=()), tickets={})


def _his_next(view: Window, ticket: Known, where: Where) -> bool:
    """Another trouble than the one that he has just reported himself."""
    return turned_from(view, ticket) or unlike(view, ticket) or another(view, ticket, where) >= ANOTHER


def afresh(view: Window, ticket: Known, where: Where) -> float:
    """The chance that the line, told by whomever, is of another trouble than the ticket; 0 for anything but a plain
    report. `where` is the line's place."""
    if view.line.reading.confidence < PLAIN_REPORT or view.line.reading.urgency == 3:
        return 0.0
    return chance(afresh_marks(view, ticket, where), AFRESH)


def afresh_marks(view: Window, ticket: Known, where: Where) -> Marks:
    """What speaks for and against it."""
    line, text = view.line, view.text
    words, theirs = gist(text), gist_of(ticket.texts)
    own = ticket.reporter == line.speaker
    said = said_marks(text) & _SAID
    of_it, of_him, still, no_trouble = _in_words(text)
    kinds, their_kinds = kinds_in(text), kinds_of(ticket.texts)
    shared = words.things & theirs.things
    gap = line.sent_at - ticket.last_at
    before = view.own_lines(BURST)[:1] if own else view.lately(BURST, 1)
    sure = min(0.97, line.reading.confidence)
    marks: Marks = {
        "bias": 1.0,
        "reader": log(sure / (1 - sure)),
        "length": min(len(text), 40) / 20,
        "kinds": min(3, len(kinds & their_kinds)) / 3,
    }
    flags = {
        "own": own,
        "same thing": bool(shared - NEAR_NOTHING),
        "same weak thing": bool(shared & NEAR_NOTHING),
        "strangers": strangers(words, theirs),
        "same words": bool(words.pieces & theirs.pieces),
        "other kinds": bool(kinds and their_kinds and kinds.isdisjoint(their_kinds)),
        "same category": line.reading.category == ticket.category,
        "place fits": place_fits(where, ticket),
        "room": bool(line.reading.where.room),
        "same spot": bool(words.spots & theirs.spots),
        "other spot": bool(words.spots and theirs.spots and words.spots.isdisjoint(theirs.spots)),
        "of it": of_it,
        "of him": of_him,
    }
    near = {
        "same breath": any(ticket.id in old.tickets for old in before),
        "lately": gap < SPELL,
        "within the hour": gap < timedelta(hours=1),
        "still": still,
        "no trouble": no_trouble,
    } | dict.fromkeys(said, True)
    marks.update({name: 1.0 for name, on in (flags | near).items() if on})
    if own:
        marks.update({f"own {name}": 1.0 for name, on in near.items() if on})
    return marks


@lru_cache(maxsize=4096)
def _in_words(text: str) -> tuple[bool, bool, bool, bool]:
    """What they say of it, of somebody, of its going on, and that they name no trouble: asked of each ticket around."""
    return bool(OF_IT.search(text)), bool(OF_HIM.search(text)), bool(STILL.search(text)), not names_trouble(text)
