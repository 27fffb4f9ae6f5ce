"""Seals with a new key whatever was sealed with the old one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, bindparam, select, tuple_, update

from storage import button_texts, people
from storage.backup import NotPossible
from storage.cipher import Cipher
from storage.moving import portion_of
from storage.tables import button_texts as texts
from storage.tables import leases, metadata
from storage.tables import people as persons
from storage.tables.columns import SEALED

# By these a value is found again: the same under the same key, so with a new one it is another.
Found: TypeAlias = tuple[str, Callable[[Cipher, str], bytes]]
_FOUND: dict[Table, dict[str, Found]] = {
    persons: {"phone_key": ("phone", people.phone_key)},
    texts: {"hash": ("command", button_texts.hash_of)},
}


def rekey(connection: Connection, old: Cipher, new: Cipher, now: datetime, on_table: Callable[[str, int], None]) -> int:
    """How many values were sealed anew; tells of each table with its rows. NotPossible while an office is at work
    (real time `now`); WrongKey where one cannot be opened."""
    if owner := connection.execute(select(leases.c.owner).where(leases.c.until > now)).scalar():
        raise NotPossible(f"{owner} is at work on this database: stop every minqing run, wait a minute, and try again")
    count = 0
    for table in metadata.sorted_tables:
        names = [column.name for column in table.columns if column.info.get(SEALED)]
        if names:
            rows, values = _of_table(connection, table, names, old, new)
            count += values
            on_table(table.name, rows)
    return count


def shrink(file: Path) -> None:
    """Of a SQLite database: what was sealed with the old key still stands in pages that are free now."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _of_table(connection: Connection, table: Table, names: Sequence[str], old: Cipher, new: Cipher) -> tuple[int, int]:
    """Rows, and values in them."""
    changed = update(table).where(*(column == bindparam(f"of_{column.name}") for column in table.primary_key))
    rows = values = 0
    for chunk in _chunks(connection, table, names):
        anew = [_anew(table, row, names, old, new) for row in chunk]
        connection.execute(changed, anew)
        rows += len(chunk)
        values += sum(row[name] is not None for row in anew for name in names)
    return rows, values


def _chunks(connection: Connection, table: Table, names: Sequence[str]) -> Iterator[Sequence[Row[Any]]]:
    ids = [*table.primary_key]
    asked = select(*ids, *(table.c[name] for name in names)).order_by(*ids).limit(portion_of(table))
    chunk = connection.execute(asked).all()
    while chunk:
        yield chunk
        last = [chunk[-1]._mapping[one] for one in ids]
        chunk = connection.execute(asked.where(tuple_(*ids) > tuple_(*last))).all()


def _anew(table: Table, row: Row[Any], names: Sequence[str], old: Cipher, new: Cipher) -> dict[str, Any]:
    values: dict[str, Any] = {f"of_{column.name}": row._mapping[column] for column in table.primary_key}
    said: dict[str, bytes | None] = {}
    for name in names:
        field, sealed = f"{table.name}.{name}", row._mapping[table.c[name]]
        said[name] = words = old.open_bytes(sealed, field) if sealed is not None else None
        values[name] = new.seal(words, field) if words is not None else None
    for name, (source, found_by) in _FOUND.get(table, {}).items():
        words = said[source]
        values[name] = found_by(new, words.decode()) if words is not None else None
    return values
