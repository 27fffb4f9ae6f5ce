"""Visits told by workers: a diary entry, and a ticket where something is asked for or promised."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.listening import Heard, Line, Notes, Opens, Step
from domain.reading import Where
from handlers.listening.details import is_private, summary
from handlers.listening.opening import join, report
from handlers.listening.window import Window
from nlu.diary import Visit, hazard, parse_visits, wish
from nlu.people import tells_of_health
from nlu.similar import gist_of
from nlu.threads import words_tie
from nlu.visit_signs import ABSENT, OKAY, reached
from nlu.visit_words import MENDED, OFFICE, SETTLED

# Why a line was heard as a visit; pages show it.
VISIT, VISIT_GOES_ON, VISIT_PHOTO = VISITS = ("走访", "接着说走访", "走访的照片")
_GOES_ON = timedelta(minutes=8)
_NAMED_AGAIN = timedelta(minutes=30)
_ROOM_FIRST = re.compile(r"^\d{3,4}(?![\d年月日块元号栋幢米])")
_FULL_DOOR = re.compile(r"\d+-\d+-\d{3,4}|\d+[栋幢号]\S{0,2}\d+单元")
SURELY_BROKEN = 0.9  # of a report
# One round: a room alone is on the stair of the last visit, and a door told of again has one entry.
_ROUND = timedelta(hours=12)
_ROUND_LINES = 12
_ON_THE_WAY = re.compile(r"^(?:顺[路便道]|路过|回来|另外|还有个事)")
_ABOUT_IT = re.compile(
    r"^(?:他|她|他们|她们|那家|这家|老人|阿婆|婆婆|奶奶|爷爷|店主|老板|户主|家里|就是|还|其余|别的|另外|"
    r"厂里|店里|阳台|厨房|.{0,8}[，,](?:但|不过|就是)?[他她](?:家|们|讲|说|[一-鿿]{2})|[一-鿿]{1,3}(?:总|讲|说|老板|厂长))|^#?补充|消防|隐患"
)
_SHORT = re.compile(r"^(?:拍了|已拍|照片|图)")


def visits_in(view: Window, line: Line) -> tuple[Visit, ...]:
    """The visits that a line of staff tells of. A room alone is one of the stair where the talk is, or of that which
    he went up just before."""
    if line.role in ("resident", "property") or not line.text:
        return ()
    home = view.scene.home
    here = bool(home.building and home.unit) or (_ROOM_FIRST.match(line.text) is not None and _on_a_stair(view, line))
    found = parse_visits(line.text, view.scene.estates, here=here, cared=view.scene.cared)
    # An answer to a card speaks of its ticket, unless he calls it a visit himself.
    return found if line.quotes is None or any(visit.tagged for visit in found) else ()


def _on_a_stair(view: Window, line: Line) -> bool:
    """He told of a door of some stair today, so that a room alone is on it."""
    since = line.sent_at - _ROUND
    return any(
        old.speaker == line.speaker and since <= old.sent_at < line.sent_at and _FULL_DOOR.search(old.text)
        for old in view.scene.recent
    )


def noted(view: Window) -> Heard | None:
    """The line as (a part of) a visit; None when it tells of none."""
    line = view.line
    round_ = _told_before(view)
    visits = [visit for visit in visits_in(view, line) if not _is_work(view, visit, round_)]
    if not visits:
        return _goes_on(view)
    visits = [_on_round(view, visit, round_) for visit in visits]
    steps: list[Step] = []
    for visit in visits:
        earlier = next((old for old, before in round_ if _same_door(before, visit)), None)
        steps.append(_note(view, visit, (earlier,) if earlier is not None else ()))
    for place, visit in enumerate(visits):
        asked = (
            visit.wish
            or hazard(visit.note)
            or (line.reading.report and line.reading.confidence >= 0.8 and visit.tagged and wish(line.text))
            or (len(visits) == 1 and _broken(line, visit))
        )
        if asked and not visit.choices:
            steps.extend(_opens(view, visit, asked, place))
    if _in_danger(view) and not any(isinstance(step, Opens) for step in steps):
        alarm = report(view, floor=view.scene.sure)
        steps.extend(alarm.steps if alarm is not None else ())
    return Heard(tuple(steps), (VISIT,))


def _broken(line: Line, visit: Visit) -> str | None:
    """Something at the door that does not work, and nobody has seen to it: what was found is asked for."""
    reading = line.reading
    sure = reading.confidence >= SURELY_BROKEN and reading.category in ("home_repair", "public_repair")
    if not sure or ABSENT.search(line.text) or MENDED.search(line.text) or SETTLED.search(line.text):
        return None
    return visit.note


def corrected(view: Window) -> Heard | None:
    """A visit told again with another door or other words: an edit by the one who told it."""
    line = view.line
    old = view.old_line(line.edits)
    if old is None or not visits_in(view, old):
        return None
    round_ = [(number, visit) for number, visit in _told_before(view) if number != old.id]
    told = [_on_round(view, visit, round_) for visit in visits_in(view, line)]
    return Heard(tuple(replace(_note(view, one, (old.id,)), corrects=True) for one in told), (VISIT,)) if told else None


def _in_danger(view: Window) -> bool:
    """The worker found somebody in danger: by words that name it. That nobody opened, or a blood pressure, is none."""
    reading = view.line.reading
    named = any(word.startswith("rule:") for word in reading.why)
    return reading.report and reading.urgency == 3 and named and not OKAY.search(view.text)


def _is_work(view: Window, visit: Visit, round_: list[tuple[int, Visit]]) -> bool:
    """What is told of the door of an open ticket is about that, unless he says that he called on its people."""
    if visit.tagged or visit.kind != "resident" or (visit.went and visit.person):
        return False
    room = visit.household.rpartition("-")[2]
    nowhere = "-" not in visit.household and not view.scene.home.unit and not round_
    if nowhere and any(old.tickets for old in view.lately(_NAMED_AGAIN, 6)):
        return True  # 302的大人孩子下来了: of what they are all talking of
    return any(ticket.where.room == room and view.here(ticket) for ticket in view.live())


def one_call(view: Window) -> bool:
    """The line sounds like a visit to one door, but is not called one: it may be work there."""
    visits = visits_in(view, view.line)
    return len(visits) == 1 and not visits[0].tagged


def _told_before(view: Window) -> list[tuple[int, Visit]]:
    """His earlier visits in this talk, newest first, each with its line."""
    found: list[tuple[int, Visit]] = []
    for old in view.own_lines(_ROUND)[:_ROUND_LINES]:
        found += [(old.id, visit) for visit in visits_in(view, old)[::-1]]
    return found


def _on_round(view: Window, visit: Visit, round_: list[tuple[int, Visit]]) -> Visit:
    """With the stair and the estate in which his round was, where he leaves them out."""
    if visit.kind != "resident":
        return visit
    home = view.scene.home
    if "-" not in visit.household and not (home.building and home.unit):
        stairs = [before for _, before in round_ if before.kind == "resident" and before.household.count("-") == 2]
        same = [before for before in stairs if before.household.endswith(f"-{visit.household}")]
        if stairs:
            stair = (same or stairs)[0]
            household = f"{stair.household.rpartition('-')[0]}-{visit.household}"
            return replace(visit, household=household, estate=visit.estate or _estate_of(stair, round_))
    return replace(visit, estate=_estate_of(visit, round_) or _estate_talked_of(view))


def _estate_talked_of(view: Window) -> str | None:
    """In a group of several estates, the one that all visits told here lately were in."""
    if view.scene.home.estate:
        return None
    named = {
        visit.estate
        for old in view.lately(_ROUND, _ROUND_LINES)
        if old.role != "resident"
        for visit in visits_in(view, old)
        if visit.estate
    }
    return named.pop() if len(named) == 1 else None


def _estate_of(visit: Visit, round_: list[tuple[int, Visit]]) -> str | None:
    return visit.estate or next((before.estate for _, before in round_ if before.estate), None)


def _same_door(before: Visit, visit: Visit) -> bool:
    return before.household == visit.household or visit.household.endswith(f"-{before.household}")


def _note(view: Window, visit: Visit, lines: tuple[int, ...]) -> Notes:
    home = view.scene.home
    household, estate = visit.household, None
    if visit.kind == "resident":
        parts = household.split("-")
        if len(parts) == 1 and home.building and home.unit:
            household = f"{home.building}-{home.unit}-{household}"
        estate = visit.estate if visit.estate and visit.estate not in (home.estate or "") else None
        if estate is None and not home.estate:
            estate = view.line.reading.where.estate
    return Notes(
        household,
        visit.kind,
        visit.note or view.text,
        estate,
        visit.person,
        lines,
        visit.choices,
        unmet=visit.unmet,
    )


def _title(visit: Visit, asked: str, text: str) -> str | None:
    """What is asked for, and for whom, where the line tells more than that."""
    if len(asked) + 6 >= len(text):
        return None
    words = asked if visit.person is None or visit.person in asked else f"{visit.person}{asked}"
    return words if len(words) <= 40 else words[:39] + "…"


def _goes_on(view: Window) -> Heard | None:
    """More words or a photo about the visit that the same worker told of just before."""
    line = view.line
    if line.role == "resident" or line.quotes is not None:
        return None
    for old in view.own_lines(_NAMED_AGAIN):
        before = visits_in(view, old)
        late = line.sent_at - old.sent_at > _GOES_ON
        if late and not any(one.person and one.person in line.text for one in before):
            continue
        if not before:
            if old.text and not _ABOUT_IT.search(old.text):
                return None
            continue
        round_ = _told_before(view)
        named = [one for one in before if one.person and one.person in line.text]
        visit = _on_round(view, (named or list(before))[-1], round_)
        visit = replace(visit, unmet=visit.unmet and not reached(line.text))
        if not line.text or _SHORT.search(line.text):
            return Heard((_note(view, visit, (old.id,)),), (VISIT_PHOTO,))
        asked = wish(line.text) or hazard(line.text)
        linked = (
            bool(_ABOUT_IT.search(line.text))
            or bool(named)
            or (visit.person is not None and visit.person[:1] in line.text[:6])
        )
        elsewhere = line.reading.where.building or line.reading.where.room or _ON_THE_WAY.search(line.text)
        if not linked and (not asked or elsewhere):
            return None
        steps: list[Step] = [_note(view, visit, (old.id,))]
        asked_before = [ticket for ticket in view.known(old.tickets) if ticket.status not in ("done", "closed")]
        if asked and asked_before:
            steps.append(join(view, asked_before[0]))
        elif asked and not visit.choices:
            steps.extend(_opens(view, visit, asked, 0))
        return Heard(tuple(steps), (VISIT_GOES_ON,))
    return None


def _opens(view: Window, visit: Visit, asked: str, place: int) -> list[Step]:
    """What was asked for on the visit, unless it is in a ticket already."""
    line, home = view.line, view.scene.home
    parts: list[str | None] = [*visit.household.split("-")] if visit.kind == "resident" else []
    if visit.kind == "resident" and len(parts) == 1:
        parts = [home.building, home.unit, *parts]
    parts = [*parts, None, None, None][:3]
    estate = visit.estate if visit.estate != home.estate else None
    spot = visit.household if visit.kind == "enterprise" else None
    where = Where(estate, parts[0], parts[1], None, parts[2], spot)
    reading = line.reading
    category = reading.category or "consultation"
    if OFFICE.search(asked):
        category = "consultation"
    elif category == "emergency":
        category = "community_report"
    words = gist_of((line.text,))
    for ticket in view.live():
        if words_tie(words, where, ticket) >= 1.8:
            return []
    person = visit.person or (visit.household if visit.kind == "enterprise" else None)
    return [
        Opens(
            (line.id,),
            category,
            1 if OFFICE.search(asked) else min(max(reading.urgency, 1), 2),
            where,
            _title(visit, asked, line.text) or summary(line),
            # What a visit tells of somebody's health is for those who look after him, not for a room.
            private=is_private(view) or tells_of_health(f"{visit.note} {line.text}"),
            on_behalf_of=person,
            visit=place,
        )
    ]
