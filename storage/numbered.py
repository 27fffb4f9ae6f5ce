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

# Of each statement its bytes, and the types that its parameters were seen to have (0: never one that tells).
_BYTES: dict[str, bytes] = {}
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
        if known != self.types:
            if known is not None and len(known) == len(self.types):
                self.types = _filled(self.types, known, self.params or ())
            _TYPES[self.query] = self.types


def _filled(types: tuple[int, ...], known: tuple[int, ...], values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(before if value is None else now for now, before, value in zip(types, known, values, strict=True))


class NumberedCursor(RawCursor[Any]):
    """Takes $1, $2 … as they are. An integer is told to be as wide as can be: the statement casts it to its column's
    type."""

    _query_cls = _Query

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_dumper(int, Int8BinaryDumper)
