"""What is read once in a transaction is never staler than the database: after writes, roll-backs, other commits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.messages import Address
from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)


class Stop(Exception):
    """Ends a piece of work in the middle."""


def test_a_group_bound_to_another_area_is_seen_there_at_once(database: Database) -> None:
    def work(store: Store) -> None:
        old = store.areas.add(None, "district", "老区", "老区")
        new = store.areas.add(None, "district", "新区", "新区")
        room = Address("playground", "room")
        store.areas.bind(room, old.id, "district", "residents", "群", NOW)
        assert store.areas.group_at(room) == store.areas.group_at(room)
        store.areas.bind(room, new.id, "district", "residents", "群", NOW)
        found = store.areas.group_at(room)
        assert found is not None and found.area == new.id

    database.write(work)


def test_what_was_rolled_back_is_not_remembered(database: Database) -> None:
    room = Address("playground", "room")

    def work(store: Store) -> None:
        area = store.areas.add(None, "district", "老区", "老区")
        with pytest.raises(Stop), store.savepoint():
            store.areas.bind(room, area.id, "district", "residents", "群", NOW)
            assert store.areas.group_at(room) is not None
            raise Stop
        assert store.areas.group_at(room) is None
        # The savepoint within a savepoint that stands is undone alone.
        with store.savepoint():
            store.areas.bind(room, area.id, "district", "residents", "群", NOW)
            with pytest.raises(Stop), store.savepoint():
                store.areas.leave(store.areas.all_groups()[0].address, NOW)
                assert store.areas.group_at(room) is None
                raise Stop
            assert store.areas.group_at(room) is not None

    database.write(work)


def test_accounts_looked_up_ahead_are_as_they_are(database: Database) -> None:
    """Whoever is not there is made when he speaks; a name that no database takes harms nobody else's."""

    def work(store: Store) -> None:
        before = store.people.account("playground", "u1", "老顾", NOW)
        store.people.expect({("playground", "u1"), ("playground", "u2"), ("playground", "\0"), ("other", "u1")})
        store.people.expect({("playground", "\0")})
        assert store.people.account("playground", "u1", "老顾", NOW) == before
        assert store.people.account("playground", "u2", "小李", NOW).id != before.id
        assert store.people.account("other", "u1", "老顾", NOW).id != before.id
        store.people.expect({("playground", "u1"), ("playground", "u2")})
        assert store.people.account("playground", "u2", "小李", NOW).name == "小李"

    database.write(work)


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_whoever_was_looked_up_ahead_is_not_looked_up_again(database: Database) -> None:
    def work(store: Store) -> None:
        there = {("playground", f"u{n}") for n in range(20)}
        for channel, user_id in there:
            store.people.account(channel, user_id, "老顾", NOW)
        store.people.expect(there)
        asked: list[str] = []
        driver: Any = store.connection.connection.dbapi_connection
        driver.set_trace_callback(asked.append)
        for channel, user_id in there:
            store.people.account(channel, user_id, "老顾", NOW)
        assert asked == []
        store.people.account("playground", "another", "小李", NOW)
        driver.set_trace_callback(None)
        assert len(asked) == 2

    database.write(work)


def test_a_failed_piece_of_work_leaves_nothing_behind(database: Database) -> None:
    room = Address("playground", "room")
    area = database.write(lambda store: store.areas.add(None, "district", "老区", "老区"))

    def fails(store: Store) -> None:
        store.areas.bind(room, area.id, "district", "residents", "群", NOW)
        store.areas.group_at(room)
        raise Stop

    with pytest.raises(Stop):
        database.write(fails)
    assert database.write(lambda store: store.areas.group_at(room)) is None


def test_the_commit_of_another_connection_is_seen(database: Database) -> None:
    first = database.write(lambda store: store.areas.add(None, "district", "老区", "老区"))
    assert database.write(lambda store: [area.name for area in store.areas.below("/")]) == ["老区"]
    with database.engine.connect() as other, other.begin():
        Store(other, database.cipher).areas.add(first.id, "community", "阳光", "阳光社区")
    assert database.write(lambda store: [area.name for area in store.areas.below("/")]) == ["老区", "阳光社区"]


def test_an_account_bound_to_a_person_is_his_at_once(database: Database) -> None:
    def work(store: Store) -> None:
        one = store.people.account("playground", "u1", "甲", NOW)
        same = store.people.account("playground", "u1", "乙", NOW)
        assert same.id == one.id and same.name == "乙"
        assert store.people.accounts_of(7) == []
        person = store.people.add(store.areas.add(None, "district", "区", "区").id, "丙", NOW)
        assert store.people.accounts_of(person) == []
        store.people.bind_account(one.id, person)
        assert [account.id for account in store.people.accounts_of(person)] == [one.id]

    database.write(work)
