"""Which grid of another system is which of our areas, and putting a compared tree in place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import IntegrityError

from domain.areas import Area
from domain.grids import Change, Grid, compare
from domain.people import Role
from storage.store import Store
from storage.tables import accounts, areas, posts

# Staff of a corp are known by one user id in all its apps.
STAFF_CHANNELS = ("wecom_app", "wecom_aibot")
TIE = "grid:"
LONGEST_CODE = 32


def plan(store: Store, channel: str, grids: Sequence[Grid], under: Area, now: datetime) -> list[Change]:
    """What an import of the tree would change; nothing is written."""
    connection = store.connection
    return compare(
        grids,
        under,
        store.areas.below(under.path),
        _tied(store, channel, now),
        _persons(connection),
        store.people.posts_in(list(Role)),
    )


def put_in_place(
    store: Store, channel: str, changes: Sequence[Change], under: Area, now: datetime, *, prune: bool
) -> int:
    """Applies a plan made in this same transaction. Areas that are gone go only with `prune`, and only where nothing
    hangs on them. How many changes were made."""
    made: dict[str, int] = {}
    tied = _tied(store, channel, now)
    count = 0
    for change in changes:
        area = change.area or made.get(change.grid)
        match change.what:
            case "add":
                parent = made.get(change.parent) or tied.get(change.parent) or under.id
                area = store.areas.add(parent, change.kind, _code(change.grid), change.name).id
                made[change.grid] = area
                store.channel_state.set(channel, TIE + change.grid, str(area))
            case "tie" if area is not None:
                tied[change.grid] = area
                store.channel_state.set(channel, TIE + change.grid, str(area))
                continue
            case "rename" if area is not None:
                store.connection.execute(update(areas).where(areas.c.id == area).values(name=change.name))
            case "appoint" if area is not None and change.person is not None and change.role is not None:
                store.people.appoint(change.person, area, change.role, now)
            case "gone" if prune and area is not None:
                if not _take_away(store, area):
                    continue
                store.channel_state.delete(channel, TIE + change.grid)
            case _:
                continue
        count += 1
    return count


def _take_away(store: Store, area: int) -> bool:
    """Deletes it and its posts; False where tickets, groups or households are tied to it. Then all of it stays."""
    try:
        with store.savepoint():
            store.connection.execute(delete(posts).where(posts.c.area_id == area))
            store.connection.execute(delete(areas).where(areas.c.id == area))
    except IntegrityError:
        return False
    return True


def _tied(store: Store, channel: str, now: datetime) -> dict[str, int]:
    state = store.channel_state
    found = {name: state.get(channel, name, now) for name in state.names(channel, TIE)}
    return {name.removeprefix(TIE): int(area) for name, area in found.items() if area is not None}


def _persons(connection: Connection) -> dict[str, int]:
    rows = connection.execute(
        select(accounts.c.user_id, accounts.c.person_id).where(
            accounts.c.channel.in_(STAFF_CHANNELS), accounts.c.person_id.is_not(None)
        )
    )
    return {row.user_id: row.person_id for row in rows}


def _code(grid: str) -> str:
    return grid if len(grid) <= LONGEST_CODE else hashlib.sha256(grid.encode()).hexdigest()[:LONGEST_CODE]
