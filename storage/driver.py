"""Hands statements to the driver itself, past SQLAlchemy's `execute`. Errors are SQLAlchemy's all the same."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

# Where a connection keeps what makes cursors for statements with numbered parameters.
CURSOR = "minqing.cursor"
_OPEN = "minqing.open cursor"


def spelling(dialect: Dialect) -> Dialect:
    """The dialect in which statements for the driver are written. psycopg takes $1, $2 … as they are; names it would
    first look for in the text, which costs more than all else where a statement holds many rows."""
    if dialect.name != "postgresql":
        return dialect
    numbered: Any = copy.copy(dialect)
    numbered.paramstyle, numbered.positional = "numeric_dollar", True
    numbered.identifier_preparer = numbered.preparer(numbered)
    found: Dialect = numbered
    return found


def number_parameters(engine: Engine) -> None:
    """Make an engine's psycopg connections ready for statements in that spelling, and let the server keep the plans of
    all that we have: one of ours is prepared when it comes first, one of SQLAlchemy's when it comes again."""
    from storage.numbered import NumberedCursor

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        record.info[CURSOR] = NumberedCursor
        connection.prepare_threshold = 1
        connection.prepared_max = 1_000


def declare(sql: str, types: Sequence[TypeEngine[Any]], dialect: Dialect) -> None:
    """Tells of a statement for the driver what its parameters are: where one is NULL it could not be told by it."""
    if dialect.name == "postgresql":
        from storage import numbered

        numbered.declare(sql, types, dialect)


def plain(connection: Connection, sql: str) -> None:
    """A statement without values, such as SAVEPOINT."""
    run(connection, sql, ())


def _numbered(connection: Connection, made: Any) -> Any:
    """The same one for all statements of a connection: what one returns is fetched before the next, and to make one
    costs as much as a small statement."""
    cursor: Any = connection.info.get(_OPEN)
    if type(cursor) is not made or cursor.closed:
        cursor = connection.info[_OPEN] = made(connection.connection.dbapi_connection)
    return cursor


def run(connection: Connection, sql: str, parameters: Any) -> Any:
    """Execute it in the transaction at hand (one is begun if need be); the driver's cursor."""
    if not connection.in_transaction():
        connection.begin()
    made = connection.info.get(CURSOR)
    cursor: Any = connection.connection.cursor() if made is None else _numbered(connection, made)
    dialect = connection.dialect
    try:
        if made is None:
            cursor.execute(sql, parameters)
        else:
            cursor.execute(sql, parameters, prepare=True)
    except dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, error, cursor) from error
    return cursor


@contextmanager
def meanwhile(connection: Connection, sql: str, parameters: Any) -> Iterator[None]:
    """Ask a server for something that takes its time, and do something else until it has answered. What it answers is
    not returned."""
    dialect = connection.dialect
    driver: Any = connection.connection.dbapi_connection
    try:
        with driver.pipeline():
            run(connection, sql, parameters)
            yield
    except dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, error, None) from error


def _told(connection: Connection, sql: str, error: Any, cursor: Any) -> DBAPIError:
    dialect = connection.dialect
    broken = dialect.is_disconnect(error, connection.connection, cursor)
    if broken:
        connection.invalidate(error)
    found: DBAPIError = DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=broken,
        dialect=dialect,
    )
    return found
