"""Connections: the server keeps one plan of each statement, and one that it has ended is not used again."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from domain.messages import Address, Button, Outgoing
from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM = Address("replay", "room")
pytestmark = pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)


def letter(n: int) -> Outgoing:
    """Each has something else that is not there, and numbers of another size."""
    return Outgoing(
        to=ROOM,
        text=f"letter {n}",
        card=f"card {n}" if n % 2 else None,
        replies_to=f"{n}" if n % 3 else None,
        buttons=(Button("ok", f"ok {n}"),) if n % 5 else (),
        once=None,
        not_before=NOW + timedelta(days=n),
    )


def plans(store: Store, like: str) -> tuple[int, int]:
    """How many plans the server keeps of such statements, and of how many statements."""
    kept = text("SELECT count(*), count(DISTINCT statement) FROM pg_prepared_statements WHERE statement LIKE :like")
    every, different = store.connection.execute(kept, {"like": like}).one()
    return int(every), int(different)


def test_what_is_missing_in_a_row_makes_no_other_statement_of_it(database: Database) -> None:
    def work(store: Store) -> tuple[int, int, int]:
        for batch in range(6):
            for n in range(4):
                district = [None, 7, 70_000, 7 * 10**12][(n + batch) % 4]
                store.outbox.queue(letter(4 * batch + n), ROOM, NOW, district)
            store.outbox.counts()
        return *plans(store, "INSERT INTO outbox%"), sum(store.outbox.counts().values())

    kept, statements, letters = database.write(work)
    assert letters == 24
    assert kept == statements > 0


def test_what_was_written_as_null_and_as_a_number_is_read_as_such(database: Database) -> None:
    districts = [None, 1, 40_000, 5 * 10**9, None, 2, None]

    def work(store: Store) -> list[int | None]:
        for n, district in enumerate(districts):
            store.outbox.queue(letter(n), ROOM, NOW, district)
        rows = store.connection.execute(text("SELECT district_id, card FROM outbox ORDER BY id")).all()
        assert [row.card for row in rows] == [letter(n).card for n in range(len(districts))]
        return [row.district_id for row in rows]

    assert database.write(work) == districts


def backend(store: Store) -> int:
    return int(store.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_connection_is_used_again(database: Database) -> None:
    assert database.write(backend) == database.write(backend)


def test_what_the_server_has_ended_is_not_used_again(database: Database) -> None:
    ended = database.write(backend)
    end = text("SELECT pg_terminate_backend(:pid)")
    assert database.read(lambda store: store.connection.execute(end, {"pid": ended}).scalar_one())
    gone = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
    for _ in range(100):
        if not database.read(lambda store: store.connection.execute(gone, {"pid": ended}).scalar_one()):
            break
        time.sleep(0.02)
    assert database.write(backend) != ended
