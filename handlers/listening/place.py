"""From a place as named to an area of the tree, and how a place is named where people live in villages."""

from __future__ import annotations

from datetime import datetime

from domain.areas import ESTATES, Area
from domain.reading import Reading, Tier, Where
from handlers.context import Context
from handlers.listening.story import Read
from nlu.villages import in_village
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


def villages_at(ctx: Context, seat: Seat | None, text: str = "") -> tuple[str, ...]:
    """The villages whose houses people mean here: that of the group, or those of a community that has nothing else;
    elsewhere those that the words name."""
    if seat is None or not seat.chain:
        return ()
    own = [area for area in seat.chain if area.kind in ESTATES]
    there = own[-1:] or ctx.store.areas.estates(seat.chain[-1].path)
    villages = [area.name for area in there if area.kind == "village"]
    if len(villages) < len(there):
        villages = [name for name in villages if name.removesuffix("村") in text]
    return tuple(villages)


def read_at(ctx: Context, seat: Seat | None) -> Read:
    """The office's reader, for what is said at this place of the tree."""

    def read(text: str, tier: Tier, at: datetime) -> Reading:
        villages = villages_at(ctx, seat, text)
        if not villages:
            return ctx.reader.read(text, tier=tier, sent_at=at)
        return in_village(lambda words: ctx.reader.read(words, tier=tier, sent_at=at), text, villages, at)

    return read


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
