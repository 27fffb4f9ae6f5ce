"""Doors of a village that were entered before it was one: outside estates, or with a dash (3-12 for 3组12号)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from domain.archive import HouseholdKey, dashed
from domain.errors import Refused
from storage.importing.places import Places
from storage.importing.rows import Row

Door: TypeAlias = tuple[int, str, str]
# A row that names a door which is not there yet: its area, its key, and the names the file has of those who live there.
Claim: TypeAlias = tuple[int, Door, frozenset[str]]


def house_of(places: Places, area: int, code: str) -> str:
    """Its own village or community left out of what stands on the plate: 3组12号 of 上王村3组12号."""
    above = places.above(area)
    names = (above[kind]["name"] for kind in ("estate", "community") if kind in above)
    return next((code.removeprefix(name) for name in names if code != name and code.startswith(name)), code)


def wrong_house(places: Places, area: int, code: str) -> str | None:
    """What is wrong with the code of a new home: of another village's, or with a dash where there are no buildings."""
    try:
        key = HouseholdKey.parse(code)
    except Refused:
        return "other_village"
    estate = places.above(area).get("estate")
    of_village = estate is not None and estate["kind"] == "village"
    return "village_door" if of_village and not key.of_village and key.unit is None else None


def older(places: Places, area: int, door: Door) -> list[Door]:
    """The keys by which a door of this village may be known already, the likeliest first."""
    community, estate, code = door
    village = places.above(area).get("estate")
    if village is None or village["kind"] != "village":
        return [(community, estate, one) for one in dashed(code)]
    codes = (code, *dashed(code))
    return [(community, of, one) for of in (estate, "") for one in codes if (of, one) != (estate, code)]


def taken_over(
    claims: Sequence[Claim], places: Places, doors: dict[Door, int], said: set[Door], living: dict[int, set[str]]
) -> dict[Door, int]:
    """Which of the doors that the file adds is which of those that are there. A door outside estates may be that of
    several villages below its area: then it is the one where the file knows somebody who lives there."""
    rows = places.world.rows
    wanted: dict[Door, list[Claim]] = {}
    for area, door, names in claims:
        for old in older(places, area, door):
            if old not in doors or old in said:
                continue
            there = rows["areas"][rows["households"][doors[old]]["area_id"]]["path"]
            here = rows["areas"][area]["path"]
            if old[1] or here.startswith(there) or there.startswith(here):
                wanted.setdefault(old, []).append((area, door, names))
                break
    found = {}
    for old, several in wanted.items():
        known = [one for one in several if one[2] & living.get(doors[old], set())]
        fitting = several if len(several) == 1 else known
        if len(fitting) == 1:
            found[fitting[0][1]] = doors[old]
    return found


def names_said(doors: Sequence[tuple[Row, Door | None]]) -> dict[Door, frozenset[str]]:
    """Who lives where by the file."""
    found: dict[Door, frozenset[str]] = {}
    for row, door in doors:
        if door is not None and row.get("name") is not None:
            found[door] = found.get(door, frozenset()) | {row.get("name").name}
    return found
