"""What residents say: reports and all that belongs to them, and the talk that is none of our business."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.listening import Heard, Known, Line
from handlers.listening.again import AGAIN, reopening, same_fault, was_closed
from handlers.listening.alarms import apart, cries_real
from handlers.listening.cold import is_cold, same_by_words
from handlers.listening.details import PRIVATE
from handlers.listening.opening import help_called, join, open_from, opens_like, report
from handlers.listening.places import CORRECTS, corrected_where, merged, named, said_where, whole_where
from handlers.listening.rating import quoted, verdict
from handlers.listening.secrecy import asked_for_privacy
from handlers.listening.weigh import belonging_chance, opening_chance, why_belongs
from handlers.listening.window import BURST, PLUS_LEAD, PLUS_ONE, SELLING, SPELL, Window
from nlu.similar import gist, gist_of, strangers
from nlu.threads import place_fits, words_tie

NOTHING = Heard()
_THANKS = re.compile(r"^\s*(?:谢谢|多谢|感谢|好的?[了啦吧]?|收到|嗯+|哦+|哈+|OK|ok|👍|🙏|辛苦|等你|行$)")
_OVER_HERE = re.compile(r"我们?这(?:边|里|儿|头|幢|栋|条)|那一?条|那边那|另一")
_TURNS = re.compile(r"^(?:还有|另外|对了|顺便|再说|说到|话说)|还有(?:一)?(?:件|个)?事|另外|顺便|不是(?:你们)?那个|是另")
BELONGS = 0.36
MAYBE_BELONGS = 0.5  # to what is not yet known to be a report


def hear_resident(view: Window) -> Heard:
    """The decision about a resident's line."""
    line = view.line
    if line.edits is not None:
        return _edited(view)
    if line.quotes is not None:
        heard = quoted(view)
        if heard is not None:
            return heard
    if not line.text.strip():
        return _wordless(view)
    if PLUS_ONE.match(line.text):
        return _plus_one(view)
    heard = asked_for_privacy(view) or help_called(view) or verdict(view) or answers_where(view)
    if heard is not None:
        return heard
    return _back_again(view) or _adds(view) or _likewise(view) or _confirms(view) or report(view) or NOTHING


def _edited(view: Window) -> Heard:
    """The new wording of a line: its tickets take over what it corrects."""
    line = view.line
    old = view.old_line(line.edits)
    tickets = view.known(old.tickets) if old else []
    if not tickets:
        return report(view) or NOTHING
    steps = []
    for ticket in tickets:
        where = merged(ticket.where, corrected_where(line, view.scene.home, ticket.category), line, override=True)
        steps.append(replace(join(view, ticket), where=where, private=None))
    return Heard(tuple(steps), ("改了前面那句",))


def _wordless(view: Window) -> Heard:
    """A bare photo or place: with what its sender was just reporting, else it waits for his words."""
    line = view.line
    pointed = view.pointed()
    if pointed:
        return Heard((join(view, pointed[0]),), ("回的是这件事",))
    own = [old for old in view.own_lines(timedelta(minutes=30)) if old.tickets]
    near = view.own_lines(SPELL)
    if own and near and (near[0].tickets or line.spot is not None):
        for ticket in view.known(own[0].tickets):
            if ticket.status not in ("done", "closed"):
                return Heard((join(view, ticket),), ("紧接着发的",))
    if line.spot is not None:
        asked = [t for t in view.live() if t.reporter == line.speaker and t.group == line.group]
        if asked:
            return Heard((join(view, max(asked, key=lambda t: t.last_at)),), ("报的人发来位置",))
    return NOTHING


def _plus_one(view: Window) -> Heard:
    """A bare +1 goes with what was said just before: a fault, or somebody's peaches."""
    line = view.line
    old = view.old_line(line.replies_to)
    trail = [old] if old else view.lately(timedelta(minutes=10), 8)
    for before in trail:
        if SELLING.search(before.text) and not before.tickets:
            return Heard((), ("跟的是接龙",))
        for ticket in reversed(view.known(before.tickets)):
            if ticket.status not in ("done", "closed") and ticket.reporter != line.speaker:
                return Heard((join(view, ticket, sure=True),), ("同求",))
        if (
            before.speaker != line.speaker
            and not before.tickets
            and _confirmable(before)
            and line.sent_at - before.sent_at <= SPELL
        ):
            return Heard((open_from(view, before),), ("有人跟着说有，前面那句就是报事",))
        if not (PLUS_ONE.match(before.text) or len(before.text) <= 6 or before.speaker == line.speaker):
            if before.reading.confidence < 0.3 and not old:
                continue
            break
    return NOTHING


def _confirms(view: Window) -> Heard | None:
    """ "+1 滴都不滴": the line before, by somebody else, was the report."""
    line = view.line
    if not PLUS_LEAD.search(line.text) or line.replies_to is not None or SELLING.search(line.text):
        return None
    if line.reading.urgency == 3 or any(view.mine(ticket) for ticket in view.live()):
        return None
    words = gist(line.text)
    for before in view.lately(SPELL, 5):
        theirs = gist(before.text)
        shared = words.things & theirs.things or words.faults & theirs.faults or line.reading.confidence >= 0.5
        if before.speaker != line.speaker and not before.tickets and _confirmable(before) and shared:
            return Heard((open_from(view, before),), ("有人跟着说有，前面那句就是报事",))
    return None


def _back_again(view: Window) -> Heard | None:
    """ "又黑了": the fault of a ticket that was done comes before anything that is still open."""
    if view.line.reading.confidence < 0.5 or not AGAIN.search(view.text):
        return None
    where = whole_where(view.line, view.scene.home, view.line.reading.category)
    old = was_closed(view, where)
    words = gist(view.text)
    if old is None or any(
        words_tie(words, where, t) > words_tie(words, where, old) for t in view.live() if view.mine(t)
    ):
        return None
    return reopening(view, old, where)


def _likewise(view: Window) -> Heard | None:
    """ "我家2-2-901也是": the same trouble at another place is a ticket of its own."""
    line = view.line
    if not PLUS_LEAD.search(line.text) or not line.reading.where.building:
        return None
    where = whole_where(line, view.scene.home, None)
    words = gist(line.text)
    for old in view.lately(SPELL, 8):
        for ticket in view.known(old.tickets):
            if not place_fits(where, ticket) and ticket.reporter != line.speaker and not ticket.private:
                alike_there = bool(words.things & gist_of(ticket.texts).things)
                if alike_there or not words.things:
                    return Heard((opens_like(view, ticket),), ("别处也有同样的事",))
    return None


def _confirmable(line: Line) -> bool:
    """An earlier line that a +1 turns into a report: half a report by itself, or a thing that fails."""
    if line.role != "resident" or not line.text:
        return False
    words = gist(line.text)
    return line.reading.confidence >= 0.3 or bool(words.things and words.faults and line.reading.confidence >= 0.1)


def answers_where(view: Window) -> Heard | None:
    """The place that was asked for."""
    line = view.line
    if not named(line) or len(line.text) > 40:
        return None
    for ticket in sorted(view.live(), key=lambda t: t.last_at, reverse=True):
        if ticket.asked_where is None or ticket.reporter != line.speaker or ticket.group != line.group:
            continue
        if ticket.where.building and not said_where(line).room:
            continue
        if line.sent_at - ticket.opened_at > timedelta(hours=12) or line.reading.confidence > 0.85:
            continue
        where = merged(ticket.where, whole_where(line, view.scene.home, ticket.category), line, override=False)
        if where is None and line.text:
            where = replace(ticket.where, place=ticket.where.place or line.text[:20])
        return Heard((replace(join(view, ticket), where=where),), ("回答在哪里",))
    return None


def _adds(view: Window) -> Heard | None:
    """One more line about a ticket: the reporter goes on, or somebody has the same trouble or has seen it."""
    line = view.line
    if _THANKS.match(line.text) and len(line.text) <= 12:
        return None
    where = whole_where(line, view.scene.home, None)
    real = cries_real(view)
    best: tuple[float, Known] | None = None
    plus = bool(PLUS_LEAD.search(line.text))
    for ticket in _around(view):
        mine = view.mine(ticket)
        if ticket.status == "proposed" and (real or line.sent_at - ticket.last_at > SPELL):
            continue
        if not mine and apart(view, ticket):
            continue
        if (ticket.private and not mine) or (not place_fits(where, ticket) and not CORRECTS.search(line.text)):
            continue
        told = line.reading.confidence >= 0.5 and not strangers(gist(line.text), gist_of(ticket.texts))
        if ticket in view.pointed() and (mine or plus or told):
            return Heard((join(view, ticket, sure=plus),), ("回的就是这件事",))
        if not mine and is_cold(view, ticket) and not same_by_words(view, ticket):
            continue
        odds = belonging_chance(view, ticket, where)
        same = same_fault(view, where, ticket) and not PRIVATE.search(line.text)
        if not same and not _may_join(view, ticket):
            continue
        if _same_breath(view, ticket):
            odds = max(odds, 0.8)
        elif same:
            odds = max(odds, 0.7)
        if plus and mine:
            odds *= 0.6
        needed = BELONGS if ticket.status != "proposed" or plus else MAYBE_BELONGS
        if odds >= needed and (best is None or odds > best[0]):
            best = (odds, ticket)
    if best is None or _is_news(view, best):
        return None
    odds, ticket = best
    sure = plus or opening_chance(view)[0] >= 0.5
    return Heard(
        (join(view, ticket, sure=sure),), (f"说的是登记过的那件事 {odds:.2f}", *why_belongs(view, ticket, where))
    )


def _around(view: Window) -> list[Known]:
    """The open tickets that the line can be about: the speaker's, those talked of lately, those of like words."""
    words = gist(view.text)
    near = {number for old in view.lately(timedelta(minutes=30), 14) for number in old.tickets}
    near.update(ticket.id for ticket in view.pointed())
    found = []
    for ticket in view.live():
        theirs = gist_of(ticket.texts)
        if (
            ticket.id in near
            or view.mine(ticket)
            or not words.things.isdisjoint(theirs.things)
            or not words.pieces.isdisjoint(theirs.pieces)
        ):
            found.append(ticket)
    return found


def _may_join(view: Window, ticket: Known) -> bool:
    """Other things than the ticket's, secrets and cries of danger do not sink into it."""
    line, words, theirs = view.line, gist(view.text), gist_of(ticket.texts)
    if PRIVATE.search(line.text) and not view.mine(ticket):
        return False
    if line.reading.urgency == 3 and line.reading.confidence >= 0.6 and ticket.urgency < 3:
        lately = {n for old in view.lately(SPELL, 12) for n in old.tickets}
        if any(t.urgency == 3 for t in view.known(tuple(lately)) if t.status not in ("done", "closed")):
            return False
        shared = bool(words.things & theirs.things or words.faults & theirs.faults)
        beside = any(ticket.id in old.tickets for old in view.lately(BURST, 3)) and not strangers(words, theirs)
        return shared or beside or _same_breath(view, ticket)
    if _OVER_HERE.search(line.text) and words.spots and theirs.spots and not words.spots & theirs.spots:
        return view.mine(ticket)
    plus = bool(PLUS_LEAD.search(line.text)) or ticket in view.pointed()
    return view.mine(ticket) or plus or not strangers(words, theirs)


def _same_breath(view: Window, ticket: Known) -> bool:
    """The reporter's next line within minutes, without a word that he turns to something else."""
    line = view.line
    if ticket.reporter != line.speaker or _TURNS.search(line.text) or line.reading.confidence < 0.5:
        return False
    return any(ticket.id in old.tickets for old in view.own_lines(BURST)[:1])


def _is_news(view: Window, best: tuple[float, Known]) -> bool:
    """It speaks plainly of another thing than the ticket that it would go with."""
    ticket, line = best[1], view.line
    if _same_breath(view, ticket):
        return False
    if PLUS_LEAD.search(line.text) and ticket.status == "proposed":
        return False
    lately = any(ticket.id in old.tickets for old in view.own_lines(timedelta(hours=2)))
    if lately and ticket.reporter == line.speaker and not _TURNS.search(view.text):
        return False
    opens, _ = opening_chance(view)
    words = gist(view.text)
    pointed = PLUS_LEAD.search(line.text) or ticket in view.pointed()
    if not view.mine(ticket) and ticket.urgency < 3 and not pointed:
        where = whole_where(line, view.scene.home, None)
        told = words_tie(words, where, ticket)
        kin = ticket.category == line.reading.category and not strangers(words, gist_of(ticket.texts))
        beside = any(ticket.id in old.tickets for old in view.lately(BURST, 3))
        if opens >= view.scene.sure and told < (0.2 if kin and beside else 0.6):
            return True
    return strangers(words, gist_of(ticket.texts)) and opens >= 0.6 and opens >= best[0] - 0.1
