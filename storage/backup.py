"""Copies of a running SQLite database, and back. What was said and became nothing is not in them."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url


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
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"minqing-{now:%Y%m%d-%H%M%S}.db"
    partial = target.with_suffix(".part")
    with contextlib.closing(sqlite3.connect(source)) as here, contextlib.closing(sqlite3.connect(partial)) as there:
        here.backup(there, pages=1000, sleep=0.01)
        _forget_mere_talk(there)
        _check(there, partial)
    partial.replace(target)
    for old in sorted(folder.glob("minqing-*.db"))[:-keep]:
        old.unlink()
    return target


def restore(url: str, copy: Path) -> Path | None:
    """Put a copy in the place of the database (stop the program first). Returns where the old one was moved to."""
    if not copy.exists():
        raise NotPossible(f"there is no copy at {copy}")
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        _check(connection, copy)
    target = path_of(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    moved = None
    if target.exists():
        _refuse_if_in_use(target)
        moved = target.with_name(target.name + ".before-restore")
        target.replace(moved)
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(copy)) as here, contextlib.closing(sqlite3.connect(target)) as there:
        here.backup(there)
    return moved


def _forget_mere_talk(connection: sqlite3.Connection) -> None:
    """SERVICE §3: lines that became nothing, the bodies they came in and what was answered are never in a copy. What
    still waits is: it may be a report that nobody has read, and the platform does not send it again."""
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
    connection.execute("UPDATE outbox SET text = NULL, offers = NULL, media = '[]' WHERE state IN ('sent', 'dropped')")
    connection.execute("UPDATE inbox SET body = NULL, error = NULL WHERE state <> 'new'")
    connection.commit()
    connection.execute("VACUUM")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    try:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise NotPossible(f"{path} is not a SQLite database: {error}") from None
    if answer != "ok":
        raise NotPossible(f"{path} is damaged: {answer}")


def _refuse_if_in_use(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            raise NotPossible(f"{path} is in use; stop minqing first") from None
