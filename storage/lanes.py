"""Lanes: whose talk is handled in order. A lane is a community, or a district for talk above its communities.

On PostgreSQL a lane is an advisory lock, the first statement of a transaction. A district's work takes the district's
lock, then its communities' in sorted order. SQLite has one writer, and needs none of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, and_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError

from storage.tables import accounts, areas, groups, households, kin, posts, residents

# What else locks in this database by number stays below.
_ROOM = 0x6D71 << 40

# serialization_failure, deadlock_detected, lock_not_available: done again, it may well succeed.
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})

_above, _below, _seat = areas.alias("above"), areas.alias("below"), areas.alias("seat")
_COMMUNITIES = (
    select(_above.c.id.label("district"), _below.c.id)
    .join(_below, and_(_below.c.kind == "community", _below.c.path.like(_above.c.path + "%")))
    .where(_above.c.kind == "district", _above.c.id.in_(bindparam("lanes", expanding=True)))
)

_KEYS = func.unnest(bindparam("keys", type_=ARRAY(BigInteger))).column_valued("key")
_SORTED = select(_KEYS).order_by(_KEYS).subquery()
_LOCK = select(func.count(func.pg_advisory_xact_lock(_SORTED.c.key)))
_TRY_LOCK = select(func.pg_try_advisory_xact_lock(bindparam("key", type_=BigInteger)))

_ACCOUNT = (
    select(
        accounts.c.id,
        accounts.c.person_id,
        func.coalesce(groups.c.community_id, groups.c.district_id).label("heard_in"),
    )
    .select_from(accounts.outerjoin(groups, groups.c.id == accounts.c.last_group_id))
    .where(accounts.c.channel == bindparam("in"), accounts.c.private_chat == bindparam("room"))
)
_SEATS = (
    select(_seat.c.id, _seat.c.kind)
    .select_from(posts.join(areas, areas.c.id == posts.c.area_id))
    .join(_seat, and_(areas.c.path.like(_seat.c.path + "%"), _seat.c.kind.in_(("district", "community"))))
    .where(posts.c.person_id == bindparam("of"), posts.c.until.is_(None))
    .distinct()
)
_HOMES = (
    select(households.c.community_id)
    .select_from(residents.join(households, households.c.id == residents.c.household_id))
    .where(
        or_(
            residents.c.person_id == bindparam("person"),
            residents.c.person_id.in_(select(kin.c.person_id).where(kin.c.account_id == bindparam("of"))),
        )
    )
    .distinct()
    .limit(2)
)


def locks_of(connection: Connection, lanes: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What work in these lanes locks: the lanes that are first locked, and the communities below them."""
    below = {row.id for row in connection.execute(_COMMUNITIES, {"lanes": list(lanes)})}
    return tuple(sorted(set(lanes) - below)), tuple(sorted(below))


def lock(connection: Connection, lanes: Sequence[int], below: Sequence[int]) -> None:
    """Wait for the locks, and hold them to the end of the transaction."""
    for some in (lanes, below):
        if some:
            connection.execute(_LOCK, {"keys": [_ROOM | lane for lane in some]})


def try_lock(connection: Connection, lanes: Sequence[int], below: Sequence[int]) -> bool:
    """Hold the locks unless somebody works in these lanes; for the communities of a district it is worth a wait."""
    for lane in lanes:
        if not connection.execute(_TRY_LOCK, {"key": _ROOM | lane}).scalar_one():
            return False
    lock(connection, (), below)
    return True


def is_conflict(error: BaseException) -> bool:
    """Two transactions were in each other's way: nothing is wrong with the work, it is to be done again."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _CONFLICTS


def lane_of_private(connection: Connection, channel: str, chat: str) -> int | None:
    """Somebody's private chat belongs to the community where he works (to the district, if in several), else to that
    where he lives (or those for whom he speaks), else to that where he was last heard; None when that is not known."""
    account = connection.execute(_ACCOUNT, {"in": channel, "room": chat}).first()
    if account is None:
        return None
    if account.person_id is not None:
        seats = connection.execute(_SEATS, {"of": account.person_id}).all()
        communities = [seat.id for seat in seats if seat.kind == "community"]
        districts = [seat.id for seat in seats if seat.kind == "district"]
        for found in (communities, districts):
            if len(found) == 1:
                return int(found[0])
    homes = connection.execute(_HOMES, {"person": account.person_id, "of": account.id}).scalars().all()
    if len(homes) == 1:
        return int(homes[0])
    heard: int | None = account.heard_in
    return heard
