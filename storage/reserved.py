"""Ids for rows that are written later (storage/gathered.py): taken before, so that what comes next can name the row."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, event, func, select

from storage.prepared import Prepared

_PLACE = "minqing.reserved"
# Whoever needs one often needs more; what is left is lost.
_AT_ONCE = 16


def reserve(connection: Connection, table: Table, count: int) -> None:
    """Have so many ids of a table at hand, to the end of the transaction; those that are not used are never given."""
    stock = _stock(connection, table)
    if connection.dialect.name == "postgresql" and len(stock) < count:
        stock.extend(_next_ids(table).scalars(connection, {"count": count - len(stock)}))


def new_id(connection: Connection, table: Table) -> int:
    """The id of a row that is about to be written, in this table by no other way. They rise within a transaction, and
    so from one to the next of a lane."""
    stock = _stock(connection, table)
    if not stock:
        reserve(connection, table, _AT_ONCE)
    if connection.dialect.name == "postgresql":
        return stock.popleft()
    # One writer: the next is one more than the greatest.
    given = stock.popleft() if stock else _next_ids(table).one(connection, {})[0]
    stock.append(given + 1)
    return int(given)


def watch_ends(engine: Engine) -> None:
    """What was reserved ends with the transaction: else an id could be smaller than one that was given later."""

    def ended(connection: Connection) -> None:
        connection.info.pop(_PLACE, None)

    for end in ("commit", "rollback"):
        event.listen(engine, end, ended)


def _stock(connection: Connection, table: Table) -> deque[int]:
    stocks: dict[Table, deque[int]] = connection.info.setdefault(_PLACE, {})
    return stocks.setdefault(table, deque())


@cache
def _next_ids(table: Table) -> Prepared:
    def made(dialect: str) -> Any:
        if dialect == "postgresql":
            counted = func.generate_series(1, bindparam("count")).table_valued("n")
            return select(func.nextval(func.pg_get_serial_sequence(table.name, "id"))).select_from(counted)
        return select(func.coalesce(func.max(table.c.id), 0) + 1)

    return Prepared(made)
