"""Where somebody who writes in private belongs: his door, the group he was last heard in, or where he last reported."""

from __future__ import annotations

from domain.archive import Household
from domain.people import Account, Actor
from handlers.context import Context, Speaker
from storage.areas import Seat


def seat_of(ctx: Context, account: Account, actor: Actor) -> Seat | None:
    """A resident's place in the tree; None where nothing tells."""
    home = home_of(ctx, actor)
    if home is not None:
        return ctx.store.areas.seat(ctx.store.areas.get(home.area).path)
    if account.last_group is not None:
        return ctx.store.areas.seat(ctx.store.areas.group(account.last_group).area_path)
    area = ctx.store.tickets.last_area_of(account.id)
    return ctx.store.areas.seat(ctx.store.areas.get(area).path) if area is not None else None


def home_of(ctx: Context, actor: Actor) -> Household | None:
    """The door of a bound resident; else that of the one person for whom he speaks."""
    own = ctx.store.households.home_of(actor.person) if actor.person is not None else None
    if own is not None or len(actor.kin) != 1:
        return own
    return ctx.store.households.home_of(actor.kin[0])


def home_of_speaker(ctx: Context, speaker: Speaker) -> Household | None:
    """His door, as far as it completes what he says: in private, and not where he speaks as a worker."""
    if not speaker.private or speaker.actor.posts:
        return None
    return home_of(ctx, speaker.actor)
