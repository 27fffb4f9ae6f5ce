"""Rows that nobody waits to see written are gathered, and go out many in one statement: before anything looks at their
table, at the end of a savepoint, and with the commit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Table, event

from storage.driver import run
from storage.plans import RowsPlan, Values
from storage.tables import metadata

_PLACE = "minqing.gathered"
# Rows in one statement: a power of two, so that few statements serve all lengths, and few enough for every SQLite.
_MOST = 32

Row: TypeAlias = dict[str, Any]
# The statement for so many rows.
Plans: TypeAlias = Callable[[int], RowsPlan]


@dataclass(slots=True)
class _Kind:
    """Rows of one statement, each under its key."""

    table: Table
    plans: Plans
    rows: dict[Hashable, Row] = field(default_factory=dict)


class _Gathered:
    __slots__ = ("kinds", "tables")

    def __init__(self) -> None:
        self.kinds: dict[Hashable, _Kind] = {}
        self.tables: set[Table] = set()


def gather(connection: Connection, kind: Hashable, table: Table, plans: Plans, row: Row, key: Hashable = None) -> None:
    """Write the row soon. With a key it takes the place of one that was gathered under that key before."""
    gathered: _Gathered = connection.info.get(_PLACE) or connection.info.setdefault(_PLACE, _Gathered())
    found = gathered.kinds.get(kind)
    if found is None:
        found = gathered.kinds[kind] = _Kind(table, plans)
        gathered.tables.add(table)
    found.rows[len(found.rows) if key is None else key] = row


def amend(connection: Connection, table: Table, key: Hashable, changes: Row) -> bool:
    """Change a row that was gathered under a key. False where there is none: it is written, or was never ours."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or table not in gathered.tables:
        return False
    for kind in gathered.kinds.values():
        if kind.table is table and (row := kind.rows.get(key)) is not None:
            row |= changes
            return True
    return False


def settle(connection: Connection, touched: frozenset[Table] | None = None) -> None:
    """Write what was gathered, if any of it lies in these tables (None: whatever it is). Errors are those of the
    statements; they belong to whatever was done since the last time."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or not gathered.kinds or (touched is not None and gathered.tables.isdisjoint(touched)):
        return
    drop(connection)
    # What rows refer to is written before them.
    for kind in sorted(gathered.kinds.values(), key=lambda one: _place_of(one.table)):
        insert(connection, kind.plans, list(kind.rows.values()))


def insert(connection: Connection, plans: Plans, rows: Sequence[Values]) -> int:
    """Write these rows now; how many were written."""
    written = 0
    while rows:
        count = min(_MOST, 1 << (len(rows).bit_length() - 1))
        plan = plans(count)
        written += run(connection, plan.sql, plan.parameters(rows[:count])).rowcount
        rows = rows[count:]
    return written


def drop(connection: Connection) -> None:
    """What was gathered is not written: it is undone with all else."""
    connection.info.pop(_PLACE, None)


def attend(engine: Engine) -> None:
    """Write what was gathered before SQLAlchemy's own statements and before a commit; forget it with a roll-back."""

    @event.listens_for(engine, "before_execute")
    def before(connection: Connection, *_: Any) -> None:
        settle(connection)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        settle(connection)

    @event.listens_for(engine, "rollback")
    def undone(connection: Connection) -> None:
        drop(connection)


@cache
def _place_of(table: Table) -> int:
    return metadata.sorted_tables.index(table)
