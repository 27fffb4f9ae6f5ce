"""Statements that every message needs: written in SQLAlchemy Core, compiled once, run by the driver itself.

SQLAlchemy's `execute` costs several times what SQLite does with such a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import NoResultFound

from storage.driver import meanwhile, run
from storage.gathered import Plans, gather, insert, put, settle
from storage.memory import Subject, wrote
from storage.plans import Plan, RowsPlan, Values, changes_plan_of, padded, plan_of, referred, rows_plan_of


class Prepared:
    """A Core statement with all its values as parameters; `lists` names those that are lists (`IN`). An INSERT, or an
    UPDATE without values of its own, writes the columns of which values are given. Where databases spell it differently
    it is made by a function of the dialect's name. Rows have the columns as attributes.

    Errors are SQLAlchemy's, as from `execute`.
    """

    def __init__(self, statement: Any | Callable[[str], Any], *lists: str) -> None:
        self._statement = statement
        self._lists = lists
        self._for: dict[str, Any] = {}
        self._plans: dict[Any, Plan] = {}
        self._many: dict[Any, RowsPlan] = {}

    # reading

    # `beside`: tables of which the caller looks himself at the rows that are not written yet (storage/gathered.py), or
    # knows that none of them is meant.

    def all(self, connection: Connection, values: Values, beside: frozenset[Table] = frozenset()) -> list[Any]:
        """Every row."""
        return self._run(connection, values, beside)[1]

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row, or None."""
        rows = self._run(connection, values)[1]
        return rows[0] if rows else None

    def one(self, connection: Connection, values: Values) -> Any:
        """The one row; NoResultFound where there is none."""
        for row in self._run(connection, values)[1]:
            return row
        raise NoResultFound("no row where there must be one")

    def scalars(self, connection: Connection, values: Values, beside: frozenset[Table] = frozenset()) -> list[Any]:
        """The first column of every row."""
        plan, cursor = self._begin(connection, values, beside)
        return plan.firsts(cursor, connection.dialect)

    def scalar(self, connection: Connection, values: Values) -> Any | None:
        """The first column of the first row, or None."""
        rows = self._run(connection, values)[1]
        return rows[0][0] if rows else None

    @contextmanager
    def meanwhile(self, connection: Connection, values: Values) -> Iterator[None]:
        """Run it, and do something else until it has run; nothing is returned. On a server only."""
        plan = self._plan(connection.dialect, values)
        settle(connection, plan.looks_at, plan.refers_to)
        with meanwhile(connection, plan.sql, plan.parameters(values)):
            yield

    # writing

    def write(
        self,
        connection: Connection,
        values: Values,
        about: tuple[Subject, ...] | None = None,
        beside: frozenset[Table] = frozenset(),
    ) -> list[Any]:
        """Run an INSERT, UPDATE or DELETE; the rows that it returns. `about`: see storage/memory.py."""
        plan, rows = self._run(connection, values, beside)
        wrote(connection, plan.table, about)
        return rows

    def later(
        self,
        connection: Connection,
        values: Values,
        about: tuple[Subject, ...] | None = None,
        *,
        one_of: tuple[str, ...] = (),
    ) -> None:
        """Run an INSERT for whose answer nobody waits, together with others like it (storage/gathered.py). Every column
        that has a default must be given. `one_of`: the columns by which a later row takes the place of an earlier one
        that is not written yet."""
        row, dialect = dict(values), connection.dialect
        names = tuple(row)
        key = tuple(row[name] for name in one_of) if one_of else None
        table = self._made(dialect).table
        gather(connection, (self, names), table, partial(self._rows_plan, dialect, names), row, key)
        wrote(connection, table, about)

    def write_rows(
        self, connection: Connection, many: Sequence[Values], about: tuple[Subject, ...] | None = None
    ) -> int:
        """Run an INSERT of several rows at once (see `later`); how many were written."""
        if not many:
            return 0
        plans, table = self._before(connection, tuple(many[0]))
        written = insert(connection, plans, many)
        wrote(connection, table, about)
        return written

    def write_columns(self, connection: Connection, columns: Mapping[str, Sequence[Any]], rows: int) -> int:
        """As `write_rows`, with the rows given by column."""
        if not rows:
            return 0
        plans, table = self._before(connection, tuple(columns))
        written = put(connection, plans, plans(1).fitted(columns), rows)
        wrote(connection, table, None)
        return written

    # the work

    def _before(self, connection: Connection, names: tuple[str, ...]) -> tuple[Plans, Table]:
        """The statements for rows with these columns, and their table; what they refer to is written."""
        dialect = connection.dialect
        table = self._made(dialect).table
        settle(connection, frozenset(), referred(table))
        return partial(self._rows_plan, dialect, names), table

    def _run(
        self, connection: Connection, values: Values, beside: frozenset[Table] = frozenset()
    ) -> tuple[Plan, list[Any]]:
        plan, cursor = self._begin(connection, values, beside)
        return plan, plan.rows(cursor, connection.dialect)

    def _begin(
        self, connection: Connection, values: Values, beside: frozenset[Table] = frozenset()
    ) -> tuple[Plan, Any]:
        values = self._padded(values) if self._lists else values
        plan = self._plan(connection.dialect, values)
        looks_at = plan.looks_at - beside if plan.looks_at is not None and beside else plan.looks_at
        settle(connection, looks_at, plan.refers_to - beside if beside else plan.refers_to)
        return plan, run(connection, plan.sql, plan.parameters(values))

    def _plan(self, dialect: Dialect, values: Values) -> Plan:
        key = (dialect.name, *values, *(len(values[name]) for name in self._lists))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = plan_of(self._made(dialect), dialect, values, self._lists)
        return plan

    def _rows_plan(self, dialect: Dialect, names: tuple[str, ...], count: int) -> RowsPlan:
        key = (dialect.name, names, count)
        plan = self._many.get(key)
        if plan is None:
            plan = self._many[key] = rows_plan_of(self._made(dialect), dialect, names, count)
        return plan

    def _made(self, dialect: Dialect) -> Any:
        made = self._for.get(dialect.name)
        if made is None:
            made = self._statement(dialect.name) if callable(self._statement) else self._statement
            self._for[dialect.name] = made
        return made

    def _padded(self, values: Values) -> Values:
        return {name: padded(value) if name in self._lists else value for name, value in values.items()}


class Changes:
    """Sets columns of rows that are found by the first of the names, of many rows in one statement. `forward`: only
    where the second of them grows by it (another process may have been later and quicker)."""

    def __init__(self, table: Table, *names: str, forward: bool = False) -> None:
        self._table = table
        self._names = names
        self._forward = forward
        self._plans: dict[Any, RowsPlan] = {}

    def later(self, connection: Connection, values: Values, about: tuple[Subject, ...] | None = None) -> None:
        """Before anything looks at the table; see `Prepared.later`. The last that is said of a row counts."""
        row = {name: values[name] for name in self._names}
        plans = partial(self._plan, connection.dialect)
        gather(connection, self, self._table, plans, row, (row[self._names[0]],), new=False)
        wrote(connection, self._table, about)

    def _plan(self, dialect: Dialect, count: int) -> RowsPlan:
        plan = self._plans.get((dialect.name, count))
        if plan is None:
            plan = changes_plan_of(self._table, dialect, self._names, count, forward=self._forward)
            self._plans[dialect.name, count] = plan
        return plan
