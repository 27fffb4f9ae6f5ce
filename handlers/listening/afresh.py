"""How likely a plain report tells of another trouble than somebody else's ticket: marks and their weights, added up.

The weights (afresh_weights.py) were fitted on what people added to tickets, and on reports that have nothing to do
with each other (benchmarks/weigh_afresh.py). What the speaker himself has told of is for another.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from domain.listening import Known
from domain.reading import Where
from handlers.listening.afresh_weights import AFRESH
from handlers.listening.another import ANOTHER, another
from handlers.listening.beside import beside
from handlers.listening.mood import hushed
from handlers.listening.needed import names_trouble
from handlers.listening.odds import Marks, chance
from handlers.listening.turned import turned_from
from handlers.listening.unlike import GOES_ON, OF_HIM, unlike
from handlers.listening.weigh import said_marks
from handlers.listening.window import SPELL, Window
from nlu.similar import NEAR_NOTHING, gist, gist_of
from nlu.threads import place_fits

PLAIN_REPORT = 0.8  # of the reader: below it a line is no report that stands by itself
OTHERS = 0.85  # from these odds on it does not go with somebody else's matter
UNRELATED = 0.7  # to each of others' matters around
_SAID = frozenset({"this", "also", "plus", "home", "agrees", "turns", "push"})


def tells_another(view: Window, ticket: Known, where: Where) -> bool:
    """So likely another trouble that the line does not go with the ticket, however near it is said."""
    if ticket.reporter == view.line.speaker:
        return not GOES_ON.search(view.text) and _his_next(view, ticket, where)
    shared = (gist(view.text).things & gist_of(ticket.texts).things) - NEAR_NOTHING
    if shared and place_fits(where, ticket) and view.line.sent_at - ticket.last_at < SPELL:
        return False
    return afresh(view, ticket, where) >= OTHERS


def said_alone(view: Window, where: Where) -> Window:
    """The line as if it had been said into a silent group, if it speaks of none of the matters around. Amid an alarm
    people tell of nothing else."""
    near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
    around = [ticket for ticket in view.live() if ticket.id in near or view.mine(ticket)]
    if any(ticket.urgency == 3 for ticket in around) or hushed(view) or OF_HIM.search(view.text):
        return view
    if not around or not all(_apart(view, ticket, where) for ticket in around):
        return view
    return replace(view, scene=replace(view.scene, recent=(), story=()), tickets={})


def _apart(view: Window, ticket: Known, where: Where) -> bool:
    if ticket.reporter == view.line.speaker:
        return _his_next(view, ticket, where)
    return afresh(view, ticket, where) >= UNRELATED


def _his_next(view: Window, ticket: Known, where: Where) -> bool:
    """Another trouble than the one that he has reported himself."""
    return turned_from(view, ticket) or unlike(view, ticket) or another(view, ticket, where) >= ANOTHER


def afresh(view: Window, ticket: Known, where: Where) -> float:
    """The chance that the line is of another trouble than somebody else's ticket; 0 for anything but a plain report.
    `where` is the line's place."""
    if view.line.reading.confidence < PLAIN_REPORT or view.line.reading.urgency == 3:
        return 0.0
    return chance(afresh_marks(view, ticket, where), AFRESH)


def afresh_marks(view: Window, ticket: Known, where: Where) -> Marks:
    """What speaks for and against it."""
    marks = beside(view, ticket, where) | dict.fromkeys(said_marks(view.text) & _SAID, 1.0)
    if gist(view.text).pieces & gist_of(ticket.texts).pieces:
        marks["same words"] = 1.0
    if _no_trouble(view.text):
        marks["no trouble"] = 1.0
    return marks


@lru_cache(maxsize=4096)
def _no_trouble(text: str) -> bool:
    """It names none: asked of each ticket around."""
    return not names_trouble(text)
