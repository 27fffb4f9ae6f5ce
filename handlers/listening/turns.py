"""How a line stands in the talk: whose turn it follows, what else is open, where its speaker lives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.listening import Known, Line
from handlers.listening.places import home_in_name
from handlers.listening.window import BURST, SPELL, Window

_LONG = timedelta(hours=12)
_HAPPENED = re.compile(r"[了过着]")
_TO_ME = re.compile(r"[我俺咱].*[了过]")
_ASKED = re.compile(r"(?:[?？吗没伐不])\s*$")
_MOST_RIVALS = 3
_MUCH = 6  # lines of a ticket


@dataclass(frozen=True, slots=True)
class Turn:
    """What is the same for all tickets: the marks of the words, of which tickets the talk was last and each of the
    speaker's own lines, how many are open here and which of them was touched last, a neighbour's line just before."""

    words: tuple[str, ...]
    last: tuple[int, ...]
    mine: tuple[tuple[int, ...], ...]
    others: float
    touched: int | None
    lives: str | None
    before: Line | None
    asked: bool


def turn_of(view: Window) -> Turn:
    """The turn of the line; found once for all tickets that are looked at."""
    found = view.memo.get("turn")
    if not isinstance(found, Turn):
        found = view.memo["turn"] = _turn(view)
    return found


def _turn(view: Window) -> Turn:
    line = view.line
    told = [old for old in reversed(view.scene.recent) if old.tickets and line.sent_at - old.sent_at <= _LONG]
    here = [one for one in view.live() if one.group == line.group]
    before = next(iter(view.lately(SPELL, 1)), None)
    words = [name for name, sign in (("happened", _HAPPENED), ("to me", _TO_ME)) if sign.search(line.text)]
    return Turn(
        tuple(words),
        told[0].tickets if told else (),
        tuple({old.tickets for old in told if old.speaker == line.speaker}),
        min(_MOST_RIVALS, max(0, len(here) - 1)) / _MOST_RIVALS,
        max(here, key=lambda one: one.last_at).id if here else None,
        home_in_name(line),
        before if before is not None and before.role == "resident" else None,
        before is not None and bool(_ASKED.search(before.text)),
    )


def turn_marks(view: Window, ticket: Known, own: bool) -> dict[str, float]:
    """What its turn speaks for and against the line being of the ticket; of his own matter the same marks weigh
    otherwise."""
    turn = turn_of(view)
    names = [*turn.words]
    if any(ticket.id in tickets for tickets in turn.mine):
        names.append("spoke of it")
    if any(ticket.id not in tickets for tickets in turn.mine):
        names.append("spoke of another")
    if ticket.id in turn.last:
        names.append("last talked of")
    if ticket.id == turn.touched:
        names.append("touched last")
    if turn.lives and ticket.where.building:
        names.append("lives there" if turn.lives == ticket.where.building else "lives elsewhere")
    if turn.before is not None:
        names += _after(view, ticket, turn.before, turn.asked)
    whose = "own " if own else ""
    return {whose + "others open": turn.others} | {whose + name: 1.0 for name in names}


def _after(view: Window, ticket: Known, before: Line, asked: bool) -> list[str]:
    names = ["answers a neighbour"] if asked else []
    if not before.tickets:
        return [*names, "after chat"] if before.speaker != view.line.speaker else names
    if ticket.id not in before.tickets:
        return [*names, "after another's"]
    return [*names, "after its reporter"] if before.speaker == ticket.reporter else names


def nearness(view: Window, ticket: Known) -> dict[str, float]:
    """How close behind the ticket's lines this one comes."""
    line, near = view.line, view.lately(timedelta(minutes=15), 6)
    marks: dict[str, float] = {}
    if near:
        marks["talk is of it"] = sum(ticket.id in old.tickets for old in near) / len(near)
    own_seen = False
    for steps, old in enumerate(view.lately(timedelta(minutes=30), 14)):
        gap = line.sent_at - old.sent_at
        here = ticket.id in old.tickets
        if old.speaker == line.speaker and not own_seen:
            own_seen = True
            if here:
                marks["went on"] = 1.0 if gap <= BURST else 0.6 if gap <= SPELL else 0.3
            elif gap <= BURST:
                marks["talked of else"] = 1.0
        if here and old.role == "resident" and old.speaker != line.speaker and "next to" not in marks:
            marks["next to"] = (1.0, 0.6, 0.4, 0.2)[min(steps, 3)] * (1.0 if gap <= BURST else 0.5)
        if here and old.role != "resident" and steps <= 1 and gap <= SPELL:
            marks["after staff"] = 1.0
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
    # What several have talked of is likelier meant than a lone remark.
    flags["one line of it"] = len(tickets) > 1 and len(ticket.texts) == 1
    return {name: 1.0 for name, on in flags.items() if on} | {"told": min(_MUCH, len(ticket.texts)) / _MUCH}
