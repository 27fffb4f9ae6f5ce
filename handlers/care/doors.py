"""Which household a worker means, and a new file for one that is not known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.archive import Household, HouseholdKey
from domain.areas import Area
from domain.errors import Refused
from domain.reading import Where
from handlers.context import Context, Speaker


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
    paths = _paths(ctx, speaker)
    named = _estates(ctx, paths, estate)
    code = said.removeprefix(estate or "").strip()
    if estate and not named and not _at_home(speaker):
        return Door()  # a door of an estate that nobody has entered is not the same door of another
    for path in [area.path for area in named] or paths:
        found = ctx.store.households.find(path, code) or _without_unit(ctx, path, code)
        if found:
            return _choose(ctx, speaker, found, person)
    return _open_file(ctx, speaker, code, named) if make else Door()


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
    return tuple(area.name for area in ctx.store.areas.below(top, "estate"))


def find_firm(ctx: Context, speaker: Speaker, name: str) -> Door:
    """A firm by its name; firms get a file only by hand, since names are easily misheard."""
    for path in _paths(ctx, speaker):
        found = [one for one in ctx.store.households.find(path, name) if one.key == name]
        if found:
            return _choose(ctx, speaker, found, None)
    return Door()


def _paths(ctx: Context, speaker: Speaker) -> list[str]:
    """Where to look, the nearest first: the unit or estate of the group, his own areas, his community."""
    paths: list[str] = []
    if speaker.group is not None and speaker.group.tier == "unit":
        chain = speaker.seat.chain if speaker.seat is not None else ()
        paths += [area.path for area in chain if area.kind == "estate"] or [speaker.group.area_path]
    paths += [post.area_path for post in speaker.actor.posts]
    if speaker.seat is not None:
        # In a room of the whole district any door may be meant; elsewhere not those of other communities.
        wide = speaker.group is not None and speaker.group.tier == "district"
        kinds = ("community", "district") if wide else ("community",)
        paths += [area.path for area in reversed(speaker.seat.chain) if area.kind in kinds]
    return list(dict.fromkeys(paths))


def _estates(ctx: Context, paths: list[str], name: str | None) -> list[Area]:
    if not name:
        return []
    for path in paths:
        found = [one for one in ctx.store.areas.below(path, "estate") if name in one.name or one.name in name]
        if found:
            return found
    return []


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
    return Door(choices=tuple(f"{one.estate}{one.key}" for one in found[:6]))


def _open_file(ctx: Context, speaker: Speaker, code: str, named: list[Area]) -> Door:
    try:
        door = HouseholdKey.parse(code)
    except Refused:
        return Door()
    estates = named or _own_estates(ctx, speaker)
    if len(estates) != 1:
        return Door(choices=tuple(f"{one.name}{door}" for one in estates[:6]))
    area = ctx.store.households.area_for(estates[0].path, door)
    return Door(ctx.store.households.add(area, str(door), ctx.now), created=True)


def _at_home(speaker: Speaker) -> bool:
    """The talk is in one estate: a name that is none of ours is rather misheard."""
    chain = speaker.seat.chain if speaker.group is not None and speaker.seat is not None else ()
    return any(area.kind == "estate" for area in chain)


def _own_estates(ctx: Context, speaker: Speaker) -> list[Area]:
    chain = speaker.seat.chain if speaker.group is not None and speaker.seat is not None else ()
    here = [area for area in chain if area.kind == "estate"]
    if here:
        return here
    areas = {one.id: one for post in speaker.actor.posts for one in ctx.store.areas.below(post.area_path, "estate")}
    return list(areas.values())
