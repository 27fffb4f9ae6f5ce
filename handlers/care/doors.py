"""Which household a worker means, and a new file for one that is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from domain.archive import Household, HouseholdKey, in_village
from domain.areas import ESTATES, Area, ids_in
from domain.errors import Refused
from domain.reading import Where
from handlers.context import Context, Speaker

# Doors named at most when he is asked.
_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Door:
    """`household` None where it cannot be told; then `choices` names those that may be meant ("锦园8-1-101")."""

    household: Household | None = None
    created: bool = False
    choices: tuple[str, ...] = ()


def find_door(
    ctx: Context, speaker: Speaker, said: str, estate: str | None, person: str | None = None, *, make: bool = True
) -> Door:
    """A door as said ("3-2-402", "3-402", "402"); `make`: one that is well-formed and unknown gets a file."""
    near = _near(ctx, speaker)
    named = _estates(ctx, near, estate)
    code = said.removeprefix(estate or "").strip()
    if estate and not named and not _at_home(speaker):
        return Door()  # a door of an estate that nobody has entered is not the same door of another
    for paths in [[area.path for area in named]] if named else near:
        if found := _called(ctx, paths, code):
            if _of_another_building(found[0], code):
                return _unsure(ctx, paths, found, person, code)
            return _choose(ctx, speaker, found, person)
    if make:
        return _open_file(ctx, speaker, code, named)
    return Door()


def place_of(household: Household) -> Where:
    """Where a door is."""
    try:
        at = HouseholdKey.parse(household.key).where
    except Refused:
        return Where(estate=household.estate or None, place=household.key)
    return replace(at, estate=household.estate or None)


def estate_names(ctx: Context, speaker: Speaker) -> tuple[str, ...]:
    """The estates that the speaker may name."""
    top = speaker.seat.chain[0].path if speaker.seat is not None and speaker.seat.chain else "/"
    return tuple(area.name for area in ctx.store.areas.estates(top))


def find_firm(ctx: Context, speaker: Speaker, name: str) -> Door:
    """A firm by its name; firms get a file only by hand, since names are easily misheard."""
    for paths in _near(ctx, speaker):
        if found := [one for one in _called(ctx, paths, name) if one.key == name]:
            return _choose(ctx, speaker, found, None)
    return Door()


def _near(ctx: Context, speaker: Speaker) -> list[list[str]]:
    """Where to look, the nearest first: the unit or estate of the group, his own areas, his community. Two grids of
    his are equally near."""
    near: list[list[str]] = []
    if speaker.group is not None and speaker.group.tier == "unit":
        chain = speaker.seat.chain if speaker.seat is not None else ()
        near += [[area.path] for area in chain if area.kind in ESTATES] or [[speaker.group.area_path]]
    own = sorted({post.area_path for post in speaker.actor.posts}, key=_depth, reverse=True)
    near += [list(paths) for _, paths in groupby(own, _depth)]
    if speaker.seat is not None:
        # In a room of the whole district any door may be meant; elsewhere not those of other communities.
        wide = speaker.group is not None and speaker.group.tier == "district"
        kinds = ("community", "district") if wide else ("community",)
        near += [[area.path] for area in reversed(speaker.seat.chain) if area.kind in kinds]
    return near


def _depth(path: str) -> int:
    return len(ids_in(path))


def _estates(ctx: Context, near: list[list[str]], name: str | None) -> list[Area]:
    """Those called so, else those of which it is a part (锦园 of 锦园一期 and 锦园二期), else the one that it names in
    more words (锦园小区)."""
    if not name:
        return []
    for paths in near:
        there = {one.id: one for path in paths for one in ctx.store.areas.estates(path)}.values()
        if found := [one for one in there if one.name == name] or [one for one in there if name in one.name]:
            return found
        within = [one for one in there if one.name in name]
        if within:
            longest = max(len(one.name) for one in within)
            return [one for one in within if len(one.name) == longest]
    return []


def _called(ctx: Context, paths: Sequence[str], code: str) -> list[Household]:
    """The doors of that code in these areas; 3-402 is building 3 before it is unit 3 of another building."""
    doors = {one.id: one for path in paths for one in ctx.store.households.find(path, code)}
    if not doors and (house := in_village(code)) != code:
        doors = {one.id: one for path in paths for one in ctx.store.households.find(path, house)}
    if exact := [one for one in doors.values() if one.key == code]:
        return exact
    without = {one.id: one for path in paths for one in _without_unit(ctx, path, code)}
    return list((without or doors).values())


def _without_unit(ctx: Context, path: str, code: str) -> list[Household]:
    """3-402 where the doors are called 3-2-402."""
    try:
        door = HouseholdKey.parse(code)
    except Refused:
        return []
    if door.unit is not None:
        return []
    doors = ctx.store.households.within(path)
    return [one for one in doors if one.key.startswith(f"{door.building}-") and one.key.endswith(f"-{door.room}")]


def _choose(ctx: Context, speaker: Speaker, found: list[Household], person: str | None) -> Door:
    """Of several doors the one where he has a plan, or where somebody of that name lives."""
    if len(found) > 1 and speaker.actor.person is not None:
        day = ctx.now.astimezone(ctx.settings.office.tz).date()
        his = {plan.household_id for plan in ctx.store.visits.of_worker(speaker.actor.person, day)}
        found = [one for one in found if one.id in his] or found
    if len(found) > 1 and person:
        found = [one for one in found if ctx.store.households.resident_called(one.id, person)] or found
    if len(found) == 1:
        return Door(found[0])
    return Door(choices=_in_full(found)[:_OFFERED])


def _in_full(doors: Iterable[Household]) -> tuple[str, ...]:
    return tuple(f"{one.estate}{one.key}" for one in doors)


def _of_another_building(door: Household, code: str) -> bool:
    """5-3-402, found by its end where 3-402 was said."""
    return code.count("-") == 1 and door.key.count("-") == 2 and door.key.endswith(f"-{code}")


def _unsure(ctx: Context, paths: Sequence[str], found: list[Household], person: str | None, code: str) -> Door:
    """It is the one where somebody of that name lives; else it may as well be a door of building 3 without a file."""
    living = [one for one in found if person and ctx.store.households.resident_called(one.id, person)]
    if len(living) == 1:
        return Door(living[0])
    stairs = _stairs([one for path in paths for one in ctx.store.households.within(path)], code)
    return Door(choices=(*stairs, *_in_full(found))[:_OFFERED])


def _open_file(ctx: Context, speaker: Speaker, code: str, named: list[Area]) -> Door:
    try:
        door = HouseholdKey.parse(code)
    except Refused:
        return Door()
    estates = named or _own_estates(ctx, speaker)
    if estates and all(one.kind == "village" for one in estates):
        door = HouseholdKey.parse(in_village(code))
    estates = [one for one in estates if door.of_village <= (one.kind == "village")]
    if len(estates) != 1:
        return Door(choices=tuple(f"{one.name}{door}" for one in estates[:_OFFERED]))
    if stairs := _stairs(ctx.store.households.within(estates[0].path), str(door)):
        return Door(choices=stairs[:_OFFERED])
    area = ctx.store.households.area_for(estates[0].path, door)
    return Door(ctx.store.households.add(area, str(door), ctx.now), created=True)


def _stairs(doors: Iterable[Household], code: str) -> tuple[str, ...]:
    """Where the doors of building 3 have units: what 3-901 may be."""
    building, _, room = code.partition("-")
    if "-" in room:
        return ()
    keys = [(one.estate, one.key.split("-")) for one in doors]
    there = [f"{estate}{building}-{key[1]}-{room}" for estate, key in keys if len(key) == 3 and key[0] == building]
    return tuple(dict.fromkeys(there))


def _at_home(speaker: Speaker) -> bool:
    """The talk is in one estate: a name that is none of ours is rather misheard."""
    chain = speaker.seat.chain if speaker.group is not None and speaker.seat is not None else ()
    return any(area.kind in ESTATES for area in chain)


def _own_estates(ctx: Context, speaker: Speaker) -> list[Area]:
    chain = speaker.seat.chain if speaker.group is not None and speaker.seat is not None else ()
    here = [area for area in chain if area.kind in ESTATES]
    if here:
        return here
    areas = {one.id: one for post in speaker.actor.posts for one in ctx.store.areas.estates(post.area_path)}
    return list(areas.values())
