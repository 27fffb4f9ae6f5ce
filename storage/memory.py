"""What was read and nobody has written since is not read again.

A memory lies beside a connection; every write to a table makes it forget what was read from that table.
"""

# A write that says in its execution options what it is `about` spares all else; a roll-back and the commit of
# another connection make it forget everything.

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, Table, event

T = TypeVar("T")
Subject: TypeAlias = tuple[str, Hashable]

_PLACE = "minqing.memory"
# More than this is not kept: the older half is let go.
_MOST = 8_000


class Memory:
    """Values, each with the moment it was kept; what was written to later is void. Moments are counted."""

    __slots__ = ("_any", "_kept", "_now", "_one", "_whole", "version")

    def __init__(self, version: int | None) -> None:
        self.version = version
        self._now = 0
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        # When a table was last written to: about anything, about nothing in particular, and about one subject.
        self._any: dict[Table, int] = {}
        self._whole: dict[Table, int] = {}
        self._one: dict[Subject, dict[Table, int]] = {}

    def wrote(self, table: Table, about: tuple[Subject, ...] | None) -> None:
        self._now += 1
        self._any[table] = self._now
        if about is None:
            self._whole[table] = self._now
        else:
            for subject in about:
                self._one.setdefault(subject, {})[table] = self._now

    def look(
        self, keys: Sequence[Hashable], tables: tuple[Table, ...], subjects: Sequence[Subject | None]
    ) -> list[tuple[int, Any] | None]:
        """Under each key the moment and the value, or None where nothing is kept or it is void."""
        anything = max([self._any.get(table, 0) for table in tables])
        nothing = max([self._whole.get(table, 0) for table in tables])
        found: list[tuple[int, Any] | None] = []
        for key, subject in zip(keys, subjects, strict=True):
            kept = self._kept.get(key)
            if kept is not None and kept[0] < (anything if subject is None else nothing):
                kept = None
            elif kept is not None and subject is not None and (written := self._one.get(subject)) is not None:
                since = kept[0]
                if any(since < written.get(table, 0) for table in tables):
                    kept = None
            found.append(kept)
        return found

    def keep(self, key: Hashable, value: Any) -> None:
        self._now += 1
        self._kept[key] = (self._now, value)

    def mark(self) -> int:
        return self._now

    def forget(self, since: int = 0) -> None:
        """What was kept after that moment; what was written after it is void by itself."""
        for key in [key for key, kept in self._kept.items() if kept[0] > since]:
            del self._kept[key]

    def shrink(self) -> None:
        """Let go of the older half when there is too much. What remains was kept after anything let go was written."""
        if len(self._kept) + len(self._one) <= _MOST:
            return
        moments = sorted([kept[0] for kept in self._kept.values()])
        before = moments[len(moments) // 2] if moments else self._now
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > before}
        self._one = {subject: written for subject, written in self._one.items() if max(written.values()) > before}


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
    (found,) = memory.look((key,), tables, (subject,))
    if found is not None:
        known: T = found[1]
        return known
    value = load()
    memory.keep(key, value)
    return value


def recall(
    connection: Connection, key: Hashable, tables: tuple[Table, ...], subject: Subject | None = None
) -> Any | None:
    """What is known under that key and still holds, or None."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is None:
        return None
    (found,) = memory.look((key,), tables, (subject,))
    return found[1] if found is not None else None


def know(connection: Connection, key: Hashable, value: object) -> None:
    """What was just written need not be read: the value is what `once` would load now."""
    memory: Memory | None = connection.info.get(_PLACE)
    if memory is not None:
        memory.keep(key, value)


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
    kept = memory.look([(name, one) for one in ids], tables, [(kind, one) for one in ids])
    found: dict[int, T] = {one: known[1] for one, known in zip(ids, kept, strict=True) if known is not None}
    missing = [one for one in ids if one not in found]
    if missing:
        loaded = load(missing)
        for one, value in loaded.items():
            memory.keep((name, one), value)
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
        if memory is None or version is None or memory.version != version:
            connection.info[_PLACE] = Memory(version)
        else:
            memory.shrink()

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
