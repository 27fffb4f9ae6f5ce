"""What a line shares with one ticket and with no other: numbers, word pieces, meaning, the name of whoever reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from domain.listening import Known
from handlers.listening.odds import Marks
from handlers.listening.window import Window
from nlu.meaning import closeness, grams, grams_of, rarity
from nlu.similar import gist, gist_of

_NUMBER = re.compile(r"\d{1,4}")
_DOOR = re.compile(r"^\d+[\d-]*(?:楼|栋|号|幢)?")
_ADDRESSED = "(?:姐|哥|叔|伯|姨|婶|老师|师傅|大爷|阿姨|奶奶|爷爷|嗲|娭毑)"
_MOST = 4
_RARE = 10.0  # a pair of characters that is hardly ever seen
_FAR = 0.3


def told_alike(view: Window, said: str, tickets: Sequence[Known]) -> list[Marks]:
    """For each ticket what of the words stands with it alone, and what stands with another instead."""
    names = {old.speaker: old.name for old in view.scene.recent}
    numbers, pieces = _numbers(said), gist(said).pieces
    houses = [_numbers(f"{'，'.join(t.texts)} {t.where.building} {t.where.room}") for t in tickets]
    words = [gist_of(ticket.texts).pieces for ticket in tickets]
    called = [_names(said, names.get(ticket.reporter, "")) for ticket in tickets]
    found: list[Marks] = []
    for place in range(len(tickets)):
        rest = [at for at in range(len(tickets)) if at != place]
        other_numbers = frozenset().union(*(houses[at] for at in rest))
        other_words = frozenset().union(*(words[at] for at in rest))
        marks: Marks = {
            "pieces": min(_MOST, len((pieces & words[place]) - other_words)) / _MOST,
            "pieces elsewhere": min(_MOST, len((pieces & other_words) - words[place])) / _MOST,
        }
        flags = {
            "number": bool((numbers & houses[place]) - other_numbers),
            "number elsewhere": bool((numbers & other_numbers) - houses[place]),
            "names him": called[place],
            "names another": not called[place] and any(called[at] for at in rest),
        }
        marks.update({name: 1.0 for name, on in flags.items() if on})
        found.append(marks)
    for marks, more in zip(found, _meant(said, tickets), strict=True):
        marks.update(more)
    return found


def _meant(said: str, tickets: Sequence[Known]) -> list[Marks]:
    """What is shared by the rarity of its characters (亭子钉好了: 三号亭木板断了), and in meaning (浮球换了: 没水)."""
    pieces = grams(said)
    theirs = [pieces & grams_of(ticket.texts) for ticket in tickets]
    often = Counter(gram for shared in theirs for gram in shared)
    weight = [sum(rarity(gram) / often[gram] for gram in shared) / _RARE for shared in theirs]
    near = [2 * max((closeness((said,), (text,)) for text in ticket.texts), default=0.0) for ticket in tickets]
    found: list[Marks] = []
    for place, mine in enumerate(weight):
        other = max((one for at, one in enumerate(weight) if at != place), default=0.0)
        marks: Marks = {
            "rare shared": min(2.0, mine),
            "rare ahead": max(-2.0, min(2.0, mine - other)),
            "meant": near[place],
        }
        if len(tickets) > 1:
            marks["meant ahead"] = near[place] - max(one for at, one in enumerate(near) if at != place)
        if abs(mine - other) >= _FAR:
            marks["rare best" if mine > other else "rare elsewhere"] = 1.0
        found.append(marks)
    return found


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _names(said: str, name: str) -> bool:
    """Two characters of the name, or its surname with an address (周姐, 戴老师), stand in the words."""
    bare = re.sub(r"[\d（(].*$", "", _DOOR.sub("", name))
    if len(bare) < 2:
        return False
    parts = {bare[at : at + 2] for at in range(len(bare) - 1)}
    return any(part in said for part in parts) or bool(re.search(re.escape(bare[0]) + _ADDRESSED, said))
