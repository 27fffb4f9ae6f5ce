"""The same fault back again after it was done."""

from __future__ import annotations

import re

from domain.listening import Heard, Known, Opens
from domain.reading import Where
from handlers.listening.details import summary, told_in
from handlers.listening.places import merged
from handlers.listening.window import Window
from nlu.similar import gist
from nlu.threads import place_fits, words_tie

AGAIN = re.compile(r"又(?!好|有人要)|还是(?:那|这)|再次|复发|老毛病|第[二三]次|才(?:几|[一二三四五六七八九十两\d]+)天")


def was_closed(view: Window, where: Where) -> Known | None:
    """The ticket, done already, whose fault this is again: same thing, same place, nothing that tells them apart."""
    line = view.line
    again = bool(AGAIN.search(line.text))
    words = gist(line.text)
    if re.search(r"不是(?:你们)?那个|另外一|别的|隔壁那", line.text):
        return None
    best: tuple[float, Known] | None = None
    for ticket in view.tickets.values():
        if ticket.status not in ("done", "closed") or not place_fits(where, ticket):
            continue
        told = words_tie(words, where, ticket)
        theirs = gist(" ".join(ticket.texts))
        if words.spots and theirs.spots and not words.spots & theirs.spots:
            told -= 0.8
        pointed = ticket in view.pointed()
        score = told + (0.5 if again else 0) + (0.5 if view.mine(ticket) else 0) + (0.8 if pointed else 0)
        if (
            (again or pointed)
            and (view.mine(ticket) or told >= 1.3)
            and score >= 1.5
            and (best is None or score > best[0])
        ):
            best = (score, ticket)
    return best[1] if best else None


def reopening(view: Window, old: Known, where: Where) -> Heard:
    """A new ticket linked to the old one."""
    place = merged(old.where, where, view.line, override=False) or old.where
    again = Opens(
        told_in(view),
        old.category,
        max(view.line.reading.urgency, 1),
        place,
        summary(view.line),
        reopens=old.id,
        private=old.private,
    )
    return Heard((again,), ("办结过的同一处又坏了",))
