"""Whose lists somebody has today: his own, and those of whom he stands in for."""

from __future__ import annotations

from datetime import date

from domain.visits import Cared
from handlers.context import Context


def stood_in_for(ctx: Context, person: int, day: date) -> list[int]:
    """Whose list of that day he was given."""
    return [leave.person for leave in ctx.store.leaves.of_deputy(person, day)]


def cared_by(ctx: Context, person: int, day: date) -> tuple[Cared, ...]:
    """Whom he looks after that day, by name."""
    lists = [person, *stood_in_for(ctx, person, day)]
    return tuple(dict.fromkeys(one for his in lists for one in ctx.store.visits.cared_for(his, day)))
