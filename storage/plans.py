"""A Core statement as the driver takes it: compiled once, with what makes its parameters and rows fit."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from operator import is_
from typing import Any, TypeAlias

from sqlalchemy import Boolean, ColumnElement, Dialect, LargeBinary, Table, bindparam, cast, select, union_all, update
from sqlalchemy.sql import visitors
from sqlalchemy.types import TypeEngine

from storage.driver import declare, spelling

Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any]

# Where a parameter comes from: the caller's name for it, whether it is a list of parameters, what makes it fit for the
# driver; with no name it is a value that the statement itself holds.
_Slot: TypeAlias = tuple[str | None, bool, _Convert | None, Any]


@dataclass(slots=True)
class Plan:
    """Its text, where the parameters come from, what it returns, the table that it writes to, the tables that it looks
    at (None: they cannot be told), those in which rows must be that it refers to, and, once the driver has told its
    types, what makes a row."""

    sql: str
    slots: tuple[_Slot, ...]
    columns: tuple[ColumnElement[Any], ...]
    table: Table | None
    looks_at: frozenset[Table] | None
    refers_to: frozenset[Table]
    row: Callable[[Sequence[Any]], Any] | None = None

    def parameters(self, values: Values) -> list[Any]:
        filled: list[Any] = []
        for source, listed, convert, fixed in self.slots:
            if source is None:
                filled.append(fixed)
            elif listed:
                filled += values[source] if convert is None else map(convert, values[source])
            else:
                value = values[source]
                filled.append(value if convert is None else convert(value))
        return filled

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


@dataclass(frozen=True, slots=True)
class RowsPlan:
    """A statement that writes several rows: its text, and for each column what makes a value fit for the driver."""

    sql: str
    columns: tuple[tuple[str, _Convert | None], ...]

    def parameters(self, rows: Sequence[Values]) -> list[Any]:
        """Those of the rows one after another, however many there are."""
        if len(rows) == 1:
            [only] = rows
            return [only[name] if convert is None else convert(only[name]) for name, convert in self.columns]
        return self.fitted({name: [row[name] for row in rows] for name, _ in self.columns})

    def fitted(self, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """As `parameters`, of rows that are given by column."""
        fit = [_converted(columns[name], convert) for name, convert in self.columns]
        return [*chain.from_iterable(zip(*fit, strict=True))]


def _converted(values: Sequence[Any], convert: _Convert | None) -> Sequence[Any]:
    """A column made fit for the driver. Of many rows written together many hold the very same thing."""
    if convert is None:
        return values
    if all(map(is_, values, repeat(values[0]))):
        return [convert(values[0])] * len(values)
    return [convert(value) for value in values]


def plan_of(made: Any, dialect: Dialect, values: Values, lists: Sequence[str]) -> Plan:
    """The statement with all its values as parameters; `lists` names those that are lists (`IN`)."""
    columns = [name for name in values if name in made.table.c] if made.is_insert or made.is_update else []
    compiled = made.compile(dialect=spelling(dialect), column_keys=columns or None)
    expanded = compiled.construct_expanded_state(dict(values))
    slots: dict[str, _Slot] = {
        name: (None, False, None, _fixed(compiled, dialect, name, value)) for name, value in expanded.parameters.items()
    }
    inside = set[str]()
    for name in values:
        convert = _to_driver(compiled.binds[name].type, dialect)
        if name in lists:
            # Its parameters follow one another: the first stands for all.
            slots[f"{name}_1"] = (name, True, convert, None)
            inside.update(f"{name}_{place}" for place in range(2, len(values[name]) + 1))
        else:
            slots[name] = (name, False, convert, None)
    return Plan(
        sql=expanded.statement,
        slots=tuple(slots[name] for name in expanded.positiontup or () if name not in inside),
        columns=tuple(made.exported_columns),
        table=made.table if made.is_dml else None,
        looks_at=_looked_at(made),
        refers_to=referred(made.table) if made.is_dml else frozenset(),
    )


def rows_plan_of(made: Any, dialect: Dialect, names: Sequence[str], count: int) -> RowsPlan:
    """An INSERT of so many rows with these columns; nothing is returned. Other columns must need no value of ours."""
    of = made.table.c
    rows = [{name: bindparam(f"{name}__{n}", type_=of[name].type) for name in names} for n in range(count)]
    several = made.values(rows)
    # Whatever it returns for one row nobody waits for.
    several._returning = ()
    compiled = several.compile(dialect=spelling(dialect))
    # In the table's order, whatever that of the values was.
    ordered = [column.key for column in of if column.key in names]
    if list(compiled.positiontup or ()) != [f"{name}__{n}" for n in range(count) for name in ordered]:
        raise ValueError(f"{made.table.name}: every column with a default must be given, and nothing else")
    declare(str(compiled), [of[name].type for name in ordered] * count, dialect)
    return RowsPlan(str(compiled), tuple((name, _to_driver(of[name].type, dialect)) for name in ordered))


def changes_plan_of(
    table: Table, dialect: Dialect, names: Sequence[str], count: int, *, forward: bool = False
) -> RowsPlan:
    """An UPDATE of so many rows by the first of these columns, which are all that a row of values holds; `forward`:
    of those whose second column is less than the new one."""
    of, key = table.c, names[0]
    rows = [select(*(_typed(f"{name}__{n}", of[name].type).label(name) for name in names)) for n in range(count)]
    new = union_all(*rows).subquery("new")
    made = update(table).where(of[key] == new.c[key]).values({name: new.c[name] for name in names[1:]})
    if forward:
        made = made.where(of[names[1]] < new.c[names[1]])
    compiled: Any = made.compile(dialect=spelling(dialect))
    if list(compiled.positiontup or ()) != [f"{name}__{n}" for n in range(count) for name in names]:
        raise ValueError(f"{table.name}: parameters in another order")
    declare(str(compiled), [of[name].type for name in names] * count, dialect)
    return RowsPlan(str(compiled), tuple((name, _to_driver(of[name].type, dialect)) for name in names))


def _typed(name: str, kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """A parameter that stands for itself: SQLAlchemy tells PostgreSQL of all types but this one what it is."""
    value = bindparam(name, type_=kind)
    return cast(value, kind) if isinstance(kind, Boolean) else value


def padded(values: Sequence[Any]) -> list[Any]:
    """Filled up to a power of two with what is in it anyway, so that few statements serve all lengths."""
    filled = list(values)
    size = 1 << (len(filled) - 1).bit_length() if filled else 0
    return filled + filled[-1:] * (size - len(filled))


def referred(table: Table) -> frozenset[Table]:
    """Where rows must be before one of this table is written: its own among them, for what is there but once."""
    return frozenset({table} | {key.column.table for key in table.foreign_keys})


def _looked_at(made: Any) -> frozenset[Table] | None:
    if made.is_delete:
        return None
    found = frozenset(one for one in visitors.iterate(made) if isinstance(one, Table))
    return found - {made.table} if made.is_insert else found


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    # Both drivers take bytes as they are; SQLAlchemy would wrap each.
    return None if isinstance(kind, LargeBinary) else kind.dialect_impl(dialect).bind_processor(dialect)


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
    # Its own `_make` would count the values besides.
    make: Callable[[Sequence[Any]], Any] = partial(tuple.__new__, kind)
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
