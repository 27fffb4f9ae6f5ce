"""How a line stands in the talk: whose turn it follows, what else is open, where its speaker lives."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


def free_only(ticket: Known, tickets: Sequence[Known]) -> bool:
    """Of several it alone waits to be taken."""
    return len(tickets) > 1 and [one.id for one in tickets if one.assignee is None] == [ticket.id]


def staff_turn(view: Window, ticket: Known, tickets: Sequence[Known]) -> dict[str, float]:
    """Of which ticket staff's turn is: the one that he spoke of last, that was told last, that nobody has answered."""
    mine = next((old for old in view.own_lines(_LONG) if old.tickets), None)
    told = next((old for old in view.lately(_LONG, 40) if old.tickets and old.role == "resident"), None)
    told_last = told is not None and ticket.id in told.tickets
    since = told is not None and any(
        old.role != "resident" and old.sent_at >= told.sent_at and old.id != told.id for old in view.scene.recent
    )
    flags = {
        "free only": free_only(ticket, tickets),
        "he spoke last of it": mine is not None and ticket.id in mine.tickets,
        "he spoke last of another": mine is not None and ticket.id not in mine.tickets,
        "told last": len(tickets) > 1 and told_last,
        "waits": told_last and not since,
    }
    return {name: 1.0 for name, on in flags.items() if on}
