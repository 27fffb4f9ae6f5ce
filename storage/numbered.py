"""psycopg's cursor for statements with numbered parameters, of each of which the server keeps one plan.

psycopg keeps a plan for each statement and types of its parameters, and would tell of an integer how wide it is, and of
NULL nothing: of many rows in one statement hardly two had the same types, and most were parsed and planned anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection, RawCursor
from psycopg._queries import PostgresRawQuery
from psycopg.types.numeric import Int8BinaryDumper
from sqlalchemy import JSON, Boolean, DateTime, Dialect, Float, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

# Of each statement its bytes, and the types of its parameters: told, or as they were seen (0: text, or nothing yet).
_BYTES: dict[str, bytes] = {}
_NUMBERS: tuple[tuple[type[TypeEngine[Any]], int], ...] = (
    (Boolean, 16),
    (LargeBinary, 17),
    (Integer, 20),
    (Float, 701),
    (DateTime, 1184),
    (JSON, 3802),
)
_TYPES: dict[bytes, tuple[int, ...]] = {}


class _Query(PostgresRawQuery):
    """NULL has the type that others had in its place."""

    __slots__ = ()

    def convert(self, query: Any, vars: Any) -> None:
        # The same bytes each time: they are looked up thrice, and hashed once.
        found = _BYTES.get(query) or _BYTES.setdefault(query, query.encode())
        super().convert(found, vars)

    def dump(self, vars: Any) -> None:
        super().dump(vars)
        known = _TYPES.get(self.query)
        if known is not None and known != self.types and len(known) == len(self.types):
            self.types = tuple(
                before if value is None else now
                for now, before, value in zip(self.types, known, self.params or (), strict=True)
            )
        if known != self.types:
            _TYPES[self.query] = self.types


def declare(sql: str, types: Sequence[TypeEngine[Any]], dialect: Dialect) -> None:
    """What the parameters of a statement are, before one is seen."""
    query = _BYTES.setdefault(sql, sql.encode())
    _TYPES[query] = tuple(_number(one.dialect_impl(dialect)) for one in types)


def _number(kind: TypeEngine[Any]) -> int:
    """PostgreSQL's own number for it, as psycopg tells it of a value; 0 where it tells none."""
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return next((number for known, number in _NUMBERS if isinstance(kind, known)), 0)


class NumberedCursor(RawCursor[Any]):
    """Takes $1, $2 … as they are. An integer is told to be as wide as can be: the statement casts it to its column's
    type."""

    _query_cls = _Query

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_dumper(int, Int8BinaryDumper)
