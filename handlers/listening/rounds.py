"""A worker's round: the visits that he told of today, at which doors, and which of them a later line is about"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.archive import fits, is_whole, room_of
from domain.listening import Line, Notes
from handlers.listening.window import Window
from nlu.diary import Visit, parse_visits
from nlu.doors import stair_in
from nlu.visit_pieces import Setting
from nlu.visit_signs import ABSENT, CONTACT, OKAY

# One round: a room alone is on the stair of the last visit, and a door told of again has one entry.
ROUND = timedelta(hours=12)
_ROUND_LINES = 12
_ROOM_FIRST = re.compile(r"^(?:对[门面]|隔壁|楼[上下]|同[楼层]|[^，。\d]{1,6} )?\d{3,4}(?![\d年月日块元号栋幢米])")
_NEXT_DOOR = timedelta(minutes=40)
_TELLS = re.compile(rf"(?:{CONTACT.pattern})|(?:{ABSENT.pattern})|(?:{OKAY.pattern})")
_TITLE = re.compile(
    r"(?:^|[，。,；;\s])(奶奶|爷爷|阿婆|阿公|大爷|大妈|大伯|大娘|阿姨|婆婆|公公|师傅|老伯|依伯|孃孃|伯伯|叔叔|老师)(?![一-鿿]?家)"
)
_HOUSE = re.compile(r"(?:^|[，。,；;\s])([一-鿿])家(?![里人长])")

Told = tuple[int, Visit]


def visits_in(view: Window, line: Line) -> tuple[Visit, ...]:
    """The visits that a line of staff tells of. A room alone is one of the stair where the talk is, or of that which
    he went up just before."""
    if line.role in ("resident", "property") or not line.text:
        return ()
    setting = _setting(view, line)
    found = parse_visits(line.text, view.scene.estates, setting=setting, cared=view.scene.cared)
    # An answer to a card speaks of its ticket, unless he calls it a visit himself.
    return found if line.quotes is None or any(visit.tagged for visit in found) else ()


def _setting(view: Window, line: Line) -> Setting:
    """Where he is by the talk's place and by his own lines of the day before this one."""
    home = view.scene.home
    here, building, on_round = bool(home.building and home.unit), home.building, False
    since = line.sent_at - ROUND
    for old in reversed(view.scene.recent):
        if old.speaker != line.speaker or not since <= old.sent_at < line.sent_at:
            continue
        stair = stair_in(old.text)
        if stair is not None:
            building = building or stair.partition("-")[0]
            # He told of a door of some stair, so that a room alone is on it.
            here = here or _ROOM_FIRST.match(line.text) is not None
        if (
            line.sent_at - old.sent_at <= _NEXT_DOOR
            and (stair or _ROOM_FIRST.match(old.text))
            and _TELLS.search(old.text)
        ):
            on_round = True
    return Setting(here, building, not home.estate, on_round, bool(view.scene.villages))


def told_before(view: Window) -> list[Told]:
    """His earlier visits in this talk, newest first, each with its line."""
    found: list[Told] = []
    for old in view.own_lines(ROUND)[:_ROUND_LINES]:
        found += [(old.id, visit) for visit in visits_in(view, old)[::-1]]
    return found


def named_again(round_: list[Told], text: str) -> Told | None:
    """The visit whose door, person or firm a later line names (王老师女儿问…, 那403…, 宋家阁楼…, 老谭说…)."""
    for by in (_by_room, _by_person, _by_house, _by_title):
        found = by(round_, text)
        if found is not None:
            return found
    return None


def _by_room(round_: list[Told], text: str) -> Told | None:
    for told in round_:
        room = room_of(told[1].household)
        if (
            told[1].kind == "resident"
            and room[:1].isdecimal()
            and re.search(rf"(?<![\d-]){re.escape(room)}(?!\d)", text)
        ):
            return told
    return None


def _by_person(round_: list[Told], text: str) -> Told | None:
    for told in round_:
        visit = told[1]
        firm = visit.kind == "enterprise"
        first = visit.household[:2]
        names = (visit.household, first) if first[0] in "老小阿" or text.startswith(first) else (visit.household,)
        if any(len(name) > 1 and name in text for name in (*(names if firm else ()), visit.person or "")):
            return told
    return None


def _by_house(round_: list[Told], text: str) -> Told | None:
    for found in _HOUSE.finditer(text):
        for told in round_:
            if re.search(
                rf"{found[1]}(?:家|[大小老]?[一-鿿]{{0,1}}(?:奶奶|爷爷|婆婆?|阿?伯|叔|姨|师傅|老师))", told[1].note
            ):
                return told
    return None


def _by_title(round_: list[Told], text: str) -> Told | None:
    for found in _TITLE.finditer(text):
        fitting = [told for told in round_ if (told[1].person or "").endswith(found[1])]
        if len({told[1].household for told in fitting}) == 1:
            return fitting[0]
    return None


def on_round(view: Window, visit: Visit, round_: list[Told]) -> Visit:
    """With the stair and the estate in which his round was, where he leaves them out."""
    if visit.kind != "resident":
        return visit
    home = view.scene.home
    if not (is_whole(visit.household) or view.scene.villages) and not (home.building and home.unit):
        stairs = [before for _, before in round_ if before.kind == "resident" and before.household.count("-") == 2]
        same = [before for before in stairs if before.household.endswith(f"-{visit.household}")]
        if stairs and (same or not _stair_talked_of(view, visit.household)):
            stair = (same or stairs)[0]
            household = f"{stair.household.rpartition('-')[0]}-{visit.household}"
            return replace(visit, household=household, estate=visit.estate or _estate_of(stair, round_))
        if talked := _stair_talked_of(view, visit.household):
            visit = replace(visit, household=f"{talked}-{visit.household}")
            same = [before for before in stairs if before.household.startswith(f"{talked}-")]
            return replace(visit, estate=visit.estate or _estate_of(same[0], round_)) if same else visit
    estate = _estate_of(visit, round_) or _estate_talked_of(view) or _estate_of_building(view, visit)
    return replace(visit, estate=estate if home.estate else _in_full(estate, round_))


def _stair_talked_of(view: Window, room: str) -> str | None:
    """The stair of a room of which people here spoke in full, or of whose trouble there is a ticket."""
    wheres = [ticket.where for ticket in view.tickets.values() if view.here(ticket)]
    wheres += [old.reading.where for old in view.lately(ROUND, 40)]
    stairs = {f"{at.building}-{at.unit}" for at in wheres if at.room == room and at.building and at.unit}
    return stairs.pop() if len(stairs) == 1 else None


def _estate_talked_of(view: Window) -> str | None:
    """In a group of several estates, the one that all visits told here lately were in."""
    if view.scene.home.estate:
        return None
    named = {
        visit.estate
        for old in view.lately(ROUND, _ROUND_LINES)
        if old.role != "resident"
        for visit in visits_in(view, old)
        if visit.estate
    }
    return named.pop() if len(named) == 1 else None


def _estate_of_building(view: Window, visit: Visit) -> str | None:
    """In a group of several estates, the one whose building he spoke of just before (卫河小区3号楼都冷: 3-2-402)."""
    if view.scene.home.estate or visit.household.count("-") != 2:
        return None
    building = visit.household.partition("-")[0]
    wheres = [old.reading.where for old in view.own_lines(_NEXT_DOOR)]
    return next((at.estate for at in wheres if at.estate and at.building == building), None)


def _estate_of(visit: Visit, round_: list[Told]) -> str | None:
    return visit.estate or next((before.estate for _, before in round_ if before.estate), None)


def _in_full(estate: str | None, round_: list[Told]) -> str | None:
    """丰山 is the 丰山小区 that he named before."""
    longer = {
        said for _, visit in round_ if (said := visit.estate) and estate and said.startswith(estate) and said != estate
    }
    return longer.pop() if len(longer) == 1 else estate


def same_door(before: Visit, visit: Visit) -> bool:
    """A room alone is the same door as that room of any stair, whichever of the two was said in full."""
    if "号" in visit.household and before.estate and visit.estate and before.estate != visit.estate:
        return False  # two villages number their houses alike
    one, other = sorted((before.household, visit.household), key=len)
    return one == other or (visit.kind == before.kind == "resident" and fits(other, one))


def note(view: Window, visit: Visit, lines: tuple[int, ...]) -> Notes:
    """The entry of a visit, with those earlier `lines` that are of it."""
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
        gone=visit.gone,
    )
