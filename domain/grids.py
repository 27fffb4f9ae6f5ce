"""A tree of grids of another system laid beside our areas: what would be added, renamed, staffed, and what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from domain.areas import Area, AreaKind, contains
from domain.people import Post, Role

# WeCom's own limits (94478).
LONGEST_NAME = 30
MOST_LEVELS = 10

_KINDS: tuple[tuple[AreaKind, re.Pattern[str]], ...] = (
    ("street", re.compile(r"(?:街道|镇|乡)$")),
    ("community", re.compile(r"(?:社区|村|居委会|村委会)$")),
    ("grid", re.compile(r"网格")),
    ("unit", re.compile(r"单元$")),
    ("building", re.compile(r"(?:幢|栋|号楼)$")),
    ("estate", re.compile(r"(?:小区|花园|新村|家园|公寓|苑|里|园|府|庭)$")),
)
_LEADS = {"community": Role.COMMUNITY_STAFF, "street": Role.STREET_DUTY, "district": Role.DISTRICT_ADMIN}


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid there: `parent` is empty for the topmost; `admins` and `members` are user ids."""

    id: str
    name: str
    parent: str
    admins: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


Kind: TypeAlias = Literal["add", "rename", "tie", "appoint", "gone", "unknown", "fault"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. add: a new area `name` of `kind` below the area of grid `parent`. rename: `area` is called `name`
    there. tie: `area` is that grid. appoint: `person` gets `role` there. gone: `area` is no grid any more. unknown:
    `name` is a user id of nobody. fault: `name` says what is wrong, and nothing is applied."""

    what: Kind
    grid: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    area: int | None = None
    person: int | None = None
    role: Role | None = None
    old: str = ""


def compare(
    grids: Sequence[Grid],
    under: Area,
    areas: Iterable[Area],
    tied: Mapping[str, int],
    persons: Mapping[str, int],
    posts: Iterable[Post],
) -> list[Change]:
    """What an import would change, parents before their children. The topmost grid is `under`; another one is the area
    that it was tied to before, else the one child of its parent with the same name, else a new area. `tied` is grid id
    → area id, `persons` user id → person id."""
    ordered, faults = _in_order(grids)
    if faults:
        return faults
    below = {area.id: area for area in areas if contains(under.path, area.path)}
    held = {(post.person, post.area, post.role) for post in posts}
    found: list[Change] = []
    there: dict[str, Area | None] = {}
    for grid in ordered:
        top = not grid.parent
        area = under if top else _area_of(grid, there.get(grid.parent), below, tied)
        there[grid.id] = area
        if area is None:
            found.append(Change("add", grid.id, grid.name, kind_of(grid.name), grid.parent))
        else:
            if tied.get(grid.id) != area.id:
                found.append(Change("tie", grid.id, area.name, area=area.id))
            if area.name != grid.name and not top:
                found.append(Change("rename", grid.id, grid.name, area=area.id, old=area.name))
        found += _staff(grid, area, persons, held)
    ids = {grid.id for grid in grids}
    depths = {grid: len(below[area].path) for grid, area in tied.items() if area in below}
    found += [
        Change("gone", grid, below[tied[grid]].name, area=tied[grid])
        for grid in sorted(depths, key=lambda one: (-depths[one], one))
        if grid not in ids and tied[grid] != under.id
    ]
    return found


def kind_of(name: str) -> AreaKind:
    """Which kind of area it is called: WeCom's grids have none."""
    return next((kind for kind, ends in _KINDS if ends.search(name)), "grid")


def _staff(grid: Grid, area: Area | None, persons: Mapping[str, int], held: set[tuple[int, int, Role]]) -> list[Change]:
    kind = area.kind if area is not None else kind_of(grid.name)
    role = _LEADS.get(kind, Role.GRID_WORKER)
    found = []
    for user in dict.fromkeys((*grid.admins, *grid.members)):
        person = persons.get(user)
        if person is None:
            found.append(Change("unknown", grid.id, user))
        elif kind != "district" and (area is None or (person, area.id, role) not in held):
            # Who runs the topmost grid in WeCom is not thereby in charge of a whole district here.
            found.append(Change("appoint", grid.id, user, area=area.id if area else None, person=person, role=role))
    return found


def _area_of(grid: Grid, parent: Area | None, below: Mapping[int, Area], tied: Mapping[str, int]) -> Area | None:
    known = below.get(tied.get(grid.id, 0))
    if known is not None or parent is None:
        return known
    named = [area for area in below.values() if area.name == grid.name and contains(parent.path, area.path)]
    taken = {area for one, area in tied.items() if one != grid.id}
    free = [area for area in named if area.id not in taken and area.id != parent.id]
    return free[0] if len(free) == 1 else None


def _in_order(grids: Sequence[Grid]) -> tuple[list[Grid], list[Change]]:
    """Parents first; faults where it is no tree, too deep, or a name too long."""
    by_parent: dict[str, list[Grid]] = {}
    for grid in grids:
        by_parent.setdefault(grid.parent, []).append(grid)
    faults = [
        Change("fault", grid.id, f"{grid.name[:40]!r} has no name of 1 to {LONGEST_NAME} characters")
        for grid in grids
        if not 1 <= len(grid.name) <= LONGEST_NAME
    ]
    if len(by_parent.get("", [])) != 1:
        faults.append(Change("fault", name=f"there are {len(by_parent.get('', []))} topmost grids instead of one"))
    ordered: list[Grid] = []
    level = by_parent.get("", [])
    depth = 0
    while level and depth < MOST_LEVELS:
        ordered += level
        level = [child for grid in level for child in by_parent.get(grid.id, [])]
        depth += 1
    if level:
        faults.append(Change("fault", level[0].id, f"{level[0].name!r} lies deeper than {MOST_LEVELS} levels"))
    if len(ordered) < len(grids) and not level:
        lost = next(grid for grid in grids if grid not in ordered)
        faults.append(Change("fault", lost.id, f"{lost.name!r} hangs on a grid that is not there"))
    return ordered, faults
