"""A newcomer speaks up: does he mean a matter that nobody here has spoken of for a while, or one of his own?"""

from __future__ import annotations

from domain.listening import Known
from domain.reading import Where
from handlers.listening.window import SPELL, Window
from nlu.similar import gist
from nlu.threads import words_tie

# How plainly his words alone must speak of the matter (about 1 when they name the same thing).
TIE = 0.3
SAME = 1.0  # the same thing, and nothing against it


def is_cold(view: Window, ticket: Known) -> bool:
    """None of the last lines here belongs to it: being said next to it proves nothing."""
    return not any(ticket.id in old.tickets for old in view.lately(SPELL, 12))


def ties(view: Window, ticket: Known, where: Where, least: float = TIE) -> bool:
    """His words have something in common with what was told of it; `where` is their place."""
    return words_tie(gist(view.text), where, ticket) >= least
