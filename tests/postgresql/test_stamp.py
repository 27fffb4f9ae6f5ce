"""What is seldom written is remembered across transactions, and never longer than it is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from domain.messages import Address
from domain.settings import Settings
from storage.cipher import Cipher
from storage.database import Database
from storage.driver import CURSOR
from storage.store import Store

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM = Address("replay", "room")
pytestmark = pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)


class Stop(Exception):
    """Ends a piece of work in the middle."""


@pytest.fixture
def other(database: Database, settings: Settings, cipher: Cipher) -> Iterator[Database]:
    """Another process at the same database."""
    opened = Database(settings.storage, cipher)
    yield opened
    opened.close()


def found_in(store: Store) -> tuple[str, int | None]:
    group = store.areas.group_at(ROOM)
    assert group is not None
    return group.name, store.areas.seat(group.area_path).district


def furnish(database: Database) -> int:
    def work(store: Store) -> int:
        area = store.areas.add(None, "district", "d", "区")
        store.areas.bind(ROOM, area.id, "district", "residents", "old", NOW)
        return area.id

    return database.write(work)


def rename(store: Store, area: int, name: str) -> None:
    store.areas.bind(ROOM, area, "district", "residents", name, NOW)


def asked_of(database: Database) -> list[str]:
    """Every statement that goes to the server from now on, by SQLAlchemy or past it (storage/driver.py)."""
    statements: list[str] = []

    class Telling(psycopg.RawCursor[Any]):
        def execute(self, query: Any, *more: Any, **named: Any) -> Any:
            statements.append(query)
            return super().execute(query, *more, **named)

    @event.listens_for(database._writer_engine, "checkout")
    def taken(_c: object, record: Any, _proxy: object) -> None:
        record.info[CURSOR] = Telling

    @event.listens_for(database._writer_engine, "before_cursor_execute")
    def before(_c: Connection, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    return statements


def test_the_next_transaction_sees_what_another_process_changed(database: Database, other: Database) -> None:
    area = furnish(database)
    assert other.write(found_in) == ("old", area)
    database.write(lambda store: rename(store, area, "new"))
    assert other.write(found_in) == ("new", area)
    assert other.read(found_in) == ("new", area)
    # And the other way, through lanes, where each transaction waits for a lock first.
    other.write(lambda store: rename(store, area, "newer"), [area])
    assert database.write(found_in, [area]) == ("newer", area)


def test_what_nobody_changed_is_not_read_again(database: Database, other: Database) -> None:
    area = furnish(database)
    assert other.write(found_in) == ("old", area)
    asked = asked_of(other)
    assert other.write(found_in) == ("old", area)
    assert [one for one in asked if "groups" in one or "areas" in one] == []
    assert len([one for one in asked if "stamps" in one]) == 1


def test_what_a_transaction_changed_and_took_back_is_neither_told_nor_remembered(
    database: Database, other: Database
) -> None:
    area = furnish(database)

    def fails(store: Store) -> None:
        rename(store, area, "wrong")
        assert found_in(store) == ("wrong", area)
        raise Stop

    with pytest.raises(Stop):
        database.write(fails)
    assert database.write(found_in) == ("old", area)
    assert other.write(found_in) == ("old", area)


def test_a_change_committed_after_a_transaction_began_is_seen_by_the_one_after_it(
    database: Database, other: Database
) -> None:
    area = furnish(database)

    def meanwhile(store: Store) -> tuple[str, int | None]:
        before = found_in(store)
        database.write(lambda store: rename(store, area, "new"))
        return before

    assert other.write(meanwhile) == ("old", area)
    assert other.write(found_in) == ("new", area)
    # He who wrote knows it himself.
    assert database.write(found_in) == ("new", area)
