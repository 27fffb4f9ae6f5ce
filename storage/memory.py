"""What was read and nobody has written since is not read again.

A memory lies beside a connection; every write to a table makes it forget what was read from that table.
"""

# A write that says in its execution options what it is `about` spares all else; a roll-back and the commit of
# another connection make it forget everything.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, Table, event

T = TypeVar("T")
Subject: TypeAlias = tuple[str, Hashable]

_PLACE = "minqing.memory"
# More than this is not kept: it begins anew.
_MOST = 8_000


class Memory:
    """Values with the counts of writes at which they were read; a count that has grown makes them void."""

    __slots__ = ("_any", "_kept", "_one", "_serial", "_whole", "version")

    def __init__(self, version: int | None) -> None:
        self.version = version
        self._kept: dict[Hashable, tuple[Any, Any, int]] = {}
        self._serial = 0
        self._any: defaultdict[Table, int] = defaultdict(int)
        self._whole: defaultdict[Table, int] = defaultdict(int)
        self._one: defaultdict[tuple[Table, Subject], int] = defaultdict(int)

    def __len__(self) -> int:
        return len(self._kept) + len(self._one)

    def stamps(self, tables: tuple[Table, ...], subjects: Sequence[Subject | None]) -> list[list[int]]:
        whole = [self._whole[table] for table in tables]
        return [
            [self._any[table] for table in tables]
            if subject is None
            else whole + [self._one.get((table, subject), 0) for table in tables]
            for subject in subjects
        ]

    def wrote(self, table: Table, about: tuple[Subject, ...] | None) -> None:
        self._any[table] += 1
        if about is None:
            self._whole[table] += 1
        else:
            for subject in about:
                self._one[table, subject] += 1

    def look(self, key: Hashable, stamp: Any) -> tuple[Any, Any, int] | None:
        found = self._kept.get(key)
        return found if found is not None and found[0] == stamp else None

    def keep(self, key: Hashable, stamp: Any, value: Any) -> None:
        self._serial += 1
        self._kept[key] = (stamp, value, self._serial)

    def mark(self) -> int:
        return self._serial

    def forget(self, since: int = 0) -> None:
        """What was kept since that mark; what was written since then is void by its stamps."""
        for key in [key for key, kept in self._kept.items() if kept[2] > since]:
            del self._kept[key]


def once(
    connection: Connection,
    key: Hashable,
    tables: tuple[Table, ...],
    load: Callable[[], T],
    subject: Subject | None = None,
) -> T:
    """What `load` reads from these tables, which must be immutable: read once as long as nothing writes to them
    (with a `subject`: nothing that is about it, or about nothing in particular)."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is None:
        return load()
    stamp = memory.stamps(tables, (subject,))[0]
    found = memory.look(key, stamp)
    if found is not None:
        value: T = found[1]
        return value
    value = load()
    memory.keep(key, stamp, value)
    return value


def recall(
    connection: Connection, key: Hashable, tables: tuple[Table, ...], subject: Subject | None = None
) -> Any | None:
    """What is known under that key and still holds, or None."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is None:
        return None
    found = memory.look(key, memory.stamps(tables, (subject,))[0])
    return found[1] if found is not None else None


def know(
    connection: Connection, key: Hashable, tables: tuple[Table, ...], value: object, subject: Subject | None = None
) -> None:
    """What was just written need not be read: the value is what `once` would load now."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is not None:
        memory.keep(key, memory.stamps(tables, (subject,))[0], value)


def once_each(
    connection: Connection,
    name: str,
    ids: Sequence[int],
    tables: tuple[Table, ...],
    load: Callable[[Sequence[int]], Mapping[int, T]],
    kind: str,
) -> list[T]:
    """As `once` for several rows, each a subject of that kind: only what is not known is loaded, all at a time.
    Ids that are not there are left out."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is None:
        loaded = load(ids) if ids else {}
        return [loaded[one] for one in ids if one in loaded]
    stamps = memory.stamps(tables, [(kind, one) for one in ids])
    found: dict[int, T] = {}
    for one, stamp in zip(ids, stamps, strict=True):
        kept = memory.look((name, one), stamp)
        if kept is not None:
            found[one] = kept[1]
    missing = [one for one in ids if one not in found]
    if missing:
        loaded = load(missing)
        for one, stamp in zip(ids, stamps, strict=True):
            if one in loaded:
                memory.keep((name, one), stamp, loaded[one])
        found.update(loaded)
    return [found[one] for one in ids if one in found]


def about(*subjects: Subject) -> dict[str, Any]:
    """Execution options of a write: only what was read of these subjects (or of the whole table) is void by it."""
    return {"about": subjects}


def remember(engine: Engine) -> None:
    """Give every connection of an engine a memory. On SQLite it outlives a transaction as long as no other
    connection has committed anything since; elsewhere each transaction begins without one."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        version = None
        if connection.dialect.name == "sqlite":
            version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        memory: Memory | None = connection.info.get(_PLACE)
        if memory is None or version is None or memory.version != version or len(memory) > _MOST:
            connection.info[_PLACE] = Memory(version)

    @event.listens_for(engine, "rollback")
    def end(connection: Connection) -> None:
        connection.info.pop(_PLACE, None)

    @event.listens_for(engine, "before_execute")
    def before(connection: Connection, statement: Any, _many: Any, _params: Any, options: Any) -> None:
        if getattr(statement, "is_select", False):
            return
        memory: Memory | None = connection.info.get(_PLACE)
        if memory is None:
            return
        if getattr(statement, "is_dml", False):
            memory.wrote(statement.table, options.get("about"))
        else:
            memory.forget()


def wrote(connection: Connection, table: Table | None, about: tuple[Subject, ...] | None) -> None:
    """A table was written to by a statement that SQLAlchemy did not see (storage/prepared.py)."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is not None and table is not None:
        memory.wrote(table, about)


def mark(connection: Connection) -> int:
    """Where a savepoint begins."""
    memory: Memory | None = connection.info.get(_PLACE)
    return memory.mark() if memory is not None else 0


def forget(connection: Connection, since: int = 0) -> None:
    """What was read since a savepoint (a `mark`; 0: ever) is void when it is rolled back."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is not None:
        memory.forget(since)
