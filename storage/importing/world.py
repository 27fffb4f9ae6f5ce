"""What is there now, read in one snapshot, and what an import would make of it: rows by table and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, func, select

from storage.cipher import Cipher
from storage.importing.rows import Fault, Removal, Row
from storage.people import phone_key
from storage.tables.staging import FILLED

# Kept as they are sealed; opened only to be compared or told.
_SEALED = {"people.phone", "residents.phone", "residents.health"}
# Ids taken from a sequence at a time.
_BATCH = 1000

Values = dict[str, Any]


@dataclass(slots=True)
class Staged:
    """A row that is to be put in place: under which number of the file, and which columns change (empty: all new)."""

    row: int
    new: bool
    changes: set[str] = field(default_factory=set)


class World:
    """The tables in memory. `put` and `add` write down what is to change; nothing is stored by them."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._cipher = cipher
        self.rows: dict[str, dict[int, Values]] = {
            table.name: {
                row["id"]: dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()
            }
            for table in FILLED
        }
        self.staged: dict[str, dict[int, Staged]] = {table.name: {} for table in FILLED}
        self.counts: dict[str, list[int]] = {name: [0, 0, 0] for name in self.rows}
        self.faults: list[Fault] = []
        self.removals: list[Removal] = []
        self.fingerprint = fingerprint(connection)
        self._ids = {table.name: _numbers(connection, table) for table in FILLED}

    @property
    def districts(self) -> list[int]:
        """The districts that were there already: whose talk waits while an import is put in place."""
        new = self.staged["areas"]
        there = (one for one in self.rows["areas"].values() if one["kind"] == "district")
        return [one["id"] for one in there if one["id"] not in new or not new[one["id"]].new]

    def fault(self, row: Row, column: str, what: str, /, **params: Any) -> None:
        self.faults.append(Fault(row.sheet, row.number, column, what, params))

    def add(self, table: str, row: Row, values: Mapping[str, Any]) -> int:
        """A new row; its id is kept for it."""
        new_id = next(self._ids[table])
        sealed = {name: self._seal(table, name, value) for name, value in values.items()}
        self.rows[table][new_id] = {"id": new_id, **sealed}
        self.staged[table][new_id] = Staged(row.number, new=True)
        self.counts[table][0] += 1
        return new_id

    def put(self, table: str, row_id: int, row: Row | None, values: Mapping[str, Any]) -> None:
        """An existing row gets these values; what is the same already is no change. `row` None: it follows from
        another row of the file, and is not counted."""
        there = self.rows[table][row_id]
        changes = {name for name, value in values.items() if not self._same(table, name, there.get(name), value)}
        for name in changes:
            there[name] = self._seal(table, name, values[name])
        before = self.staged[table].get(row_id)
        if changes and before is None:
            self.staged[table][row_id] = Staged(row.number if row else 0, new=False, changes=changes)
        elif before is not None and not before.new:
            before.changes |= changes
        if row is not None:
            self.counts[table][1 if changes else 2] += 1

    def open(self, table: str, name: str, value: bytes | None) -> str | None:
        return self._cipher.open_text(value, f"{table}.{name}") or None if value is not None else None

    def phone_key(self, phone: str | None) -> bytes | None:
        return phone_key(self._cipher, phone) if phone else None

    def _same(self, table: str, name: str, there: Any, wanted: Any) -> bool:
        if f"{table}.{name}" in _SEALED and there is not None:
            return bool(self.open(table, name, there) == wanted)
        return bool(there == wanted)

    def _seal(self, table: str, name: str, value: Any) -> Any:
        field_name = f"{table}.{name}"
        return self._cipher.seal(value, field_name) if field_name in _SEALED and value is not None else value


def fingerprint(connection: Connection) -> tuple[tuple[int, int], ...]:
    """Tells whether rows came or went since: number of rows and highest id of each table."""
    found = []
    for table in FILLED:
        row = connection.execute(select(func.count(), func.coalesce(func.max(table.c.id), 0)).select_from(table)).one()
        found.append((row[0], row[1]))
    return tuple(found)


def _numbers(connection: Connection, table: Table) -> Iterator[int]:
    """Ids for new rows. PostgreSQL's sequence gives them away for good; on SQLite nothing else may come in between
    (the fingerprint tells)."""
    if connection.dialect.name != "postgresql":
        yield from count(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1)
    while True:
        next_id = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        yield from connection.execute(select(next_id).select_from(func.generate_series(1, _BATCH))).scalars().all()
