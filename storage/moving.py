"""Carries a whole office from one database to another, and compares every row before anything is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKeyConstraint, String, Table, func, insert, select
from sqlalchemy.schema import AddConstraint, DropConstraint

from storage import migrate
from storage.backup import NotPossible
from storage.engines import storable
from storage.tables import inbox, leases, lines, media, metadata, outbox, stamps, ticket_events

CHUNK = 1000
# A photo may have megabytes: as few as fit into the memory of a small machine, three times over.
_CHUNK_OF = {media: 10}
# Whoever held a lease on the old database holds nothing on the new one.
LEFT_BEHIND = {leases, stamps}
# A busy office writes into these.
_BUSY = (inbox, outbox, lines, ticket_events)
_FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Carried:
    """One table: how many rows it has, and a digest of them all that does not depend on their order."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried over; `cleaned` texts held characters that PostgreSQL cannot store (NUL), and lost them;
    `behind` rows came into the old database while it was read, and are not in the new one."""

    tables: tuple[Carried, ...]
    cleaned: int
    behind: int


def move(source: Engine, target: Engine, on_table: Callable[[Carried], None] = lambda _: None) -> Moved:
    """Copy all rows in one snapshot of the source and one transaction of the target: all of it or nothing.
    NotPossible where the source is of another schema, the target is not empty, or a row came out different."""
    tables = [table for table in metadata.sorted_tables if table not in LEFT_BEHIND]
    carried: list[Carried] = []
    cleaner = _Cleaner()
    with source.connect() as here, here.begin():
        _check_source(here)
        migrate.upgrade_at(target)
        with target.connect() as there, there.begin():
            _check_empty(there)
            _loosen(there)
            busy = _counts(here)
            for table in tables:
                one = _carry(here, there, table, cleaner)
                carried.append(one)
                on_table(one)
            cleaner.check()
            _fasten(there)
    with source.connect() as here, here.begin():
        behind = sum(abs(now - then) for now, then in zip(_counts(here), busy, strict=True))
    return Moved(tuple(carried), cleaner.cleaned, behind)


def _check_source(connection: Connection) -> None:
    revision = migrate.current(connection)
    if revision != migrate.head():
        raise NotPossible(
            f"the source is at {revision or 'nothing'}, this program at {migrate.head()}: "
            "bring it up to date first (minqing db upgrade), while it is still the one in use"
        )


def _check_empty(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise NotPossible(f"the target is not empty: there are rows in {table.name}. Give a new database")


def _counts(connection: Connection) -> list[int]:
    """The newest row of each busy table."""
    return [connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() for table in _BUSY]


# links between rows: an area may stand before the one above it


def _links() -> Iterator[ForeignKeyConstraint]:
    for table in metadata.sorted_tables:
        yield from sorted(table.foreign_key_constraints, key=lambda link: str(link.name))


def _loosen(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return
    for link in _links():
        connection.execute(DropConstraint(link))


def _fasten(connection: Connection) -> None:
    """Every link is examined again, and ids go on after the greatest."""
    if connection.dialect.name == "sqlite":
        return
    for link in _links():
        connection.execute(AddConstraint(link, isolate_from_table=False))
    for table in metadata.sorted_tables:
        counted = table.autoincrement_column
        if counted is None:
            continue
        greatest = connection.execute(select(func.max(counted))).scalar()
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        connection.execute(select(func.setval(sequence, greatest or 1, greatest is not None)))


# rows


def portion_of(table: Table) -> int:
    """Rows of it that are read at once."""
    return _CHUNK_OF.get(table, CHUNK)


def _carry(here: Connection, there: Connection, table: Table, cleaner: _Cleaner) -> Carried:
    sent = _Digest()
    at_once = portion_of(table)
    in_parts = {"yield_per": at_once}
    for some in here.execute(select(table), execution_options=in_parts).mappings().partitions(at_once):
        clean = [cleaner.row(table, dict(row)) for row in some]
        there.execute(insert(table), clean)
        sent.add(clean)
    arrived = _Digest()
    for some in there.execute(select(table), execution_options=in_parts).mappings().partitions(at_once):
        arrived.add([dict(row) for row in some])
    if (sent.rows, sent.total) != (arrived.rows, arrived.total):
        raise NotPossible(
            f"{table.name} did not arrive as it was sent ({sent.rows} rows, {arrived.rows} arrived); nothing was kept"
        )
    return Carried(table.name, sent.rows, sent.text())


class _Digest:
    """The sum of the hashes of all rows: the same whatever order a database gives them in."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def add(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            plain = json.dumps({name: _plain(value) for name, value in row.items()}, sort_keys=True)
            self.total = (self.total + int.from_bytes(hashlib.sha256(plain.encode()).digest())) % (1 << 256)
            self.rows += 1

    def text(self) -> str:
        return f"{self.total:064x}"


def _plain(value: Any) -> Any:
    """A value as both databases give it: bytes as hex, times as text, 2.0 as 2."""
    match value:
        case bytes() | memoryview():
            return {"bytes": bytes(value).hex()}
        case datetime() | date() | time():
            return {"time": value.isoformat()}
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


class _Cleaner:
    """SQLite stores what PostgreSQL refuses: NUL in a text (taken out), and texts longer than their column (told)."""

    def __init__(self) -> None:
        self.cleaned = 0
        self._too_long: list[str] = []

    def row(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        for column in table.columns:
            value = row[column.name]
            if isinstance(value, (str, dict, list)):
                clean = storable(value)
                if clean != value:
                    self.cleaned += 1
                    row[column.name] = clean
                limit = column.type.length if isinstance(column.type, String) else None
                if limit is not None and len(clean) > limit:
                    key = ", ".join(str(row[one.name]) for one in table.primary_key)
                    self._too_long.append(f"{table.name} {key}: {column.name} has {len(clean)} characters of {limit}")
                    row[column.name] = clean[:limit]
        return row

    def check(self) -> None:
        if self._too_long:
            shown = "; ".join(self._too_long[:_FAULTS_SHOWN])
            raise NotPossible(f"{len(self._too_long)} texts are too long, nothing was kept: {shown}")
