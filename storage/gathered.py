"""Rows that nobody waits to see written are gathered, and go out many in one statement: before anything looks at their
table, at the end of a savepoint, and with the commit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count as numbers
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Table, event

from storage.driver import run
from storage.plans import RowsPlan, Values, referred
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
    # Whether they are new ones: others may refer to them.
    new: bool
    rows: dict[Hashable, Row] = field(default_factory=dict)
    # Of rows without a key, so that none takes the place of another when some were withdrawn.
    unnamed: Iterator[int] = field(default_factory=numbers)


class _Gathered:
    __slots__ = ("kinds", "tables")

    def __init__(self) -> None:
        self.kinds: dict[Hashable, _Kind] = {}
        self.tables: set[Table] = set()


def gather(
    connection: Connection, kind: Hashable, table: Table, plans: Plans, row: Row, key: Hashable, *, new: bool = True
) -> None:
    """Write the row soon. With a key it takes the place of one that was gathered under that key before. Not `new`: it
    changes one that is there."""
    gathered: _Gathered = connection.info.get(_PLACE) or connection.info.setdefault(_PLACE, _Gathered())
    found = gathered.kinds.get(kind)
    if found is None:
        found = gathered.kinds[kind] = _Kind(table, plans, new)
        gathered.tables.add(table)
    found.rows[next(found.unnamed) if key is None else key] = row


def amend(connection: Connection, table: Table, key: Hashable, changes: Row) -> bool:
    """Change a row that was gathered under a key. False where there is none: it is written, or was never ours."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or table not in gathered.tables:
        return False
    for kind in gathered.kinds.values():
        if kind.new and kind.table is table and (row := kind.rows.get(key)) is not None:
            # Another row, so that what was kept of this moment (`standing`) stays as it was.
            kind.rows[key] = row | changes
            return True
    return False


def waiting(connection: Connection, table: Table) -> list[Row]:
    """The new rows of a table that are not written yet; not to be changed."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or table not in gathered.tables:
        return []
    return [row for kind in gathered.kinds.values() if kind.table is table and kind.new for row in kind.rows.values()]


def withdraw(connection: Connection, table: Table, which: Callable[[Row], bool]) -> int:
    """Such new rows of a table are not written after all; how many they were."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or table not in gathered.tables:
        return 0
    withdrawn = 0
    for kind in gathered.kinds.values():
        if kind.table is table and kind.new:
            left = {key: row for key, row in kind.rows.items() if not which(row)}
            withdrawn += len(kind.rows) - len(left)
            # Other rows, so that what was kept of this moment (`standing`) stays as it was.
            kind.rows = left
    return withdrawn


def settle(
    connection: Connection, looked_at: frozenset[Table] | None = None, refers_to: frozenset[Table] = frozenset()
) -> None:
    """Write of what was gathered what lies in tables that are about to be looked at (None: all), and new rows of those
    that are about to be referred to. Errors are those of the statements, whenever they were asked for."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None or not gathered.kinds:
        return
    if looked_at is None:
        kinds = gathered.kinds
        drop(connection)
    else:
        if gathered.tables.isdisjoint(looked_at) and gathered.tables.isdisjoint(refers_to):
            return
        kinds = _wanted(gathered.kinds, looked_at, refers_to)
        gathered.kinds = {name: kind for name, kind in gathered.kinds.items() if name not in kinds}
        gathered.tables = {kind.table for kind in gathered.kinds.values()}
    # What rows refer to is written before them.
    for kind in sorted(kinds.values(), key=lambda one: _place_of(one.table)):
        insert(connection, kind.plans, list(kind.rows.values()))


def _wanted(
    kinds: Mapping[Hashable, _Kind], looked_at: frozenset[Table], refers_to: frozenset[Table]
) -> dict[Hashable, _Kind]:
    """With them goes what they refer to themselves."""
    found: dict[Hashable, _Kind] = {}
    size = -1
    while len(found) > size:
        size = len(found)
        for name, kind in kinds.items():
            if name not in found and (kind.table in looked_at or (kind.new and kind.table in refers_to)):
                found[name] = kind
                refers_to |= referred(kind.table)
    return found


def insert(connection: Connection, plans: Plans, rows: Sequence[Values]) -> int:
    """Write these rows now; how many were written."""
    return put(connection, plans, plans(_at_once(len(rows))).parameters(rows), len(rows)) if rows else 0


def put(connection: Connection, plans: Plans, parameters: Sequence[Any], left: int) -> int:
    """As `insert`, of so many rows whose parameters follow one another."""
    written, start = 0, 0
    width = len(parameters) // left
    while left:
        count = _at_once(left)
        end = start + count * width
        written += run(connection, plans(count).sql, parameters[start:end]).rowcount
        start, left = end, left - count
    return written


def _at_once(rows: int) -> int:
    return min(_MOST, 1 << (rows.bit_length() - 1))


def drop(connection: Connection) -> None:
    """What was gathered is not written: it is undone with all else."""
    connection.info.pop(_PLACE, None)


def standing(connection: Connection) -> Mapping[Hashable, _Kind]:
    """What is gathered at this moment, for `restore`."""
    gathered: _Gathered | None = connection.info.get(_PLACE)
    if gathered is None:
        return {}
    return {name: replace(kind, rows=dict(kind.rows)) for name, kind in gathered.kinds.items()}


def restore(connection: Connection, stood: Mapping[Hashable, _Kind]) -> None:
    """What stood at a moment is gathered again: whatever was written since, it among it, is undone."""
    gathered = connection.info[_PLACE] = _Gathered()
    gathered.kinds = dict(stood)
    gathered.tables = {kind.table for kind in stood.values()}


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
