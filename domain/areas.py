"""The tree of areas (区县 – 街道 – 社区 – 网格 – 小区 or 自然村 – 单元), and the groups that talk in them.

An area knows its way from the top as a path of ids, "/1/4/9/"; a tier belongs to a group, not to an area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from domain.messages import Address
from domain.reading import Tier, Where

AreaKind: TypeAlias = Literal["district", "street", "community", "grid", "estate", "village", "building", "unit"]
Audience: TypeAlias = Literal["residents", "staff"]

AREA_KINDS: tuple[AreaKind, ...] = get_args(AreaKind)
# What doors are numbered in: the houses of an estate with their rooms, the houses of a natural village (自然村).
ESTATES: frozenset[AreaKind] = frozenset({"estate", "village"})


@dataclass(frozen=True, slots=True)
class Area:
    """`code` is what people call it in numbers ("3-2" for 3幢2单元, "12" for a grid), `label` stands before
    ticket numbers of the community ("阳光"), `boundary` is a GeoJSON geometry as text."""

    id: int
    parent: int | None
    path: str
    kind: AreaKind
    code: str
    name: str
    label: str = ""
    boundary: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A room of a platform bound to an area. Quiet hours of its own where both are set; `capabilities` are
    what the channel found it can do there (edit, buttons, media)."""

    id: int
    channel: str
    chat: str
    thread: str | None
    area: int
    area_path: str
    tier: Tier
    audience: Audience
    name: str = ""
    quiet_from: time | None = None
    quiet_to: time | None = None
    capabilities: frozenset[str] = frozenset()

    @property
    def address(self) -> Address:
        return Address(self.channel, self.chat, self.thread)


def path_of(ids: Iterable[int]) -> str:
    """1, 4, 9 → "/1/4/9/"; none → "/"."""
    return "/" + "".join(f"{one}/" for one in ids)


# The rooms of an office stand on few paths, and each card asks which of them is nearest.
@lru_cache(maxsize=4096)
def ids_in(path: str) -> tuple[int, ...]:
    """ "/1/4/9/" → 1, 4, 9, from the top."""
    return tuple(int(part) for part in path.split("/") if part)


def contains(path: str, other: str) -> bool:
    """Whether the area of `path` is that of `other` or above it. "/1/4/" contains "/1/4/9/", not "/1/40/"."""
    return other.startswith(path)


def depth(path: str) -> int:
    """How many areas lead there; 0 for "/"."""
    return len(ids_in(path))


def nearest(
    groups: Iterable[Group], path: str, tier: Tier, audience: Audience, rank: Callable[[Group], int] | None = None
) -> Group | None:
    """The group of that tier and audience whose area is the closest one at or above `path`; of several there the one
    with the least rank, and of those the lowest id."""
    fitting = [g for g in groups if g.tier == tier and g.audience == audience and contains(g.area_path, path)]
    closest = max((depth(g.area_path) for g in fitting), default=0)
    there = [g for g in fitting if depth(g.area_path) == closest]
    if rank is None or len(there) < 2:
        return min(there, key=lambda g: g.id, default=None)
    return min(there, key=lambda g: (rank(g), g.id))


def place_of(chain: Sequence[Area]) -> Where:
    """What an area stands for as a place: the estate, building and unit among itself and those above it."""
    estate = building = unit = None
    for area in chain:
        if area.kind in ESTATES:
            estate = area.name
        elif area.kind == "building":
            building = area.code
        elif area.kind == "unit":
            first, _, last = area.code.rpartition("-")
            building, unit = first or building, last
    return Where(estate=estate, building=building, unit=unit)
