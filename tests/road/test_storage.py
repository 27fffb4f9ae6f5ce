"""The ground everything stands on: one writer with group commit, sealed fields."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from domain.messages import Address, Button, Outgoing, Priority
from domain.running import StorageSettings
from domain.settings import Settings
from storage import migrate
from storage.cipher import Cipher, WrongKey, new_key
from storage.database import Database
from storage.late import NOTHING_TO_EDIT, WAITS, waiting_for
from storage.store import Store
from storage.tables import metadata, outbox

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM = Address("playground", "g:1")
SETTINGS = Settings()


def test_of_several_pieces_of_work_only_the_failing_one_is_undone(database: Database) -> None:
    gate = threading.Event()
    first = database.submit(lambda store: gate.wait(5))

    def failing(store: Store) -> None:
        store.channel_state.set("x", "bad", "1")
        raise ValueError("no")

    futures = [
        database.submit(lambda store, n=n: store.channel_state.set("x", f"good{n}", str(n)))  # type: ignore[misc]
        for n in range(3)
    ]
    bad = database.submit(failing)
    gate.set()
    assert first.result(5)
    for future in futures:
        future.result(5)
    with pytest.raises(ValueError, match="no"):
        bad.result(5)
    kept = database.read(
        lambda store: [store.channel_state.get("x", name, NOW) for name in ("good0", "good1", "good2", "bad")]
    )
    assert kept == ["0", "1", "2", None]


def test_each_connection_keeps_as_many_pages_as_it_may(tmp_path: Path) -> None:
    settings = StorageSettings(url=f"sqlite:///{tmp_path / 'small.db'}", cache_mib=3)
    small = Database(settings, Cipher(new_key()))
    asked = [
        ask(lambda store: store.connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
        for ask in (small.read, small.write)
    ]
    small.close()
    assert asked == [-3072, -3072]


def test_a_savepoint_takes_back_only_what_was_done_inside(database: Database) -> None:
    def work(store: Store) -> None:
        store.channel_state.set("x", "before", "1")
        with contextlib.suppress(RuntimeError), store.savepoint():
            store.channel_state.set("x", "inside", "1")
            raise RuntimeError
        store.channel_state.set("x", "after", "1")

    database.write(work)
    found = database.read(lambda s: [s.channel_state.get("x", name, NOW) for name in ("before", "inside", "after")])
    assert found == ["1", None, "1"]


def test_what_expires_is_gone(database: Database) -> None:
    database.write(lambda store: store.channel_state.set("wecom", "token", "secret", NOW + timedelta(hours=2)))
    assert database.read(lambda s: s.channel_state.get("wecom", "token", NOW)) == "secret"
    assert database.read(lambda s: s.channel_state.get("wecom", "token", NOW + timedelta(hours=2))) is None


@given(st.text(), st.text(min_size=1))
def test_sealed_text_comes_back_only_for_its_own_field(text: str, field: str) -> None:
    box = Cipher(new_key())
    sealed = box.seal(text, field)
    assert box.open_text(sealed, field) == text
    with pytest.raises(WrongKey):
        box.open_text(sealed, field + "x")
    with pytest.raises(WrongKey):
        Cipher(new_key()).open_text(sealed, field)
    assert box.seal(text, field) != sealed


@pytest.mark.parametrize("key", ["", "short", "ä" * 44, "A" * 44 + "!"])
def test_a_bad_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="MINQING_KEY"):
        Cipher(key)


def put(store: Store, text: str, *, card: str | None = None, mode: str = "new", once: str | None = None,
        priority: Priority = Priority.NOTICE, not_before: datetime | None = None) -> int | None:  # fmt: skip
    message = Outgoing(
        to=ROOM, text=text, card=card, mode=mode, once=once, priority=priority, not_before=not_before,  # type: ignore[arg-type]
        buttons=(Button("接单", "接单 阳光1"),),
    )  # fmt: skip
    return store.outbox.put(message, ROOM, NOW)


def claim(store: Store, at: datetime = NOW, limit: int = 10) -> list[str]:
    real = datetime.now(UTC)
    return [one.text for one in store.outbox.claim(real, at, "me", real + timedelta(seconds=60), limit, "playground")]


def test_the_urgent_goes_first_and_nothing_before_its_time(database: Database) -> None:
    database.write(lambda s: put(s, "later", not_before=NOW + timedelta(hours=1)))
    database.write(lambda s: put(s, "routine", priority=Priority.ROUTINE))
    database.write(lambda s: put(s, "emergency", priority=Priority.EMERGENCY))
    assert database.write(claim) == ["emergency", "routine"]
    assert database.write(claim) == []
    assert database.write(lambda s: claim(s, NOW + timedelta(hours=1))) == ["later"]


def test_the_same_push_is_never_queued_twice(database: Database) -> None:
    assert database.write(lambda s: put(s, "早上好", once="morning:1:2026-05-08")) is not None
    assert database.write(lambda s: put(s, "早上好", once="morning:1:2026-05-08")) is None
    assert database.read(lambda s: s.outbox.counts()) == {"queued": 1}


def test_letters_of_one_card_keep_their_order_and_only_the_last_edit_goes(database: Database) -> None:
    database.write(lambda s: put(s, "card", card="ticket:1:residents"))
    database.write(lambda s: put(s, "edit 1", card="ticket:1:residents", mode="edit"))
    database.write(lambda s: put(s, "edit 2", card="ticket:1:residents", mode="edit"))
    assert database.write(claim) == ["card"]
    assert database.write(claim) == []

    def deliver(store: Store) -> None:
        real = datetime.now(UTC)
        [letter] = store.outbox.claim(real + timedelta(hours=1), NOW, "me", real, 1, "playground")
        store.outbox.sent(letter, ["77"], NOW, 1)

    database.write(deliver)
    assert database.write(claim) == ["edit 2"]
    assert database.read(lambda s: s.outbox.remotes("playground", "g:1", "ticket:1:residents")) == ("77",)
    assert database.read(lambda s: s.outbox.card_of("playground", "g:1", "77")) == "ticket:1:residents"


def test_migrations_make_exactly_the_tables(empty_url: str, cipher: Cipher) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = Database(StorageSettings(url=empty_url), cipher)
    assert migrate.upgrade(database) == (None, migrate.head())
    assert migrate.upgrade(database) == (migrate.head(), migrate.head())
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        if database.parallel:
            # Which is not compared: keys are found by how they begin only in the order of their bytes.
            for table, name in (("outbox", "once"), ("outbox", "card"), ("cards", "card")):
                [column] = [one for one in inspect(connection).get_columns(table) if one["name"] == name]
                assert getattr(column["type"], "collation", None) == "C"
    database.close()


def test_the_words_of_letters_are_forgotten_but_for_those_that_wait(database: Database) -> None:
    """A few at a time, and what was passed over is come back to; a forgotten one is not queued again."""

    def put(store: Store) -> None:
        for n in range(1, 7):
            store.outbox.put(Outgoing(ROOM, str(n), card=f"c{n}"), ROOM, NOW if n < 6 else NOW + timedelta(hours=1))
        for n, state in ((1, "sent"), (3, "failed"), (4, "dropped"), (6, "sent")):
            store.outbox.give_up(n, state, "")

    def forget(behind: int, limit: int) -> tuple[int, int]:
        return database.write(lambda store: store.outbox.forget(NOW + timedelta(minutes=1), NOW, behind, limit))

    def left(store: Store) -> list[int]:
        return list(store.connection.scalars(select(outbox.c.id).where(outbox.c.text.is_not(None)).order_by("id")))

    database.write(put)
    assert forget(0, 2) == (2, 1) and database.read(left) == [2, 4, 5, 6]
    assert forget(1, 2) == (1, 1) and database.read(left) == [2, 5, 6]
    database.write(lambda store: store.outbox.give_up(2, "unknown", "no answer"))
    assert forget(1, 2) == (1, 2) and forget(2, 2) == (0, 2)
    assert database.read(left) == [5, 6] and database.write(lambda store: store.outbox.retry(None)) == 0
    # Cards are found where they stand as before.
    assert database.read(lambda store: store.outbox.rooms_of("c1")) == [ROOM]


def test_what_waits_for_its_reader_to_write_is_forgotten_when_it_waits_no_longer(database: Database) -> None:
    def put(store: Store) -> None:
        for n in (1, 2, 3):
            store.outbox.put(Outgoing(ROOM, str(n), card=f"c{n}"), ROOM, NOW)
        store.outbox.give_up(1, "failed", WAITS)
        store.outbox.give_up(2, "failed", "refused for good")
        store.outbox.give_up(3, "failed", NOTHING_TO_EDIT)

    def forget(days: int, behind: int) -> tuple[int, int]:
        now = NOW + timedelta(days=days)
        dates = (now - timedelta(days=3), now - timedelta(days=7))
        return database.write(lambda store: store.outbox.forget(*dates, behind, 10))

    database.write(put)
    assert forget(5, 0) == (1, 0), "come back to what was passed over"
    assert database.read(lambda store: [one.id for one in waiting_for(store, ROOM.channel, ROOM.chat, NOW, 9)]) == []
    assert forget(8, 0) == (2, 3)


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_the_writer_waits_for_another_process(settings: Settings, cipher: Cipher, tmp_path: Path) -> None:
    storage = replace(settings.storage, busy_timeout_ms=5000)
    database = Database(storage, cipher)
    with database.engine.begin() as connection:
        metadata.create_all(connection)
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    database.write(lambda store: store.channel_state.set("x", "y", "z"))
    assert database.read(lambda s: s.channel_state.get("x", "y", NOW)) == "z"
    other.close()
    database.close()
