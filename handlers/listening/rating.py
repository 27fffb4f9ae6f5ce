"""What residents say about a ticket of theirs: it is good now, it is still broken, never mind."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.listening import Acts, Heard, Known
from handlers.listening.opening import join
from handlers.listening.window import RATING_TIME, Window
from nlu.acts import Act, read_act
from nlu.similar import gist
from nlu.threads import words_tie

_STRONG = re.compile(r"满意|好评|五星|百星|满分|修好了|解决了|硬气")


def verdict(view: Window) -> Heard | None:
    """A rating or a withdrawal in plain words; None when the line is neither."""
    acts = read_act(view.text, "resident")
    for act in sorted(acts, key=lambda act: act.does == "withdraw" and not act.plain):
        heard = _withdraw(view) if act.does == "withdraw" else _rate(view, act)
        if heard is not None:
            return heard
    return None


def _withdraw(view: Window) -> Heard | None:
    line = view.line
    mine = [t for t in view.tickets.values() if t.reporter == line.speaker and t.status not in ("done", "closed")]
    pointed = [ticket for ticket in view.pointed() if ticket in mine]
    candidates = pointed or mine
    if not candidates:
        return None
    words = gist(view.text)
    best = max(candidates, key=lambda t: (t.group == line.group, words_tie(words, line.reading.where, t), t.last_at))
    return Heard((Acts(best.id, "withdraw", note=view.text),), ("报的人说不用了",))


def _fresh(view: Window, ticket: Known) -> bool:
    return ticket.done_at is not None and view.line.sent_at - ticket.done_at <= RATING_TIME


def _just_done_here(view: Window, ticket: Known) -> bool:
    done = ticket.status == "done" and ticket.group == view.line.group and not ticket.private and not ticket.rated
    return done and ticket.done_at is not None and view.line.sent_at - ticket.done_at <= timedelta(hours=2)


def _rate(view: Window, act: Act) -> Heard | None:
    line = view.line
    good = act.value == "satisfied"
    pointed = [ticket for ticket in view.pointed() if ticket.status in ("done", "closed")]
    if line.quotes is not None and pointed:
        return Heard((Acts(pointed[0].id, "rate", value=act.value, note=view.text),), ("引用办结的卡片说的",))
    if not good and any(view.mine(ticket) and not ticket.rated for ticket in pointed):
        return Heard((Acts(pointed[0].id, "rate", value=act.value, note=view.text),), ("回的是办结的事，说没好",))
    words = gist(view.text)
    done = [t for t in view.tickets.values() if t.status in ("done", "closed") and view.mine(t) and not t.rated]
    done = [t for t in done if not good or _fresh(view, t)]
    if not done and good and _STRONG.search(view.text):
        done = [t for t in view.tickets.values() if _just_done_here(view, t)][-1:]
    if good and line.reading.confidence >= 0.7 and not _STRONG.search(view.text):
        done = [t for t in done if words_tie(words, line.reading.where, t) >= 0.4]
    if not done:
        return None
    where = line.reading.where
    live_best = max((words_tie(words, where, t) for t in view.live() if view.mine(t)), default=-1.0)
    best = max(done, key=lambda t: (words_tie(words, where, t), t.done_at))
    tie = words_tie(words, where, best)
    if live_best > max(tie, 0.4):
        return None
    if good:
        if not act.plain and tie < 0.4:
            return None
        return Heard((Acts(best.id, "rate", value="satisfied", note=view.text),), ("办结后说好",))
    others_live = [t for t in view.live() if view.mine(t)]
    if others_live and tie < 0.3:
        return None
    if tie < -0.5:
        return None
    return Heard((Acts(best.id, "rate", value="unsatisfied", note=view.text),), ("办结后说没好",))


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
