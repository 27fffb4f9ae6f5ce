"""What was read and nobody has written since is not read again.

A memory lies beside a connection; every write to a table makes it forget what was read from that table.
What other processes may write meanwhile is kept as long as storage/spans.py allows.
"""

# A write that says what it is `about` spares all else; a roll-back makes it forget all, as on SQLite another's commit.

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, Table, event

from storage.spans import BRIEF, LASTING, SPANS, bump, span_of, stamp

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Subject: TypeAlias = tuple[str, Hashable]

_PLACE = "minqing.memory"
# More than this is not kept: the older half is let go.
_MOST = 24_000


class Memory:
    """Values, each with the moment it was kept; what was written to later is void. Moments are counted."""

    __slots__ = ("_any", "_kept", "_now", "_one", "_spans", "_whole", "changed", "sure", "version")

    def __init__(self, version: int | None) -> None:
        self.version = version
        # On a server: whether the version is that of this transaction, and whether this one makes another of it.
        self.sure = False
        self.changed = False
        self._spans: tuple[set[Hashable], ...] = tuple(set() for _ in SPANS)
        self._now = 0
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        # When a table was last written to: about anything, about nothing in particular, and about one subject (and when
        # any was, about that subject).
        self._any: dict[Table, int] = {}
        self._whole: dict[Table, int] = {}
        self._one: dict[Subject, dict[Table | None, int]] = {}

    def wrote(self, table: Table, about: tuple[Subject, ...] | None) -> None:
        self._now += 1
        self.changed = self.changed or span_of((table,)) == LASTING
        self._any[table] = self._now
        if about is None:
            self._whole[table] = self._now
        else:
            for subject in about:
                # In the order in which they were last written to.
                written = self._one[subject] = self._one.pop(subject, {})
                written[table] = written[None] = self._now

    def written_since(self, kind: str, moment: int) -> set[Hashable]:
        """Subjects of a kind that were written to after that moment."""
        found = set()
        for (name, subject), written in reversed(self._one.items()):
            if written[None] <= moment:
                break
            if name == kind:
                found.add(subject)
        return found

    def find(self, key: Hashable, tables: tuple[Table, ...], subject: Subject | None) -> tuple[int, Any] | None:
        """Under the key the moment and the value, or None where nothing is kept or it is void."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        since = kept[0]
        written = self._any if subject is None else self._whole
        about = self._one.get(subject) if subject is not None else None
        for table in tables:
            if written.get(table, 0) > since or (about is not None and about.get(table, 0) > since):
                return None
        return kept

    def find_each(self, name: str, ids: Sequence[K], tables: tuple[Table, ...], kind: str) -> dict[K, Any]:
        """As `find` for several subjects of a kind, whose keys are the name and their ids: what is kept of them."""
        whole = max([self._whole.get(table, 0) for table in tables], default=0)
        found = {}
        for one in ids:
            kept = self._kept.get((name, one))
            if kept is None or kept[0] < whole:
                continue
            about = self._one.get((kind, one))
            if about is None or about[None] <= kept[0] or all(about.get(table, 0) <= kept[0] for table in tables):
                found[one] = kept[1]
        return found

    def keep(self, key: Hashable, value: Any, tables: tuple[Table, ...]) -> None:
        self._now += 1
        self._kept[key] = (self._now, value)
        self._spans[span_of(tables)].add(key)

    def end(self, *spans: int) -> None:
        """What was kept for so long only."""
        for span in spans:
            for key in self._spans[span]:
                self._kept.pop(key, None)
            self._spans[span].clear()

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
        self._spans = tuple({key for key in span if key in self._kept} for span in self._spans)
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
    memory = _memory(connection, tables)
    if memory is None:
        return load()
    found = memory.find(key, tables, subject)
    if found is not None:
        known: T = found[1]
        return known
    value = load()
    memory.keep(key, value, tables)
    return value


def recall(
    connection: Connection, key: Hashable, tables: tuple[Table, ...], subject: Subject | None = None
) -> Any | None:
    """What is known under that key and still holds, or None."""
    memory = _memory(connection, tables)
    found = memory.find(key, tables, subject) if memory is not None else None
    return found[1] if found is not None else None


def is_known(connection: Connection, key: Hashable, tables: tuple[Table, ...]) -> bool:
    """Whether anything is, be it that there is nothing."""
    memory = _memory(connection, tables)
    return memory is not None and memory.find(key, tables, None) is not None


def know(connection: Connection, key: Hashable, value: object, tables: tuple[Table, ...] = ()) -> None:
    """What was just written, or loaded with others, need not be read: the value is what `once` would load now from
    these tables (none: it is kept as briefly as may be)."""
    memory = _memory(connection, tables)
    if memory is not None:
        memory.keep(key, value, tables)


def once_each(
    connection: Connection,
    name: str,
    ids: Sequence[K],
    tables: tuple[Table, ...],
    load: Callable[[Sequence[K]], Mapping[K, T]],
    kind: str,
) -> list[T]:
    """As `once` for several rows, each a subject of that kind: only what is not known is loaded, all at a time.
    Ids that are not there are left out."""
    memory = _memory(connection, tables)
    if memory is None:
        loaded = load(ids) if ids else {}
        return [loaded[one] for one in ids if one in loaded]
    found: dict[K, T] = memory.find_each(name, ids, tables, kind)
    missing = [one for one in ids if one not in found]
    if missing:
        loaded = load(missing)
        for one, value in loaded.items():
            memory.keep((name, one), value, tables)
        found.update(loaded)
    return [found[one] for one in ids if one in found]


def written_since(connection: Connection, kind: str, moment: int) -> set[Any]:
    """Subjects of a kind that were written to after a moment (a `mark`), in statements that said so."""
    memory = _at(connection)
    return memory.written_since(kind, moment) if memory is not None else set()


def about(*subjects: Subject) -> dict[str, Any]:
    """Execution options of a write: only what was read of these subjects (or of the whole table) is void by it."""
    return {"about": subjects}


def _at(connection: Connection) -> Memory | None:
    """The memory at hand. It lies with the driver's connection, which outlives SQLAlchemy's, and with that one too: it
    is asked for a hundred times a message."""
    return vars(connection).get(_PLACE)


def _lay(connection: Connection, memory: Memory) -> None:
    connection.info[_PLACE] = vars(connection)[_PLACE] = memory


def _memory(connection: Connection, tables: tuple[Table, ...]) -> Memory | None:
    """The memory, after a look at the stamp when something that outlives transactions is asked for the first time."""
    memory: Memory | None = vars(connection).get(_PLACE)
    if memory is not None and not memory.sure and tables and span_of(tables) == LASTING:
        version = stamp(connection)
        if version != memory.version:
            # What was read in this transaction is as new as this, and made of nothing older.
            memory.end(LASTING)
        memory.version, memory.sure = version, True
    return memory


def remember(engine: Engine) -> None:
    """Give every connection of an engine a memory. On SQLite it outlives a transaction as long as no other
    connection has committed anything since; on a server what others seldom write does, as long as the stamp tells
    that nobody has."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        memory: Memory | None = connection.info.get(_PLACE)
        if connection.dialect.name != "sqlite":
            memory = memory or Memory(None)
            memory.end(*SPANS[:LASTING])
            memory.sure = memory.changed = False
            memory.shrink()
            _lay(connection, memory)
            return
        version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        if memory is None or memory.version != version:
            memory = Memory(version)
            memory.sure = True
        memory.shrink()
        _lay(connection, memory)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        memory = _at(connection)
        if memory is not None and memory.changed and connection.dialect.name != "sqlite":
            # The last thing that the transaction locks: it stands in nobody's way for long, and waits in no circle.
            bump(connection)

    @event.listens_for(engine, "rollback")
    def end(connection: Connection) -> None:
        connection.info.pop(_PLACE, None)
        vars(connection).pop(_PLACE, None)

    @event.listens_for(engine, "before_execute")
    def before(connection: Connection, statement: Any, _many: Any, _params: Any, options: Any) -> None:
        if getattr(statement, "is_select", False):
            return
        memory = _at(connection)
        if memory is None:
            return
        if getattr(statement, "is_dml", False):
            memory.wrote(statement.table, options.get("about"))
        else:
            memory.forget()


def wrote(connection: Connection, table: Table | None, about: tuple[Subject, ...] | None) -> None:
    """A table was written to by a statement that SQLAlchemy did not see (storage/prepared.py)."""
    memory = _at(connection)
    if memory is not None and table is not None:
        memory.wrote(table, about)


def mark(connection: Connection) -> int:
    """Where a savepoint begins."""
    memory = _at(connection)
    return memory.mark() if memory is not None else 0


def forget(connection: Connection, since: int) -> None:
    """What was read since a savepoint (a `mark`) is void when it is rolled back. On a server so is what was read before
    and others may have written: whoever tries again must see it."""
    memory = _at(connection)
    if memory is not None:
        memory.forget(since)
        if connection.dialect.name != "sqlite":
            memory.end(*SPANS[:LASTING])


def look_anew(connection: Connection) -> None:
    """Work of its own begins: on a server, what others may write at any time is read again."""
    memory = _at(connection)
    if memory is not None and connection.dialect.name != "sqlite":
        memory.end(BRIEF)
