"""Statements that every message needs: written in SQLAlchemy Core, compiled once, run by the driver itself.

SQLAlchemy's `execute` costs several times what SQLite does with such a statement.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.types import TypeEngine

from storage.memory import Subject, wrote

Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any]


# Where a parameter comes from: the caller's name for it, the place in his list, what makes it fit for the driver; with
# no name it is a value that the statement itself holds.
_Slot: TypeAlias = tuple[str | None, int | None, _Convert | None, Any]


@dataclass(slots=True)
class _Plan:
    """A statement as the driver takes it: its text, where the parameters come from (`names` None: by position), what
    it returns, the table that it writes to, and, once the driver has told its types, what makes a row."""

    sql: str
    slots: tuple[_Slot, ...]
    names: tuple[str, ...] | None
    columns: tuple[ColumnElement[Any], ...]
    table: Table | None
    row: Callable[[Sequence[Any]], Any] | None = None

    def parameters(self, values: Values) -> Any:
        filled = []
        for source, place, convert, fixed in self.slots:
            if source is None:
                filled.append(fixed)
                continue
            value = values[source] if place is None else values[source][place]
            filled.append(value if convert is None else convert(value))
        return filled if self.names is None else dict(zip(self.names, filled, strict=True))

    def rows(self, cursor: Any, dialect: Dialect) -> list[Any]:
        if not self.columns:
            return []
        row = self.row
        if row is None:
            row = self.row = _row_of(self.columns, [one[1] for one in cursor.description], dialect)
        return [row(one) for one in cursor.fetchall()]

    def firsts(self, cursor: Any, dialect: Dialect) -> list[Any]:
        """The first column alone: most such are ids, by the dozen, and need no rows."""
        convert = self.columns[0].type.dialect_impl(dialect).result_processor(dialect, cursor.description[0][1])
        found = [one[0] for one in cursor.fetchall()]
        return found if convert is None else [convert(value) for value in found]


class Prepared:
    """A Core statement with all its values as parameters; `lists` names those that are lists (`IN`). An INSERT, or an
    UPDATE without values of its own, writes the columns of which values are given. Where databases spell it differently
    it is made by a function of the dialect's name. Rows have the columns as attributes.

    Errors are SQLAlchemy's, as from `execute`.
    """

    def __init__(self, statement: Any | Callable[[str], Any], *lists: str) -> None:
        self._statement = statement
        self._lists = lists
        self._plans: dict[Any, _Plan] = {}

    # reading

    def all(self, connection: Connection, values: Values) -> list[Any]:
        """Every row."""
        return self._run(connection, values)[1]

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row, or None."""
        rows = self._run(connection, values)[1]
        return rows[0] if rows else None

    def one(self, connection: Connection, values: Values) -> Any:
        """The one row; NoResultFound where there is none."""
        for row in self._run(connection, values)[1]:
            return row
        raise NoResultFound("no row where there must be one")

    def scalars(self, connection: Connection, values: Values) -> list[Any]:
        """The first column of every row."""
        plan, cursor = self._begin(connection, values)
        return plan.firsts(cursor, connection.dialect)

    def scalar(self, connection: Connection, values: Values) -> Any | None:
        """The first column of the first row, or None."""
        rows = self._run(connection, values)[1]
        return rows[0][0] if rows else None

    # writing

    def write(self, connection: Connection, values: Values, about: tuple[Subject, ...] | None = None) -> list[Any]:
        """Run an INSERT, UPDATE or DELETE; the rows that it returns. `about`: see storage/memory.py."""
        plan, rows = self._run(connection, values)
        wrote(connection, plan.table, about)
        return rows

    def write_each(
        self, connection: Connection, many: Sequence[Values], about: tuple[Subject, ...] | None = None
    ) -> None:
        """As `write` for several (without lists), in one go; nothing is returned."""
        if many:
            plan = self._plan(connection.dialect, many[0])
            parameters = [plan.parameters(values) for values in many]
            _execute(connection, plan.sql, parameters, each=True)
            wrote(connection, plan.table, about)

    # the work

    def _run(self, connection: Connection, values: Values) -> tuple[_Plan, list[Any]]:
        plan, cursor = self._begin(connection, values)
        return plan, plan.rows(cursor, connection.dialect)

    def _begin(self, connection: Connection, values: Values) -> tuple[_Plan, Any]:
        values = self._padded(values) if self._lists else values
        plan = self._plan(connection.dialect, values)
        return plan, _execute(connection, plan.sql, plan.parameters(values))

    def _plan(self, dialect: Dialect, values: Values) -> _Plan:
        key = (dialect.name, *values, *(len(values[name]) for name in self._lists))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._make(dialect, values)
        return plan

    def _padded(self, values: Values) -> Values:
        """Lists filled up to a power of two with what is in them anyway, so that few statements serve all lengths."""
        return {name: _padded(value) if name in self._lists else value for name, value in values.items()}

    def _make(self, dialect: Dialect, values: Values) -> _Plan:
        made = self._statement(dialect.name) if callable(self._statement) else self._statement
        columns = [name for name in values if name in made.table.c] if made.is_insert or made.is_update else []
        compiled = made.compile(dialect=dialect, column_keys=columns or None)
        expanded = compiled.construct_expanded_state(dict(values))
        slots: dict[str, _Slot] = {
            name: (None, None, None, _fixed(compiled, dialect, name, value))
            for name, value in expanded.parameters.items()
        }
        for name in values:
            convert = _to_driver(compiled.binds[name].type, dialect)
            if name in self._lists:
                slots |= {f"{name}_{place + 1}": (name, place, convert, None) for place in range(len(values[name]))}
            else:
                slots[name] = (name, None, convert, None)
        order = expanded.positiontup
        return _Plan(
            sql=expanded.statement,
            slots=tuple(slots.values() if order is None else (slots[name] for name in order)),
            names=tuple(slots) if order is None else None,
            columns=tuple(made.exported_columns),
            table=made.table if made.is_dml else None,
        )


def plain(connection: Connection, sql: str) -> None:
    """A statement without values, such as SAVEPOINT."""
    _execute(connection, sql, ())


def _execute(connection: Connection, sql: str, parameters: Any, *, each: bool = False) -> Any:
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    dialect = connection.dialect
    try:
        if each:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
    except dialect.loaded_dbapi.Error as error:
        broken = dialect.is_disconnect(error, connection.connection, cursor)
        if broken:
            connection.invalidate(error)
        raise DBAPIError.instance(
            sql,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=broken,
            dialect=dialect,
        ) from error
    return cursor


def _padded(values: Sequence[Any]) -> list[Any]:
    filled = list(values)
    size = 1 << (len(filled) - 1).bit_length() if filled else 0
    return filled + filled[-1:] * (size - len(filled))


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _fixed(compiled: Any, dialect: Dialect, name: str, value: Any) -> Any:
    """A value that the statement itself holds: a constant, or the default of a column that was not given."""
    for column in compiled.insert_prefetch if compiled.isinsert else ():
        if column.key == name:
            value = column.default.arg(None) if column.default.is_callable else column.default.arg
    bind = compiled.binds.get(name)
    convert = _to_driver(bind.type, dialect) if bind is not None else None
    return convert(value) if convert is not None else value


def _row_of(
    columns: Sequence[ColumnElement[Any]], kinds: Sequence[Any], dialect: Dialect
) -> Callable[[Sequence[Any]], Any]:
    """Makes a row of what the driver returns, its values converted; `kinds` are the driver's own types."""
    names = [column.key or "" for column in columns]
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: Callable[[Sequence[Any]], Any] = kind._make
    converts = [
        (place, convert)
        for place, (column, code) in enumerate(zip(columns, kinds, strict=True))
        if (convert := column.type.dialect_impl(dialect).result_processor(dialect, code)) is not None
    ]
    if not converts:
        return make

    def converted(row: Sequence[Any]) -> Any:
        values = list(row)
        for place, convert in converts:
            values[place] = convert(values[place])
        return make(values)

    return converted
