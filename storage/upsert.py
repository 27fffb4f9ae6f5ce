"""INSERT with ON CONFLICT, which SQLAlchemy has per dialect."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def insert_for(dialect: str, table: Table) -> Insert:
    """The dialect's insert; both spell on_conflict_do_nothing and on_conflict_do_update alike."""
    if dialect == "postgresql":
        return postgresql_insert(table)  # type: ignore[return-value]  # same methods, no common type
    return sqlite_insert(table)


def upsert(connection: Connection, table: Table) -> Insert:
    """As insert_for, for the database at hand."""
    return insert_for(connection.dialect.name, table)
