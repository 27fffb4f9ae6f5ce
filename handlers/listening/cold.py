"""A newcomer speaks up: does he mean a matter that nobody here has spoken of for a while, or one of his own?"""

from __future__ import annotations

from domain.listening import Known
from handlers.listening.places import whole_where
from handlers.listening.window import SPELL, Window
from nlu.similar import gist, gist_of
from nlu.threads import words_tie

# How plainly his words alone must speak of the matter (about 1 when they name the same thing).
TIE = 1.0
# So many pieces of two characters in common are no accident.
ENOUGH_WORDS = 3


def is_cold(view: Window, ticket: Known) -> bool:
    """None of the last lines here belongs to it: being said next to it proves nothing."""
    return not any(ticket.id in old.tickets for old in view.lately(SPELL, 12))


def same_by_words(view: Window, ticket: Known) -> bool:
    """The same thing fails in the same way, and nothing said of the place speaks against it."""
    line = view.line
    words, theirs = gist(line.text), gist_of(ticket.texts)
    building = line.reading.where.building
    if building and building != ticket.where.building:
        return False
    if words.spots and theirs.spots and not words.spots & theirs.spots:
        return False
    if not words.things & theirs.things:
        return False
    if not words.faults & theirs.faults and line.reading.category != ticket.category:
        return False
    # Half a community has a lamp or a pipe: where the stairs are not the same, more than the thing must be shared.
    at_home = line.tier == "unit" and ticket.group == line.group
    placed = bool(building or words.spots & theirs.spots or words.numbers & theirs.numbers)
    if not at_home and not placed and len(words.pieces & theirs.pieces) < ENOUGH_WORDS:
        return False
    return words_tie(words, whole_where(line, view.scene.home, None), ticket) >= TIE
