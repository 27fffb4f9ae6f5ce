"""Writes down every statement of the writers of a PostgreSQL database, with its values, by transaction."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Json, Jsonb
from sqlalchemy import Connection, event

from storage.database import Database
from storage.driver import CURSOR

Told = tuple[str, list[Any]]
# Waiting for the locks of others; SQLAlchemy's parameters for psycopg, and a written percent sign.
_WAITS = re.compile(r"\bpg_advisory_xact_lock\(")
_PARAMETER = re.compile(r"%\((\w+)\)s|%%")


class _Telling:
    """A cursor that tells what it is asked to do."""

    connection: Any

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        self.connection.told.append((query, [params]))
        return super().execute(query, params, **more)  # type: ignore[misc]  # beside a cursor of psycopg's

    def executemany(self, query: Any, params_seq: Any, **more: Any) -> Any:
        rows = list(params_seq)
        self.connection.told.append((query, rows))
        return super().executemany(query, rows, **more)  # type: ignore[misc]  # beside a cursor of psycopg's


class _Named(_Telling, psycopg.Cursor[Any]):
    """For SQLAlchemy's own statements."""


class _Numbered(_Telling, psycopg.RawCursor[Any]):
    """For those that are handed to the driver."""


class Recording:
    """What was committed since it was begun."""

    def __init__(self, database: Database) -> None:
        self._lock = threading.Lock()
        self.transactions: list[list[Told]] = []
        engine = database._writer_engine

        @event.listens_for(engine, "connect")
        def connected(connection: Any, record: Any) -> None:
            connection.told = []
            connection.cursor_factory = _Named
            record.info[CURSOR] = _Numbered

        @event.listens_for(engine, "begin")
        def begun(connection: Connection) -> None:
            self._told(connection).clear()

        @event.listens_for(engine, "commit")
        def committed(connection: Connection) -> None:
            told = self._told(connection)
            with self._lock:
                self.transactions.append(list(told))
            told.clear()

        # Those that are open already know nothing of it.
        engine.dispose()

    def _told(self, connection: Connection) -> list[Told]:
        told: list[Told] = connection.connection.dbapi_connection.told  # type: ignore[union-attr]  # open, and psycopg's
        return told

    def write(self, path: Path) -> int:
        """The transactions as lines of JSON for benchmarks/peers/bare.py. How many statements."""
        with path.open("w", encoding="utf-8") as file:
            for told in self.transactions:
                statements = [_plain(sql, rows) for sql, rows in told]
                receives = any(sql.startswith("INSERT INTO inbox") for sql, _ in statements)
                one = {"receives": receives, "lane": _lane(statements), "statements": statements}
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
        return sum(map(len, self.transactions))


def _lane(statements: Sequence[Told]) -> list[int] | None:
    """The lock of its lane, and whether it waits for the locks of others besides, as a district's work does."""
    for sql, rows in statements:
        # Of a community the gate of its district is tried first, in the same statement.
        if "pg_try_advisory_xact_lock(" in sql:
            return [rows[0][-1][1], any(_WAITS.search(other) for other, _ in statements)]
    return None


def _plain(query: Any, rows: Sequence[Any]) -> tuple[str, list[list[Any]]]:
    """The statement with numbered parameters, and its values in that order."""
    sql = query if isinstance(query, str) else query.as_string(None)
    if not isinstance(rows[0], Mapping):
        return sql, [[_told(value) for value in row or ()] for row in rows]
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    numbered = _PARAMETER.sub(number, sql)
    return numbered, [[_told(row[name]) for name in names] for row in rows]


def _told(value: Any) -> tuple[str, Any]:
    match value:
        case datetime():
            return "time", value.isoformat()
        case date():
            return "day", value.isoformat()
        case bytes() | bytearray() | memoryview():
            return "bytes", base64.b64encode(bytes(value)).decode()
        case psycopg.Binary():
            return _told(value.obj)
        case Json() | Jsonb():
            return "plain", json.dumps(value.obj, ensure_ascii=False)
        case _:
            return "plain", value
