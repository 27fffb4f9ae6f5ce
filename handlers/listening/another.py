"""How likely he who has reported something now reports another trouble (三楼防火门关不上, and then 老人补贴在哪里办).

The weights (another_weights.py) were fitted on what people added to their own reports, and on reports that have nothing
to do with each other (benchmarks/weigh_another.py). Rules that need no odds are in unlike.py.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from math import log

from domain.listening import Known
from domain.reading import Where
from handlers.listening.another_weights import WEIGHTS
from handlers.listening.odds import Marks, chance
from handlers.listening.unlike import DONE, EFFECT, GOES_ON, OF_HIM, OF_IT, STILL, told_whole
from handlers.listening.weigh import said_marks
from handlers.listening.window import BURST, SPELL, Window
from handlers.listening.wording import Told, wording
from nlu.meaning import closeness, grams, grams_of, rarity
from nlu.similar import NEAR_NOTHING, fails_itself, gist, gist_of, strangers
from nlu.threads import place_fits
from nlu.topics import kinds_in, kinds_of

ANOTHER = 0.8  # from these odds on it is another trouble
REPORT = 0.5  # of the reader: below it a line is more of what was told
_MY_HOME = re.compile(r"[我俺咱额侬]们?家|我屋")
_SAID = frozenset({"also", "home", "agrees", "turns", "push"})
_MOST_SHARED = 20.0  # of the rarity of pieces in common: five or six rare ones


def another(view: Window, ticket: Known, where: Where) -> float:
    """The chance that the line, by the ticket's reporter, is of another trouble; 0 for anybody else, for danger, and
    where what he told before was a scrap of which this may be the rest. `where` is the line's place."""
    line = view.line
    if (
        ticket.reporter != line.speaker
        or line.reading.confidence < REPORT
        or 3 in (line.reading.urgency, ticket.urgency)
    ):
        return 0.0
    if GOES_ON.search(line.text) or not told_whole(view, ticket):
        return 0.0
    return chance(another_marks(view, ticket, where), WEIGHTS)


def another_marks(view: Window, ticket: Known, where: Where, told: Told = wording) -> Marks:
    """What speaks for and against it. `told` scores wording."""
    line, text = view.line, view.text
    words, theirs = gist(text), gist_of(ticket.texts)
    kinds, their_kinds = kinds_in(text), kinds_of(ticket.texts)
    shared, new = words.things & theirs.things, words.things - theirs.things - NEAR_NOTHING
    gap = line.sent_at - ticket.last_at
    sure = min(0.97, line.reading.confidence)
    marks: Marks = {
        "bias": 1.0,
        "reader": log(sure / (1 - sure)),
        "length": min(len(text), 40) / 20,
        "opens": told(text, "room"),
        "more": told(text, "own"),
        "kinds": min(3, len(kinds & their_kinds)) / 3,
        "close": closeness((text,), ticket.texts),
        "rare": min(_MOST_SHARED, sum(map(rarity, grams(text) & grams_of(ticket.texts)))) / 10,
    }
    flags = {
        "same thing": bool(shared - NEAR_NOTHING),
        "same weak thing": bool(shared & NEAR_NOTHING),
        "new thing": bool(new),
        "fails": bool(fails_itself(text) & new),
        "strangers": strangers(words, theirs),
        "other kinds": bool(kinds and their_kinds and kinds.isdisjoint(their_kinds)),
        "same category": line.reading.category == ticket.category,
        "place fits": place_fits(where, ticket),
        "room": bool(line.reading.where.room),
        "same spot": bool(words.spots & theirs.spots),
        "other spot": bool(words.spots and theirs.spots and words.spots.isdisjoint(theirs.spots)),
        "my home": _at_home(text) and not any(map(_at_home, ticket.texts)),
        "same breath": any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1]),
        "lately": gap < SPELL,
        "within the hour": gap < timedelta(hours=1),
    }
    marks |= {name: 1.0 for name, on in flags.items() if on}
    return marks | dict.fromkeys(said_marks(text) & _SAID | _in_words(text), 1.0)


@lru_cache(maxsize=4096)
def _at_home(text: str) -> bool:
    return bool(_MY_HOME.search(text))


@lru_cache(maxsize=4096)
def _in_words(text: str) -> frozenset[str]:
    """Of it, of somebody, still going on, what it does to people, that somebody did it."""
    patterns = {"of it": OF_IT, "of him": OF_HIM, "still": STILL, "effect": EFFECT, "done": DONE}
    return frozenset(name for name, said in patterns.items() if said.search(text))
