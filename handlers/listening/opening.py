"""A line that tells of a fault: a new ticket, another voice for an old one, or the same fault back again."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Heard, Joins, Known, Line, Opens
from domain.reading import Category, Where
from handlers.listening.afresh import PLAIN_REPORT, said_alone
from handlers.listening.again import reopening, was_closed
from handlers.listening.alarms import (
    alarm_counts,
    at_ease,
    calls_for_help,
    cries_real,
    dangers,
    figurative,
    half_heard_cry,
    high_water,
    in_drill,
    in_jest,
    named_danger,
    of_the_alarm,
    same_alarm,
    sounds_dangerous,
    told_in_pieces,
    urges,
)
from handlers.listening.announced import announced
from handlers.listening.asking import asks_where
from handlers.listening.details import PRIVATE, is_private, on_behalf, pleads, summary, told_in, told_where
from handlers.listening.in_two_homes import fails_in_two_homes
from handlers.listening.mood import hushed, tale
from handlers.listening.needed import needed
from handlers.listening.places import merged, whole_where
from handlers.listening.settled import for_sale, over, rescued, sought
from handlers.listening.turned import comes_to_another
from handlers.listening.weigh import DRILL, FAULT, FICTION, QUARREL, said_marks, weighed, why_opens
from handlers.listening.window import BURST, SPELL, Window
from nlu.danger import seen
from nlu.normalize import fold
from nlu.similar import gist, gist_of, strangers
from nlu.threads import place_fits
from nlu.urgency import mistreated

HALF_READ = 0.2  # below it a line is not even shown to staff
LIKELY = 0.6
_OUTCOME = re.compile(
    r"(?:120|119|救护车|急救车|消防)[^，。]{0,6}(?:拉|接|送|抬|救)[^，。]{0,4}(?:走|下来|出来|上车)|送[^，。]{0,4}医?院|"
    r"(?:已经?|都)醒了|[救背抬拉]出来了"
)
# How those are who were in danger: what staff tell of an alarm that was raised.
_HOW_THEY_ARE = re.compile(
    r"稳住|脱险|清醒|醒(?:了|着)|有意识|能(?:说|讲|答)话|没(?:大碍|生命危险)|轻[微度]|(?:医院|医生|120)(?:说|讲|回话|来话|在抬|看过)|"
    r"测过|没气了|等(?:120|救护车)|(?:人|都)(?:出来|下来|上来)了"
)
# 打120啊, 别扶，打120: what others should do, by somebody who has not seen more than he was told.
_URGES = re.compile(r"[^我俺了哒]*(?:打|叫|拨|喊)[ ]?(?:120|119|救护车)(?![了哒咗通过])[^我俺了哒]*$")
# A reader as sure as this is not overruled by talk of something else: staff are asked.
_BEYOND_DOUBT = 0.97
ALARM_SURE = 0.25  # of the model alone
ALARM_PLAIN = 0.15
EMERGENCY_SURE = 0.5
ALARM_BELIEVED = 0.9
ALARM_READ = 0.8  # an alarm that the model alone reads into a line raises the ticket that the line is about


def report(view: Window, *, floor: float | None = None) -> Heard | None:
    """What a line that reads as a report opens. None: it is not enough of one."""
    line, reading = view.line, view.line.reading
    real = cries_real(view) or high_water(view)
    if reading.confidence < HALF_READ and reading.urgency < 3 and not real and not pleads(line):
        return None
    # Owners among themselves about votes and money are never mined (SERVICE.md §3), unless something is broken.
    if figurative(view) or _told_as_over(view) or (QUARREL.search(view.text) and not FAULT.search(view.text)):
        return None
    alone = said_alone(view, whole_where(line, view.scene.home, None))
    if announced(view):
        return None
    odds, marks = weighed(alone)
    alarm = _is_alarm(view)
    wanted = LIKELY if comes_to_another(view) and not hushed(view) else needed(alone)
    sure = raises(view, odds) or (odds >= wanted and not in_drill(view) and not (alarm and _in_fun(view)))
    sure = sure or real or pleads(line)
    cry = alarm or real or half_heard_cry(view)
    sure = sure or _feared_at_home(view)
    if odds < (view.scene.unsure if floor is None else floor) and not sure and not cry:
        return None
    if tale(view.text) and not sure and not (cry and named_danger(reading)):
        return None
    category = reading.category or ("emergency" if cry else "community_report")
    if high_water(view):
        category = "emergency"
    where = told_where(view, category)
    witnessed = of_the_alarm(view, where) if odds >= LIKELY else None
    if witnessed is None and reading.urgency == 3:
        witnessed = same_alarm(view, where)
    if witnessed is not None:
        return Heard((join(view, witnessed, sure=True),), ("正急的那件事又有人说",))
    old = was_closed(view, where)
    lines = told_in(view)
    if old is not None:
        return reopening(view, old, where)
    half = odds < LIKELY and reading.confidence < _BEYOND_DOUBT
    if half and not sure and not cry and _beside_a_ticket(view):
        return None
    private = is_private(view)
    ask = asks_where(view, category, lines) and (sure or private)
    step = Opens(
        lines,
        category,
        3 if cry and category == "emergency" else max(reading.urgency, 1),
        where,
        summary(line),
        sure=sure or private,
        private=private,
        on_behalf_of=on_behalf(line),
        ask_where=ask,
    )
    return Heard((step,), (f"像报事 {odds:.2f}", *why_opens(marks)))


def _feared_at_home(view: Window) -> bool:
    """What the law wants told on mere suspicion opens a matter that only two people ever read, amid whatever talk."""
    return mistreated(fold(view.text)) and not (in_drill(view) or in_jest(view) or at_ease(view))


def _is_alarm(view: Window) -> bool:
    reading = view.line.reading
    return reading.urgency == 3 and reading.category in ("emergency", "public_security") and alarm_counts(view)


def raises(view: Window, odds: float) -> bool:
    """Whether the line, which opens a matter by these odds, raises an alarm by itself."""
    if not _is_alarm(view) or _by_the_way(view) or in_drill(view) or _in_fun(view):
        return False
    return odds >= _alarm_needs(view)


def _alarm_needs(view: Window) -> float:
    """The odds from which an alarm is raised: danger in the words themselves needs little beside them."""
    return ALARM_PLAIN if dangers(view.text) else ALARM_SURE


def _in_fun(view: Window) -> bool:
    """Who jests means no danger, unless it is seen; amid others' jokes the model alone is not believed at once."""
    if seen(fold(view.text)):
        return False
    doubtful = view.line.reading.confidence < ALARM_BELIEVED and not named_danger(view.line.reading)
    return in_jest(view) or (doubtful and at_ease(view))


def _by_the_way(view: Window) -> bool:
    """Words of danger in a tale of old times, or in a favour asked of neighbours (谁带伞来救命)."""
    favour = "neighbours" in said_marks(view.text) and not seen(fold(view.text))
    return favour or tale(view.text)


def _told_as_over(view: Window) -> bool:
    """Settled, or somebody's goods; where danger is read or seen beyond doubt, no such word counts."""
    reading = view.line.reading
    if rescued(view.text) or sought(view.text):
        return True
    if seen(fold(view.text)) or (reading.urgency == 3 and reading.confidence >= ALARM_BELIEVED):
        return False
    return over(view.text) or (for_sale(view.text) and reading.confidence < ALARM_BELIEVED)


def _beside_a_ticket(view: Window) -> bool:
    """People are talking of an open ticket just now: a half-report in between is most likely about that. A plain one
    that goes with none of the speaker's own is not lost: staff are asked."""
    lately = {number for old in view.lately(BURST, 4) for number in old.tickets}
    near = [ticket for ticket in view.known(tuple(lately)) if ticket.status not in ("done", "closed")]
    if view.line.reading.confidence >= PLAIN_REPORT and all(ticket.reporter == view.line.speaker for ticket in near):
        return False
    return bool(near)


def opens_like(view: Window, other: Known) -> Opens:
    """A ticket for the same trouble as another's, at the place that the line names."""
    line = view.line
    where = whole_where(line, view.scene.home, other.category)
    return Opens(
        told_in(view),
        line.reading.category or other.category,
        max(line.reading.urgency, other.urgency, 1),
        where,
        summary(line),
    )


def open_from(view: Window, first: Line) -> Opens:
    """A ticket out of somebody's earlier line, which this one confirms; the earlier speaker reports it."""
    category = first.reading.category or "community_report"
    where = whole_where(first, view.scene.home, category)
    lines = tuple(sorted({first.id, view.line.id}))
    return Opens(lines, category, max(first.reading.urgency, 1), where, summary(first))


def cried_by_staff(view: Window) -> Heard | None:
    """Danger that staff tell themselves: raised like anybody's, unless it is said of an alarm that was raised."""
    line = view.line
    if line.reading.urgency < 3 or not named_danger(line.reading) or in_drill(view) or DRILL.search(line.text):
        return None
    where = whole_where(line, view.scene.home, line.reading.category)
    if same_alarm(view, where) is not None or not alarm_counts(view):
        return None
    his = his_alarm(view, where)
    if his is not None:
        return Heard((Joins(his.id, sure=True),), ("还是他报的那件急事",))
    if _OUTCOME.search(line.text) and any(here.group == line.group for here in view.live()):
        return None  # told of somebody who is helped already
    if _HOW_THEY_ARE.search(line.text) and any(
        one.urgency == 3 and view.here(one) and place_fits(where, one) for one in view.live()
    ):
        return None
    words = gist(line.text)
    near = [*view.pointed(), *(t for old in view.lately(BURST, 4) for t in view.known(old.tickets))]
    for ticket in near:
        ours = ticket.status not in ("done", "closed") and place_fits(where, ticket)
        if ours and (ticket in view.pointed() or not strangers(words, gist_of(ticket.texts))):
            return Heard((Joins(ticket.id, category="emergency", urgency=3, sure=True),), ("员工说这件事急了",))
    heard = report(view)
    if heard is None:
        return None
    # He is one of those who are called: nobody puts a question to him first.
    steps = tuple(replace(step, ask_where=False) if isinstance(step, Opens) else step for step in heard.steps)
    return replace(heard, steps=steps)


def his_alarm(view: Window, where: Where) -> Known | None:
    """The alarm that the speaker raised here minutes ago: what he tells next is more of it."""
    for ticket in sorted(view.live(), key=lambda one: one.last_at, reverse=True):
        his = ticket.reporter == view.line.speaker and ticket.group == view.line.group and ticket.urgency == 3
        if his and view.line.sent_at - ticket.last_at <= SPELL and place_fits(where, ticket):
            return ticket
    return None


def more_of_his_alarm(view: Window) -> Heard | None:
    """Staff go on about the alarm that they raised (越来越黑了), where it would read as another report."""
    if view.line.role == "resident" or view.line.reading.confidence < LIKELY:
        return None
    his = his_alarm(view, whole_where(view.line, view.scene.home, None))
    return Heard((Joins(his.id),), ("还是他报的那件急事",)) if his is not None else None


def help_called(view: Window) -> Heard | None:
    """ "我打120了" after what somebody told: whatever it read like, people take it for an emergency."""
    if not calls_for_help(view):
        return None
    why = ("有人在叫救护车、消防",)
    for old in view.lately(BURST, 3):
        for ticket in view.known(old.tickets):
            if ticket.status not in ("done", "closed") and (not ticket.private or view.mine(ticket)):
                if ticket.status != "proposed" and ticket.category == "emergency" and _URGES.match(view.text):
                    return Heard((), ("叫人打电话，不是又一个人报",))
                return Heard((replace(join(view, ticket, sure=True), urgency=3, category="emergency"),), why)
        told = old.role == "resident" and not old.tickets and old.reading.confidence >= 0.2
        if told and not FICTION.search(old.text):
            return Heard((replace(open_from(view, old), category="emergency", urgency=3),), why)
    return None


def join(view: Window, ticket: Known, *, sure: bool = False, lines: tuple[int, ...] = ()) -> Joins:
    """The line as a part of the ticket; its speaker a voice unless he is the reporter."""
    line = view.line
    where = whole_where(line, view.scene.home, ticket.category, ticket.texts)
    own = ticket.reporter == line.speaker
    correct = merged(ticket.where, where, line, override=False) if own else None
    reading = line.reading
    urgency = (
        reading.urgency if reading.report and reading.urgency > ticket.urgency and place_fits(where, ticket) else None
    )
    private = True if own and PRIVATE.search(line.text) else None
    category: Category | None = None
    if urgency == 3 and (rescued(line.text) or urges(line.text)):
        urgency = None
    if (
        urgency == 3
        and reading.category == "emergency"
        and (sounds_dangerous(view) or reading.confidence >= ALARM_READ)
        and reading.confidence >= EMERGENCY_SURE
    ):
        category = "emergency"
    elif urgency == 3 and reading.category == "public_security" and sounds_dangerous(view):
        category = None if ticket.category == "public_security" else "public_security"
    elif urgency == 3:
        urgency = 2 if ticket.urgency < 2 else None
    if urgency != 3 and (told_in_pieces(view, ticket) or (high_water(view) and ticket.status != "done")):
        urgency, category = 3, "emergency"
    if category is None and fails_in_two_homes(line, ticket):
        category = "public_repair"
    sure = sure or (urgency == 3 and not hushed(view) and not at_ease(view))
    return Joins(ticket.id, not own, correct, category, urgency, private, lines, sure)
