"""Lanes: whose talk is handled in order. A lane is a community, or a district for talk above its communities.

On PostgreSQL a lane is an advisory lock, the first statement of a transaction. A district has a gate besides: work in
its communities passes it together (a shared lock), its own work closes it. SQLite has one writer, and needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, BindParameter, Connection, String, and_, bindparam, case, false, func, or_, select
from sqlalchemy.exc import DBAPIError

from storage.driver import plain
from storage.prepared import Prepared
from storage.tables import accounts, areas, groups, households, kin, posts, residents
from storage.tables.columns import written

# Called with a lane that is in hand and whose work has to wait yet.
Beforehand: TypeAlias = Callable[[int], None]

# What else locks in this database by number stays below.
_ROOM = 0x6D71 << 40
_GATE = 0x6D72 << 40

# serialization_failure, deadlock_detected, lock_not_available: done again, it may well succeed.
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})

_lane, _above, _seat = areas.alias("lane"), areas.alias("above"), areas.alias("seat")
_LANES: BindParameter[Any] = bindparam("lanes", expanding=True)
_DISTRICTS = Prepared(
    select(_lane.c.id, _above.c.id.label("district"))
    .select_from(_lane.join(_above, and_(_above.c.kind == written("district"), _lane.c.path.like(_above.c.path + "%"))))
    .where(_lane.c.id.in_(_LANES)),
    "lanes",
)

_KEY, _AT = bindparam("key", type_=BigInteger), bindparam("gate", type_=BigInteger)
_LOCK = Prepared(select(func.pg_advisory_xact_lock(_KEY)))
_CLOSE = Prepared(select(func.pg_advisory_xact_lock(_AT)))
_PASS = Prepared(select(func.pg_advisory_xact_lock_shared(_AT)))
_LIMIT = Prepared(select(func.set_config("lock_timeout", bindparam("limit", type_=String), True)))
_TRY_LOCK = Prepared(select(func.pg_try_advisory_xact_lock(_KEY)))
_TRY_BOTH = Prepared(
    select(case((func.pg_try_advisory_xact_lock_shared(_AT), func.pg_try_advisory_xact_lock(_KEY)), else_=false()))
)

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


@dataclass(frozen=True, slots=True)
class Locks:
    """What work locks, by ids of areas: its lanes, and the gates of districts, passed with others or closed for it."""

    lanes: tuple[int, ...]
    passed: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()


def locks_of(connection: Connection, lanes: Sequence[int]) -> Locks:
    """Those of work in all these lanes."""
    each = locks_of_each(connection, lanes)
    closed = {district for one in each for district in one.closed}
    passed = {district for one in each for district in one.passed} - closed
    return Locks(tuple(sorted(set(lanes))), tuple(sorted(passed)), tuple(sorted(closed)))


def locks_of_each(connection: Connection, lanes: Sequence[int]) -> list[Locks]:
    """Those of work in one lane, for each of these. A lane outside every district has no gate."""
    above = {row.id: row.district for row in _DISTRICTS.all(connection, {"lanes": list(lanes)})} if lanes else {}
    return [
        Locks((lane,)) if (at := above.get(lane)) is None
        else Locks((lane,), closed=(at,)) if at == lane
        else Locks((lane,), passed=(at,))
        for lane in lanes
    ]  # fmt: skip


def lock(connection: Connection, locks: Locks) -> None:
    """Wait for them, and hold them to the end of the transaction. Everybody takes districts first, then gates, then
    communities, each by their numbers, so that nobody waits in a circle."""
    lanes = sorted(locks.lanes)
    for district in [lane for lane in lanes if lane in locks.closed]:
        _LOCK.scalar(connection, {"key": _ROOM | district})
    for gate in sorted((*locks.passed, *locks.closed)):
        (_CLOSE if gate in locks.closed else _PASS).scalar(connection, {"gate": _GATE | gate})
    for lane in [lane for lane in lanes if lane not in locks.closed]:
        _LOCK.scalar(connection, {"key": _ROOM | lane})


def try_lock(connection: Connection, locks: Locks, beforehand: Beforehand | None = None) -> bool:
    """Hold those of one lane unless somebody works in it, or in its district or waits to do so; until the communities
    of a district are through its gate it is worth a wait, for nobody begins there meanwhile; what can be done
    `beforehand` is done then. Without the lane at most a gate is passed, which keeps nobody from another lane."""
    [lane] = locks.lanes
    if locks.passed:
        [gate] = locks.passed
        return bool(_TRY_BOTH.scalar(connection, {"key": _ROOM | lane, "gate": _GATE | gate}))
    if not try_lane(connection, locks):
        return False
    for gate in locks.closed:
        _wait(_CLOSE, connection, gate, lane, beforehand)
    return True


def try_lane(connection: Connection, locks: Locks) -> bool:
    """Hold one lane unless somebody works in it, whatever may be at work in its district. Who holds a lane so and waits
    at its gate must not wait for long (`limit_waits`): all others take them the other way round."""
    [lane] = locks.lanes
    return bool(_TRY_LOCK.scalar(connection, {"key": _ROOM | lane}))


def pass_gate(connection: Connection, locks: Locks, beforehand: Beforehand | None = None) -> None:
    """Wait until the district of one community is through, and keep it waiting from then on."""
    [lane] = locks.lanes
    for gate in locks.passed:
        _wait(_PASS, connection, gate, lane, beforehand)


def _wait(lock: Prepared, connection: Connection, gate: int, lane: int, beforehand: Beforehand | None) -> None:
    """In line from the first moment on, whatever is done meanwhile."""
    values = {"gate": _GATE | gate}
    if beforehand is None:
        lock.scalar(connection, values)
    else:
        with lock.meanwhile(connection, values):
            beforehand(lane)


def limit_waits(connection: Connection, seconds: float) -> None:
    """For the rest of the transaction, whoever waits longer for a lock fails (`is_conflict`)."""
    _LIMIT.scalar(connection, {"limit": f"{max(1, round(seconds * 1000))}ms"})


def wait_as_ever(connection: Connection) -> None:
    """No longer so."""
    plain(connection, "SET LOCAL lock_timeout TO DEFAULT")


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
