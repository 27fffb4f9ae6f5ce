"""INSERT with ON CONFLICT, which SQLAlchemy has per dialect."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def upsert(connection: Connection, table: Table) -> Insert:
    """The dialect's insert; both spell on_conflict_do_nothing and on_conflict_do_update alike."""
    if connection.dialect.name == "postgresql":
        return postgresql_insert(table)  # type: ignore[return-value]  # same methods, no common type
    return sqlite_insert(table)
