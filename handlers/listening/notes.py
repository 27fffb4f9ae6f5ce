"""Visits told by workers: a diary entry, and a ticket where something is asked for or promised."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.archive import is_whole, room_of
from domain.listening import Heard, Line, Opens, Step
from domain.reading import Where
from handlers.listening.details import is_private, summary
from handlers.listening.opening import join, report
from handlers.listening.rounds import (
    Told,
    named_again,
    note,
    on_round,
    same_door,
    told_before,
    visits_in,
)
from handlers.listening.visited_again import called_again
from handlers.listening.window import Window
from nlu.departed import Gone, gone
from nlu.diary import Visit, hazard, wish
from nlu.people import tells_of_health
from nlu.similar import gist, gist_of, usual_category
from nlu.threads import words_tie
from nlu.visit_signs import ABSENT, OKAY, reached, signs_of, spans, told, unlike_her
from nlu.visit_words import MENDED, OFFICE, SETTLED

# Why a line was heard as a visit; pages show it.
VISIT, VISIT_GOES_ON, VISIT_PHOTO = VISITS = ("走访", "接着说走访", "走访的照片")
_GOES_ON = timedelta(minutes=8)
_LATELY = timedelta(minutes=30)
_TODAY = timedelta(hours=6)
SURELY_BROKEN = 0.8  # of a report
_ON_THE_WAY = re.compile(r"^(?:顺[路便道]|路过|回来|另外|还有个事)")
_ABOUT_IT = re.compile(
    r"^(?:他|她|他们|她们|那家|这家|老人|阿婆|婆婆|奶奶|爷爷|店主|老板|户主|家里|就是|还|其余|别的|另外|"
    r"厂里|店里|阳台|厨房|.{0,8}[，,](?:但|不过|就是)?[他她](?:家|们|讲|说|[一-鿿]{2})|[一-鿿]{1,3}(?:总|讲|说|老板|厂长))|^#?补充|消防|隐患"
)
_NOT_WORKING = re.compile(r"不(?:热|亮|通|转|响|出水|制冷|来水)|[漏渗滴]水|[一老]直[滴漏渗]|跳闸|[关打]不[开上严紧]")
_TRIED = re.compile(r"试(?:了|过)[^没不]*(?:响的|会[^，。]{0,3}了|好的|正常|能用|灵的)")
_SHORT = re.compile(r"^(?:拍了|已拍|照片|图)")


def noted(view: Window) -> Heard | None:
    """The line as (a part of) a visit; None when it tells of none."""
    line = view.line
    round_ = told_before(view)
    found = visits_in(view, line)
    visits = [visit for visit in found if not _is_work(view, visit, round_, alone=len(found) == 1)]
    if not visits:
        return _goes_on(view, round_)
    visits = [on_round(view, visit, round_) for visit in visits]
    steps: list[Step] = []
    for visit in visits:
        earlier = next((one for one in round_ if same_door(one[1], visit)), None)
        if earlier is not None and len(visits) == 1 and called_again(view, *earlier):
            earlier = None
        steps.append(note(view, visit, (earlier[0],) if earlier is not None else ()))
    for place, visit in enumerate(visits):
        asked = (
            visit.wish
            or hazard(visit.note)
            or unlike_her(visit.note)
            or (line.reading.report and line.reading.confidence >= 0.8 and visit.tagged and wish(line.text))
            or (_broken(line, visit) if len(visits) == 1 else visit.kind == "resident" and _trouble(visit.note))
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
    if not sure or any(one.search(line.text) for one in (ABSENT, MENDED, SETTLED, _TRIED)):
        return None
    return visit.note


def _trouble(told_there: str) -> str | None:
    """Of several visits, the one where something is told not to work, and nobody has seen to it."""
    if ABSENT.search(told_there) or MENDED.search(told_there) or SETTLED.search(told_there):
        return None
    named = usual_category(gist(told_there)) in ("home_repair", "public_repair") and _NOT_WORKING.search(told_there)
    return told_there if named else None


def corrected(view: Window) -> Heard | None:
    """A visit told again with another door or other words: an edit by the one who told it."""
    line = view.line
    old = view.old_line(line.edits)
    if old is None or not visits_in(view, old):
        return None
    round_ = [(number, visit) for number, visit in told_before(view) if number != old.id]
    told = [on_round(view, visit, round_) for visit in visits_in(view, line)]
    return Heard(tuple(replace(note(view, one, (old.id,)), corrects=True) for one in told), (VISIT,)) if told else None


def _in_danger(view: Window) -> bool:
    """The worker found somebody in danger: by words that name it. That nobody opened, or a blood pressure, is none."""
    reading = view.line.reading
    named = any(word.startswith("rule:") for word in reading.why)
    return reading.report and reading.urgency == 3 and named and not OKAY.search(view.text)


def _is_work(view: Window, visit: Visit, round_: list[Told], *, alone: bool) -> bool:
    """What is told of the door of an open ticket is about that, unless he says that he called on its people."""
    if visit.tagged or visit.kind != "resident":
        return False
    if visit.person and (visit.went or tells_of_people(visit.note)):
        return False
    nowhere = alone and not is_whole(visit.household) and not round_
    if nowhere and any(old.tickets for old in view.lately(_LATELY, 6)):
        return True  # 302的大人孩子下来了: of what they are all talking of
    unnamed = not is_whole(visit.household) and not round_ and visit.person is None
    if unnamed and not visit.went and any(old.tickets for old in view.lately(_TODAY, 20)):
        return True  # 702说是风吹的，愿意赔: a settlement, since nobody was called on
    return any(_at_door(visit, ticket.where) and view.here(ticket) for ticket in view.live())


def _at_door(visit: Visit, where: Where) -> bool:
    """The same room, of the same stair as far as both are known."""
    if "号" in visit.household:
        house = room_of(visit.household)
        return where.room == house and where.building in (None, visit.household.removesuffix(house) or None)
    *stair, room = visit.household.split("-")
    known = [where.building, where.unit] if len(stair) == 2 else []
    return where.room == room and all(a is None or a == b for a, b in zip(known, stair, strict=False))


def tells_of_people(text: str) -> bool:
    """How somebody is, in more than a word: whoever tells it has been with him."""
    signs = signs_of([part for a, b in spans(text) if told(part := text[a:b])])
    return signs.okay or signs.life > 1


def one_call(view: Window) -> bool:
    """The line sounds like a visit to one door, but is not called one: it may be work there."""
    visits = visits_in(view, view.line)
    return len(visits) == 1 and not visits[0].tagged


def _title(visit: Visit, asked: str, text: str) -> str | None:
    """What is asked for, and for whom, where the line tells more than that."""
    if len(asked) + 6 >= len(text):
        return None
    words = asked if visit.person is None or visit.person in asked else f"{visit.person}{asked}"
    return words if len(words) <= 40 else words[:39] + "…"


def _goes_on(view: Window, round_: list[Told]) -> Heard | None:
    """More words or a photo about a visit that the same worker told of: just before, or today, if it is named."""
    line = view.line
    if line.role == "resident" or line.quotes is not None:
        return None
    named = named_again(round_, line.text) if line.text else None
    if named is not None and _tells_of(line.text):
        return _more(view, round_, *named, linked=True, again=called_again(view, *named))
    for old in view.own_lines(_GOES_ON):
        before = visits_in(view, old)
        if before:
            own = named[1] if named is not None and named[0] == old.id else None
            meant = own or _talked_of_since(view, old, before) or before[-1]
            return _more(view, round_, old.id, meant, linked=bool(_ABOUT_IT.search(line.text)))
        if old.text and not _ABOUT_IT.search(old.text):
            return None
    return None


def _gone(visit: Visit, text: str) -> Gone | None:
    _, named, after = text.partition(visit.person) if visit.person else ("", "", text)
    return gone(after if named else text) if told(text) else None


def _talked_of_since(view: Window, old: Line, before: tuple[Visit, ...]) -> Visit | None:
    """Of several visits of one line, the one whose person somebody has named since."""
    for later in view.lately(_GOES_ON, 8):
        if later.id == old.id:
            return None
        named = named_again([(old.id, visit) for visit in before], later.text)
        if named is not None:
            return named[1]
    return None


def _tells_of(text: str) -> bool:
    """It tells how people are, or what they want; thanks and promises (周三前给金老师回话) are no more of the visit."""
    tells = [part for a, b in spans(text) if told(part := text[a:b])]
    signs = signs_of(tells)
    return bool(tells) and (signs.of_people() or signs.contact or signs.wish or hazard(text) is not None)


def _more(
    view: Window, round_: list[Told], number: int, before: Visit, *, linked: bool, again: bool = False
) -> Heard | None:
    line = view.line
    visit = on_round(view, before, round_)
    left = _gone(visit, line.text)
    visit = replace(visit, unmet=left is not None or (visit.unmet and not reached(line.text)), gone=left)
    if not line.text or _SHORT.search(line.text):
        return Heard((note(view, visit, (number,)),), (VISIT_PHOTO,))
    asked = wish(line.text) or hazard(line.text)
    surname = visit.person[:1] if visit.person and visit.person[0] not in "老小阿大" else None
    linked = linked or (surname is not None and surname in line.text[:6])
    elsewhere = line.reading.where.building or line.reading.where.room or _ON_THE_WAY.search(line.text)
    if not linked and (not asked or elsewhere or _others_spoke(view, number)):
        return None
    steps: list[Step] = [note(view, visit, () if again else (number,))]
    old = view.old_line(number)
    asked_before = [one for one in view.known(old.tickets if old else ()) if one.status not in ("done", "closed")]
    if asked and asked_before:
        steps.append(join(view, asked_before[0]))
    elif asked and not visit.choices:
        steps.extend(_opens(view, visit, asked, 0))
    return Heard(tuple(steps), (VISIT_GOES_ON,))


def _others_spoke(view: Window, number: int) -> bool:
    """Since his visit somebody has told of a matter: an answer (刚摸了，是裂了) is about that, not about the door."""
    since = [old for old in view.lately(_GOES_ON, 8) if old.id > number and old.speaker != view.line.speaker]
    return any(old.tickets for old in since)


def _door(view: Window, visit: Visit) -> Where:
    if visit.kind != "resident":
        return Where(place=visit.household)
    if view.scene.villages:
        house = room_of(visit.household)
        return Where(building=visit.household.removesuffix(house) or None, room=house)
    home = view.scene.home
    parts: list[str | None] = [*visit.household.split("-")]
    if len(parts) == 1:
        parts = [home.building, home.unit, *parts]
    parts = [*parts, None, None, None][:3]
    return Where(building=parts[0], unit=parts[1], room=parts[2])


def _opens(view: Window, visit: Visit, asked: str, place: int) -> list[Step]:
    """What was asked for on the visit, unless it is in a ticket already."""
    line, home = view.line, view.scene.home
    estate = visit.estate if visit.estate != home.estate else None
    where = replace(_door(view, visit), estate=estate)
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
