"""How likely he who has reported something now reports another trouble (三楼防火门关不上, and then 老人补贴在哪里办).

The weights (another_weights.py) were fitted on what people added to their own reports, and on reports that have nothing
to do with each other (benchmarks/weigh_another.py). Rules that need no odds are in unlike.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.listening import Known
from domain.reading import Where
from handlers.listening.another_weights import WEIGHTS
from handlers.listening.beside import beside
from handlers.listening.odds import Marks, chance
from handlers.listening.unlike import DONE, EFFECT, GOES_ON, told_whole
from handlers.listening.weigh import said_marks
from handlers.listening.window import Window
from handlers.listening.wording import Told, wording
from nlu.meaning import closeness, grams, grams_of, rarity
from nlu.similar import NEAR_NOTHING, fails_itself, gist, gist_of

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
    text = view.text
    new = gist(text).things - gist_of(ticket.texts).things - NEAR_NOTHING
    marks = beside(view, ticket, where) | {
        "opens": told(text, "room"),
        "more": told(text, "own"),
        "close": closeness((text,), ticket.texts),
        "rare": min(_MOST_SHARED, sum(map(rarity, grams(text) & grams_of(ticket.texts)))) / 10,
    }
    flags = {
        "new thing": bool(new),
        "fails": bool(fails_itself(text) & new),
        "my home": _at_home(text) and not any(map(_at_home, ticket.texts)),
        "effect": bool(EFFECT.search(text)),
        "done": bool(DONE.search(text)),
    }
    marks |= {name: 1.0 for name, on in flags.items() if on}
    return marks | dict.fromkeys(said_marks(text) & _SAID, 1.0)


@lru_cache(maxsize=4096)
def _at_home(text: str) -> bool:
    return bool(_MY_HOME.search(text))
