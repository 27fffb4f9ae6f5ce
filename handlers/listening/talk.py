"""What residents say: reports and all that belongs to them, and the talk that is none of our business."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.listening import Acts, Heard, Line
from domain.reading import Where
from handlers.listening.act_odds import names_something
from handlers.listening.adding import adds
from handlers.listening.again import AGAIN, reopening, was_closed
from handlers.listening.alarms import PLAIN, in_jest
from handlers.listening.denounced import denounces
from handlers.listening.mood import hushed
from handlers.listening.opening import help_called, join, open_from, opens_like, report
from handlers.listening.places import merged, named, said_where, whole_where
from handlers.listening.rating import quoted, verdict
from handlers.listening.rewritten import rewritten
from handlers.listening.secrecy import asked_for_privacy
from handlers.listening.weigh import QUARREL, belonging_chance
from handlers.listening.window import PLUS_LEAD, PLUS_ONE, RATING_TIME, SELLING, SPELL, Window
from nlu.similar import gist, gist_of
from nlu.threads import place_fits, words_tie

NOTHING = Heard()
# 21号楼那也宽, 12号楼地下室也堆一堆: so it is there, too; not what people see, want or can do.
_TOO = re.compile(r"也(?!想|要|去|可以|好(?!几)|行|能|会|在群|看|听|见|闻|知|晓|觉|快|就|别|来|给|得)[一-龥]")
CLEAR = 0.8  # that a line belongs to what somebody else has just told
UNTIED = 0.2  # of words in common, with a ticket that the line does not speak of
_PAYS = re.compile(
    r"(?:谁|找谁|找哪个|哪个|怎么|咋)(?:来|给)?(?:赔|管|负责)|赔(?:不赔|多少|谁)|"
    r"我(?:那|家|的|屋|这)[^，。？?]{1,10}(?:找谁|怎么办|咋办|怎么算|咋整)"
)
_THERE_TOO = re.compile(
    r"(?:^|[ ，,])(?!旁边|边上|[去前]年|上[次回周礼]|昨|顺便|楼[上下]|隔壁|对门)"
    r"((?:(?![我俺咱])[一-龥\d]){2,7}?)(?:那边|那里|"
    r"那盏|那个|那儿|那棵|那根|那块|那段|的)"
    r"[一-龥]{0,3}" + _TOO.pattern
)


def hear_resident(view: Window) -> Heard:
    """The decision about a resident's line."""
    line = view.line
    if line.edits is not None:
        return rewritten(view)
    if line.quotes is not None:
        heard = quoted(view)
        if heard is not None:
            return heard
    if not line.text.strip():
        return _wordless(view)
    if PLUS_ONE.match(line.text):
        return _plus_one(view)
    heard = (
        denounces(view)
        or asked_for_privacy(view)
        or help_called(view)
        or _who_pays(view)
        or _judged(view)
        or answers_where(view)
    )
    if heard is not None:
        return heard
    return (
        _back_again(view)
        or _there_too(view)
        or adds(view)
        or _likewise(view)
        or _confirms(view)
        or report(view)
        or NOTHING
    )


def _judged(view: Window) -> Heard | None:
    """What he says of a matter of his that was done, unless he plainly reports another one."""
    heard = verdict(view)
    if heard is None or view.line.reading.confidence < PLAIN or AGAIN.search(view.text):
        return heard
    if not names_something(gist(view.text)):
        return heard  # 还是不行啊 can only be said of what was just talked of
    where = whole_where(view.line, view.scene.home, None)
    for step in heard.steps:
        if isinstance(step, Acts) and step.value == "unsatisfied" and step.ticket in view.tickets:
            ticket = view.tickets[step.ticket]
            if ticket not in view.pointed() and words_tie(gist(view.text), where, ticket) < UNTIED:
                return None
    return heard


def _who_pays(view: Window) -> Heard | None:
    """ "修好了，可我的地板谁赔": what the fault has spoilt is another matter, between the two of them."""
    line = view.line
    if not _PAYS.search(line.text) or hushed(view) or in_jest(view):
        return None
    for ticket in sorted(view.tickets.values(), key=lambda t: t.last_at, reverse=True):
        over = ticket.done_at is not None and line.sent_at - ticket.done_at <= RATING_TIME
        if over and view.mine(ticket) and ticket.group == line.group and ticket.category != "legal_dispute":
            opened = replace(opens_like(view, ticket), category="legal_dispute", urgency=1, private=True)
            return Heard((opened,), ("办好以后问谁赔",))
    return None


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
        if SELLING.search(before.text) and all(t.status == "proposed" for t in view.known(before.tickets)):
            return Heard((), ("跟的是接龙",))
        for ticket in reversed(view.known(before.tickets)):
            if ticket.status not in ("done", "closed") and ticket.reporter != line.speaker:
                return Heard((join(view, ticket, sure=not hushed(view)),), ("同求",))
        if (
            before.speaker != line.speaker
            and not before.tickets
            and _confirmable(before)
            and not hushed(view)
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
    if line.reading.urgency == 3 or hushed(view) or any(view.mine(ticket) for ticket in view.live()):
        return None
    words = gist(line.text)
    for before in view.lately(SPELL, 5):
        theirs = gist(before.text)
        at_once = line.reading.confidence >= 0.5 and PLUS_LEAD.search(line.text[:10])
        shared = words.things & theirs.things or words.faults & theirs.faults or at_once
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
    if (
        old is None
        or _told_just_now(view, where)
        or any(words_tie(words, where, t) > words_tie(words, where, old) for t in view.live() if view.mine(t))
    ):
        return None
    return reopening(view, old, where)


def _told_just_now(view: Window, where: Where) -> bool:
    """Somebody else has just told that it is back."""
    near = {number for old in view.lately(SPELL, 8) for number in old.tickets}
    return any(t.id in near and not view.mine(t) and belonging_chance(view, t, where) >= CLEAR for t in view.live())


def _there_too(view: Window) -> Heard | None:
    """ "五巷的也松": the same fault at another place, which nobody has named yet."""
    line = view.line
    found = _THERE_TOO.search(line.text)
    if not found or line.reading.confidence < 0.35 or hushed(view) or line.reading.where.building:
        return None
    for old in view.lately(SPELL, 8):
        for ticket in view.known(old.tickets):
            named = any(found[1] in text for text in ticket.texts)
            if not named and not ticket.private and ticket.status != "proposed":
                return Heard((opens_like(view, ticket),), ("别处也有同样的事",))
    return None


def _likewise(view: Window) -> Heard | None:
    """ "我家2-2-901也是": the same trouble at another place is a ticket of its own."""
    line = view.line
    if not (PLUS_LEAD.search(line.text) or _TOO.search(line.text)) or not line.reading.where.building:
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
    if line.role != "resident" or not line.text or QUARREL.search(line.text):
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
