"""From a place as named to an area of the tree."""

from __future__ import annotations

from domain.areas import ESTATES, Area
from domain.reading import Where
from handlers.context import Context
from storage.areas import Seat


def area_of(ctx: Context, seat: Seat, where: Where) -> int:
    """The closest area that the words name: a unit, an estate; else where the speaker is."""
    here = seat.chain[-1]
    root = _root(seat)
    estates = ctx.store.areas.estates(root.path)
    named = [area for area in estates if where.estate and (where.estate in area.name or area.name in where.estate)]
    own = [area for area in seat.chain if area.kind in ESTATES]
    within = (named or own or (estates if len(estates) == 1 else []))[:1]
    if not within:
        return here.id
    if where.building is None:
        return within[0].id if named and within[0] not in seat.chain else here.id
    inside = {(area.kind, area.code): area.id for area in ctx.store.areas.below(within[0].path)}
    unit = inside.get(("unit", f"{where.building}-{where.unit}"))
    return unit or inside.get(("building", where.building)) or within[0].id


def _root(seat: Seat) -> Area:
    """The community, or the highest area there is."""
    return next((area for area in seat.chain if area.id == seat.community), seat.chain[0])


def named_seat(ctx: Context, estate: str | None) -> Seat | None:
    """The place of an estate as somebody names it of whom nothing is known; None where none or several are meant."""
    if not estate:
        return None
    estates = ctx.store.areas.estates("/")
    exact = [area for area in estates if area.name == estate]
    named = exact or [area for area in estates if estate in area.name or area.name in estate]
    return ctx.store.areas.seat(named[0].path) if len(named) == 1 else None
