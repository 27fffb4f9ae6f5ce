"""What residents say about a ticket of theirs: it is good now, it is still broken, never mind."""

from __future__ import annotations

from typing import Literal, TypeAlias

from domain.listening import Acts, Deed, Heard, Known
from handlers.listening.act_odds import resident_able, resident_marks, shares
from handlers.listening.act_weights import RESIDENT
from handlers.listening.alarms import dangers
from handlers.listening.opening import join
from handlers.listening.window import RATING_TIME, Window
from nlu.act_model import act_scores

Rating: TypeAlias = Literal["satisfied", "unsatisfied"]

SURE = 0.5
CALLED_OFF = 0.8  # an alarm is not taken back by what may mean something else
_ACTS: dict[str, tuple[Deed, Rating | None, str]] = {
    "good": ("rate", "satisfied", "办结后说好"),
    "bad": ("rate", "unsatisfied", "办结后说没好"),
    "withdraw": ("withdraw", None, "报的人说不用了"),
}


def verdict(view: Window) -> Heard | None:
    """A rating or a withdrawal in plain words; None when the line is neither. Judged by wording and situation."""
    tickets = [ticket for ticket in view.tickets.values() if may_speak_of(view, ticket)]
    if not tickets:
        return None
    scores = act_scores(view.text, "resident")
    best: tuple[float, Acts, str] | None = None
    able = [resident_able(view, ticket) for ticket in tickets]
    for ticket, chances in zip(tickets, shares(resident_marks(view, tickets, scores), able, RESIDENT), strict=True):
        name = max(chances, key=lambda one: chances[one])
        if sum(chances.values()) < SURE or (best and chances[name] <= best[0]):
            continue
        if name == "withdraw" and ticket.urgency == 3 and (chances[name] < CALLED_OFF or dangers(view.text)):
            continue
        does, value, why = _ACTS[name]
        best = chances[name], Acts(ticket.id, does, value=value, note=view.text), why
    return Heard((best[1],), (f"{best[2]} {best[0]:.2f}",)) if best else None


def may_speak_of(view: Window, ticket: Known) -> bool:
    """His own matters that are open or were done lately."""
    if ticket.status in ("done", "closed"):
        return view.mine(ticket) and (_fresh(view, ticket) or ticket in view.pointed())
    return ticket.reporter == view.line.speaker


def _fresh(view: Window, ticket: Known) -> bool:
    return ticket.done_at is not None and view.line.sent_at - ticket.done_at <= RATING_TIME


def quoted(view: Window) -> Heard | None:
    """A card quoted by a resident: a rating when it is done, a withdrawal, or one more line of the ticket."""
    ticket = view.tickets.get(view.line.quotes) if view.line.quotes is not None else None
    if ticket is None:
        return None
    heard = verdict(view)
    if heard is not None:
        return heard
    if ticket.status in ("done", "closed"):
        if view.line.reading.confidence >= 0.6 and not ticket.rated:
            return Heard((Acts(ticket.id, "rate", value="unsatisfied", note=view.text),), ("引用办结的卡片又报",))
        return Heard((), ("引用了办结的卡片，没有说好坏",))
    return Heard((join(view, ticket),), ("引用了卡片",))
