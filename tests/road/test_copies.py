"""Copies of a running database, and back: nothing that was there is lost, however often and whatever is put back."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.messages import Address, Outgoing, Raw
from domain.settings import Settings
from storage import backup as copies
from storage import migrate
from storage.cipher import Cipher
from storage.database import Database

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM = Address("playground", "g:1")


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_a_copy_of_a_busy_database_is_whole_and_leaves_mere_talk_out(
    settings: Settings, cipher: Cipher, tmp_path: Path
) -> None:
    database = Database(settings.storage, cipher)
    migrate.upgrade(database)
    stop = threading.Event()

    def receive() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            raws = [Raw("playground", f"{n}:{m}", "g:1", b"said", NOW) for m in range(5)]
            database.write(lambda store, some=raws: store.inbox.receive(some))  # type: ignore[misc]

    busy = threading.Thread(target=receive)
    busy.start()
    try:
        made = [
            copies.backup(settings.storage.url, tmp_path / "copies", NOW + timedelta(seconds=n), 2) for n in range(4)
        ]
    finally:
        stop.set()
        busy.join()
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == [made[2].name, made[3].name]
    with contextlib.closing(sqlite3.connect(made[3])) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) % 5, count(*) > 0 FROM inbox").fetchone() == (0, 1)
    with pytest.raises(copies.NotPossible, match="in use"):
        holder = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            copies.restore(settings.storage.url, made[3], NOW)
        finally:
            holder.close()
    database.write(lambda store: store.channel_state.set("x", "after the copy", "1"))
    database.close()
    copies.restore(settings.storage.url, made[3], NOW)
    again = Database(settings.storage, cipher)
    assert again.read(lambda s: s.channel_state.get("x", "after the copy", NOW)) is None
    again.close()


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_a_copy_comes_to_an_end_though_others_write_all_the_time(
    settings: Settings, cipher: Cipher, tmp_path: Path
) -> None:
    database = Database(settings.storage, cipher)
    migrate.upgrade(database)
    database.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as much:
        much.execute("CREATE TABLE much AS SELECT randomblob(30000000) AS more")
    stop = threading.Event()

    def write() -> None:
        with contextlib.closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as writer:
            writer.execute("PRAGMA synchronous = OFF")
            while not stop.wait(0.0003):
                writer.execute("INSERT INTO much VALUES (NULL)")

    left, being_made = (tmp_path / f"minqing-20260507-01000{n}.part" for n in (1, 2))
    left.write_bytes(b"half of")
    left.with_name(f"{left.name}-journal").write_bytes(b"half of")
    made: list[Path] = []
    office = threading.Thread(target=write)
    copying = threading.Thread(target=lambda: made.append(copies.backup(settings.storage.url, tmp_path, NOW, 1)))
    with contextlib.closing(sqlite3.connect(being_made, isolation_level=None)) as another:
        another.execute("CREATE TABLE half (made)")
        another.execute("BEGIN IMMEDIATE")
        office.start()
        copying.start()
        copying.join(20)
        ended = list(made)
        stop.set()
        office.join()
        copying.join()
    assert ended
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([being_made.name, made[0].name, "test.db"])


def test_a_copy_that_cannot_be_made_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """Here it fails half-way, since none of our tables is there."""
    url = f"sqlite:///{_database(tmp_path / 'live.db', 'live')}"
    with pytest.raises(copies.NotPossible, match="no copy was made"):
        copies.backup(url, tmp_path / "copies", NOW, 1)
    assert not list((tmp_path / "copies").iterdir())
    with pytest.raises(copies.NotPossible, match="no copy was made"):
        copies.backup(url, tmp_path / "live.db", NOW, 1)


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_of_deliveries_and_letters_a_copy_has_only_what_waits(
    settings: Settings, cipher: Cipher, tmp_path: Path
) -> None:
    database = Database(settings.storage, cipher)
    migrate.upgrade(database)
    raws = [Raw("playground", str(n), "g:1", b"said", NOW) for n in range(3)]
    database.write(lambda store: store.inbox.receive(raws))
    database.write(lambda store: store.inbox.done([1], NOW))
    database.write(lambda store: store.inbox.failed(2, NOW, "ab12cd34", "ValueError: said"))
    database.write(lambda store: [store.outbox.put(Outgoing(ROOM, f"{n}"), ROOM, NOW) for n in range(2)] and None)
    database.write(lambda store: store.outbox.sent(store.outbox.letters([1])[0], ["r"], NOW, None))
    made = copies.backup(settings.storage.url, tmp_path / "copies", NOW, 1)
    database.close()
    with contextlib.closing(sqlite3.connect(made)) as copy:
        letters = copy.execute("SELECT state, text IS NULL, media FROM outbox ORDER BY id").fetchall()
        kept = copy.execute("SELECT state, body IS NULL, error IS NULL, reference FROM inbox ORDER BY id").fetchall()
    assert letters == [("sent", 1, "[]"), ("queued", 0, "[]")]
    assert kept == [("done", 1, 1, None), ("failed", 1, 1, "ab12cd34"), ("new", 0, 1, None)]


def test_a_lost_database_is_said_clearly(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    with pytest.raises(copies.NotPossible, match="there is no database"):
        copies.backup(url, tmp_path, NOW, 3)
    (tmp_path / "junk.db").write_bytes(b"not a database at all, just bytes" * 40)
    with pytest.raises(copies.NotPossible, match="not a SQLite database"):
        copies.restore(url, tmp_path / "junk.db", NOW)
    with pytest.raises(copies.NotPossible, match="pg_dump"):
        copies.backup("postgresql+psycopg://h/db", tmp_path, NOW, 3)


def test_what_was_in_place_can_always_be_had_again(tmp_path: Path) -> None:
    """Undone, undone again, and with what an interrupted one left behind."""
    live, first, second = (_database(tmp_path / f"{name}.db", name) for name in ("live", "first", "second"))
    url = f"sqlite:///{live}"
    was = copies.restore(url, first, NOW)
    assert was and (_said(live), _said(was)) == ("first", "live")
    then = copies.restore(url, second, NOW + timedelta(minutes=1))
    assert then and (_said(live), _said(then), _said(was)) == ("second", "first", "live")
    (tmp_path / "live.db.restoring").write_bytes(b"half of")
    (tmp_path / "live.db.restoring-wal").write_bytes(b"half of")
    last = copies.restore(url, was, NOW + timedelta(minutes=2))
    assert last and [_said(one) for one in (live, last, then, was)] == ["live", "second", "first", "live"]
    with pytest.raises(copies.NotPossible, match="there already"):
        copies.restore(url, second, NOW + timedelta(minutes=2))
    assert _said(live) == "live" and not list(tmp_path.glob("*.restoring*"))


def test_what_cannot_be_put_back_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live, copy = _database(tmp_path / "live.db", "live"), _database(tmp_path / "copy.db", "copy")
    url = f"sqlite:///{live}"
    (tmp_path / "linked.db").symlink_to(live)
    for wrong in (live, tmp_path / "linked.db"):
        with pytest.raises(copies.NotPossible, match="the database itself"):
            copies.restore(url, wrong, NOW)
    with pytest.raises(copies.NotPossible, match="there is no copy"):
        copies.restore(url, tmp_path, NOW)
    with pytest.raises(copies.NotPossible, match="was not put in place"):
        copies.restore(f"sqlite:///{copy}/in/a/file.db", live, NOW)

    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half of")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(copies, "_take", full)
    with pytest.raises(copies.NotPossible, match="disk is full"):
        copies.restore(url, copy, NOW)
    assert _said(live) == "live"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "linked.db", "live.db"]


def test_of_a_damaged_database_nothing_is_left_in_the_place_of_the_copy(tmp_path: Path) -> None:
    copy, live = _database(tmp_path / "copy.db", "copy"), tmp_path / "live.db"
    journal, damaged = tmp_path / "live.db-wal", b"nothing that anybody can read" * 200
    for minute, lost in enumerate((live, journal)):
        live.unlink(missing_ok=True)
        lost.write_bytes(damaged)
        moved = copies.restore(f"sqlite:///{live}", copy, NOW + timedelta(minutes=minute))
        assert (moved and moved.read_bytes()) == (damaged if lost == live else None)
        assert not journal.exists() and _said(live) == "copy"


def test_of_a_database_whose_program_was_killed_all_is_in_the_file_that_is_named(tmp_path: Path) -> None:
    copy, live = _database(tmp_path / "copy.db", "copy"), tmp_path / "live.db"
    killed = _database(tmp_path / "killed.db", "before")
    with contextlib.closing(sqlite3.connect(killed, isolation_level=None)) as connection:
        connection.execute("UPDATE told SET words = 'last'")
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{killed}{suffix}", tmp_path / f"live.db{suffix}")
    moved = copies.restore(f"sqlite:///{live}", copy, NOW)
    assert moved and sorted(path.name for path in tmp_path.glob("live.db*")) == ["live.db", moved.name]
    assert (_said(live), _said(moved)) == ("copy", "last")


def _database(path: Path, said: str) -> Path:
    """One that keeps a journal of its own, as all of ours do."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE told (words TEXT)")
        connection.execute("INSERT INTO told VALUES (?)", (said,))
    return path


def _said(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT words FROM told").fetchone()[0])
