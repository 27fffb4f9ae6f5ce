"""Column types that every table shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    literal_column,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Platform ids need 64 bits; SQLite counts up only an INTEGER primary key.
BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")


def by_bytes(length: int) -> String:
    """A text in the order of its bytes, whatever language the server sorts by: looked for by how it begins."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Utc(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite keeps no zone, so it is left out going in and put on coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """On SQLite straight to the text that is kept: a report has two dozen times, mostly the same two."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """On SQLite straight from that text."""
        return _time_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return _in_utc(value) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _time_of(text: str | None) -> datetime | None:
    return _utc_time(text) if text is not None else None


# The rows that are read together hold the same moments again and again.
@lru_cache(maxsize=1024)
def _utc_time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"a naive datetime was to be stored: {value!r}")
    return value.astimezone(UTC)


def _text_of(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it: 2026-05-08 01:02:03.000000."""
    return _utc_text(value if value.tzinfo is UTC else _in_utc(value)) if value is not None else None


# Only of times in UTC: elsewhere two may be equal and yet an hour apart (`fold`).
@lru_cache(maxsize=1024)
def _utc_text(value: datetime) -> str:
    return value.isoformat(" ", "microseconds").removesuffix("+00:00")


def written(value: str) -> ColumnElement[str]:
    """The value as part of the statement: an index over the rows of one state is found by no parameter. Only for
    words of our own."""
    if not value.isalpha():
        raise ValueError(f"not a word of ours: {value!r}")
    return literal_column(f"'{value}'", String)


def key() -> Column[Any]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, null: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, BigId, ForeignKey(target), nullable=null, index=index)


# Marks a column as one of these.
SEALED = "sealed"


def sealed(name: str, *, null: bool = True) -> Column[Any]:
    """Encrypted bytes (storage/cipher.py), bound to "table.name"; the reader must hold the key."""
    return Column(name, LargeBinary, nullable=null, info={SEALED: True})
