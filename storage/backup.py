"""Copies of a running SQLite database, and back. What was said and became nothing is not in them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

# What SQLite keeps beside the file of a database.
_BESIDE = ("-wal", "-shm", "-journal")


class NotPossible(Exception):
    """A copy cannot be made or taken back; the text says why and what to do."""


def path_of(url: str) -> Path:
    """The file of a SQLite url."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise NotPossible("only SQLite is copied by minqing; for PostgreSQL use pg_dump and pg_restore")
    return Path(parsed.database)


def backup(url: str, folder: Path, now: datetime, keep: int) -> Path:
    """A consistent copy of the running database, by SQLite's own online backup; the oldest beyond `keep` go."""
    source = path_of(url)
    if not source.exists():
        raise NotPossible(f"there is no database at {source}")
    target = folder / f"minqing-{now:%Y%m%d-%H%M%S}.db"
    partial = target.with_suffix(".part")
    with _plainly(f"no copy was made in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with _new(partial):
            _take(source, partial)
            _forget_mere_talk(partial)
            _check(partial)
            partial.replace(target)
        for old in sorted(folder.glob("minqing-*.db"))[:-keep]:
            old.unlink()
    return target


def restore(url: str, copy: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the database (stop the program first). Returns where the old one was moved to. It is
    untouched until all of the copy stands beside it, and nothing is ever written over."""
    target = path_of(url).resolve()
    fresh = target.with_name(f"{target.name}.restoring")
    moved = target.with_name(f"{target.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    if not copy.is_file():
        raise NotPossible(f"there is no copy at {copy}")
    if any(one.exists() and one.samefile(copy) for one in (target, fresh)):
        raise NotPossible(f"{copy} is no copy, but the database itself or what an earlier restore left half done")
    with _plainly(f"{copy} was not put in place"):
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_if_in_use(target)
        _refuse_if_in_use(fresh)
        _remove(fresh)
        with _new(fresh):
            _check(copy)
            _take(copy, fresh)
            _check(fresh)
            _refuse_if_in_use(target)
            there_was = target.exists()
            _set_aside(target, moved)
            fresh.replace(target)
    return moved if there_was else None


@contextlib.contextmanager
def _plainly(what: str) -> Iterator[None]:
    """A full disk, a folder that may not be written and the like, as a line for whoever asked."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise NotPossible(f"{what}: {error}") from None


@contextlib.contextmanager
def _new(path: Path) -> Iterator[None]:
    """A file of our own; where it has not got another name by the end, nothing of it is left."""
    path.touch(exist_ok=False)
    try:
        yield
    finally:
        _remove(path)


def _take(source: Path, target: Path) -> None:
    """All of one database into an empty file, which needs none beside it."""
    with contextlib.closing(sqlite3.connect(source)) as here, contextlib.closing(sqlite3.connect(target)) as there:
        # As it is at this moment: else SQLite begins again whenever somebody has written, and in a busy office never
        # comes to an end.
        here.isolation_level = None
        here.execute("BEGIN")
        here.execute("SELECT 1 FROM sqlite_master").fetchone()
        here.backup(there, pages=1000)
        there.execute("PRAGMA journal_mode = DELETE")


def _sweep(folder: Path) -> None:
    """What a copy that was broken off left behind; not one that is being made. Where that fails, the next may do it."""
    for left in folder.glob("minqing-*.part"):
        with contextlib.suppress(NotPossible, sqlite3.Error, OSError):
            _refuse_if_in_use(left)
            _remove(left)


def _set_aside(path: Path, moved: Path) -> None:
    """A damaged database may have left a journal behind: that is part of it, and would spoil another in its place."""
    if moved.exists():
        raise NotPossible(f"{moved} is there already; try again")
    # Only an index of the journal, made anew by whoever opens it.
    _beside(path, "-shm").unlink(missing_ok=True)
    for suffix in (*_BESIDE, ""):
        if (one := _beside(path, suffix)).exists():
            one.rename(_beside(moved, suffix))


def _remove(path: Path) -> None:
    for suffix in ("", *_BESIDE):
        _beside(path, suffix).unlink(missing_ok=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _forget_mere_talk(copy: Path) -> None:
    """SERVICE §3: lines that became nothing, the bodies they came in and what was answered are never in a copy. What
    still waits is: it may be a report that nobody has read, and the platform does not send it again."""
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "DELETE FROM media WHERE line_id IN (SELECT id FROM lines WHERE NOT kept"
            " AND id NOT IN (SELECT line_id FROM ticket_messages) AND id NOT IN (SELECT line_id FROM entry_lines))"
        )
        connection.execute(
            "DELETE FROM lines WHERE NOT kept"
            " AND id NOT IN (SELECT line_id FROM ticket_messages) AND id NOT IN (SELECT line_id FROM entry_lines)"
        )
        connection.execute("DELETE FROM report_drafts")
        connection.execute(
            "UPDATE outbox SET text = NULL, offers = NULL, media = '[]' WHERE state IN ('sent', 'dropped')"
        )
        connection.execute("UPDATE inbox SET body = NULL, error = NULL WHERE state <> 'new'")
        connection.commit()
        connection.execute("VACUUM")


def _check(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise NotPossible(f"{path} is not a SQLite database: {error}") from None
    if answer != "ok":
        raise NotPossible(f"{path} is damaged: {answer}")


def _refuse_if_in_use(path: Path) -> None:
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            # Extended codes have the plain one in their lowest byte.
            code = error.sqlite_errorcode & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise NotPossible(f"{path} is in use; stop minqing first") from None
            if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            # Nobody works with a damaged one; it is what a copy is put back for.
