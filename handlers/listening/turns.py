"""How a line stands in the talk: whose turn it follows, what else is open, where its speaker lives."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.listening import Known
from handlers.listening.places import home_in_name
from handlers.listening.window import SPELL, Window

_LONG = timedelta(hours=12)
_HAPPENED = re.compile(r"[了过着]")
_TO_ME = re.compile(r"[我俺咱].*[了过]")
_ASKED = re.compile(r"(?:[?？吗没伐不])\s*$")
_MOST_RIVALS = 3


def turn_marks(view: Window, ticket: Known, own: bool) -> dict[str, float]:
    """What its turn speaks for and against the line being of the ticket; of his own matter the same marks weigh
    otherwise."""
    line = view.line
    before = next(iter(view.lately(SPELL, 1)), None)
    told = [old for old in view.lately(_LONG, 40) if old.tickets]
    mine = [old for old in told if old.speaker == line.speaker]
    open_here = [one for one in view.live() if one.group == line.group]
    lives = home_in_name(line)
    flags = {
        "happened": bool(_HAPPENED.search(line.text)),
        "to me": bool(_TO_ME.search(line.text)),
        "spoke of it": any(ticket.id in old.tickets for old in mine),
        "spoke of another": any(ticket.id not in old.tickets for old in mine),
        "last talked of": bool(told) and ticket.id in told[0].tickets,
        "touched last": bool(open_here) and max(open_here, key=lambda one: one.last_at).id == ticket.id,
    }
    if lives and ticket.where.building:
        flags["lives there" if lives == ticket.where.building else "lives elsewhere"] = True
    if before is not None and before.role == "resident":
        other = before.speaker != line.speaker
        flags |= {
            "answers a neighbour": bool(_ASKED.search(before.text)),
            "after chat": other and not before.tickets,
            "after another's": bool(before.tickets) and ticket.id not in before.tickets,
            "after its reporter": ticket.id in before.tickets and before.speaker == ticket.reporter,
        }
    whose = "own " if own else ""
    marks = {whose + name: 1.0 for name, on in flags.items() if on}
    marks[whose + "others open"] = min(_MOST_RIVALS, max(0, len(open_here) - 1)) / _MOST_RIVALS
    return marks
