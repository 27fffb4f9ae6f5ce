"""One community at a time, several side by side; what got in each other's way is done again; who may speak."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from domain.messages import Address, Raw
from domain.people import Role
from domain.running import StorageSettings
from domain.settings import Settings
from storage.cipher import Cipher
from storage.database import Database
from storage.engines import address
from storage.lanes import Locks, locks_of
from storage.store import Store
from storage.tables import people

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
SECONDS = 10
WAITING_FOR_A_LOCK = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
only_postgresql = pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)


@pytest.fixture
def settings(storage_url: str) -> Settings:
    """With two hands: more goes on at once here than in a process of an office's."""
    return replace(Settings(), storage=StorageSettings(url=storage_url, writers=2))


def areas(database: Database) -> tuple[int, int, int]:
    """A district and two communities, each with a group of its own name."""

    def work(store: Store) -> tuple[int, int, int]:
        district = store.areas.add(None, "district", "d", "区", label="区").id
        one = store.areas.add(district, "community", "a", "甲社区", label="甲").id
        two = store.areas.add(district, "community", "b", "乙社区", label="乙").id
        for area, tier, chat in ((district, "district", "d"), (one, "community", "a"), (two, "community", "b")):
            store.areas.bind(Address("replay", chat), area, tier, "residents", chat, NOW)  # type: ignore[arg-type]
        return district, one, two

    return database.write(work)


def deliver(database: Database, *chats: str) -> None:
    start = database.read(lambda store: sum(store.inbox.counts().values()))
    raws = [Raw("replay", f"{start + n}", chat, b"x", NOW) for n, chat in enumerate(chats)]
    database.write(lambda store: store.inbox.receive(raws))


def take(
    database: Database, work: object = None, knock: float = 0.0, beforehand: Callable[[int], None] | None = None
) -> Future[int]:
    """Take a lane as intake does, and mark what waits there as done."""

    def handle(store: Store, lane: int | None) -> int:
        rows = store.inbox.waiting(64, NOW, lane)
        if callable(work):
            work([row.raw.chat for row in rows])
        store.inbox.done([row.id for row in rows], NOW)
        return len(rows)

    return database.take(lambda store: store.inbox.lanes(NOW), handle, knock, beforehand)


@only_postgresql
def test_two_processes_never_take_the_same_rows(database: Database, settings: Settings, cipher: Cipher) -> None:
    areas(database)
    other = Database(settings.storage, cipher)
    deliver(database, "a", "a", "b", "a")
    entered, leave = threading.Event(), threading.Event()

    def wait(chats: list[str]) -> None:
        assert chats == ["a", "a", "a"]
        entered.set()
        leave.wait(SECONDS)

    first = take(database, wait)
    assert entered.wait(SECONDS)
    taken: list[str] = []
    assert take(other, taken.extend).result(SECONDS) == 1
    assert taken == ["b"], "the lane whose lock can be had"
    assert take(other).result(SECONDS) == 0, "the other one is not waited for"
    leave.set()
    assert first.result(SECONDS) == 3
    assert take(other).result(SECONDS) == 0
    other.close()


@only_postgresql
@pytest.mark.parametrize("chat", ["a", "d"])
def test_who_knocks_has_the_lane_as_soon_as_it_is_free(
    database: Database, settings: Settings, cipher: Cipher, chat: str
) -> None:
    areas(database)
    other = Database(settings.storage, cipher)
    deliver(database, chat)
    entered, leave = threading.Event(), threading.Event()

    def come_while_at_work(_: list[str]) -> None:
        entered.set()
        leave.wait(SECONDS)

    first = take(database, come_while_at_work)
    assert entered.wait(SECONDS)
    deliver(database, chat)
    taken: list[str] = []
    # Longer than the test may take: it is the lane that it waits for, and not the next look.
    second = take(other, taken.extend, knock=100 * SECONDS)
    while not database.read(lambda store: store.connection.execute(WAITING_FOR_A_LOCK).scalar_one()):
        assert not second.done()
    leave.set()
    assert (first.result(SECONDS), second.result(SECONDS)) == (1, 1)
    assert taken == [chat]
    other.close()


@only_postgresql
def test_who_knocks_at_one_lane_looks_whether_something_waits_in_another(
    database: Database, settings: Settings, cipher: Cipher
) -> None:
    areas(database)
    other = Database(settings.storage, cipher)
    deliver(database, "a")
    entered, leave = threading.Event(), threading.Event()

    def stay(_: list[str]) -> None:
        entered.set()
        leave.wait(SECONDS)

    first = take(database, stay)
    assert entered.wait(SECONDS)
    taken: list[str] = []
    second = take(other, taken.extend, knock=0.05)
    while not database.read(lambda store: store.connection.execute(WAITING_FOR_A_LOCK).scalar_one()):
        assert not second.done()
    deliver(database, "b")
    assert second.result(SECONDS) == 1 and taken == ["b"]
    # With nothing left that is not in hand it is not for ever that it waits.
    third = take(other, taken.extend, knock=0.05)
    leave.set()
    assert (first.result(SECONDS), third.result(SECONDS)) == (1, 0)
    other.close()


@only_postgresql
def test_talk_of_the_district_waits_for_its_communities_and_they_for_it(database: Database) -> None:
    district, one, two = areas(database)
    assert database.read(lambda s: locks_of(s.connection, [one, district])) == Locks(
        (district, one), closed=(district,)
    )
    assert database.read(lambda s: locks_of(s.connection, [two, one])) == Locks((one, two), passed=(district,))
    deliver(database, "d", "a")
    entered, leave = threading.Event(), threading.Event()
    order: list[str] = []

    def in_a_community(_: Store) -> None:
        entered.set()
        leave.wait(SECONDS)
        order.append("community")

    busy = database.submit(in_a_community, [one])
    assert entered.wait(SECONDS)
    talk = take(database, lambda chats: order.extend(chats))
    # The talk has the district, and waits until the community's work is through its gate.
    while not database.read(lambda store: store.connection.execute(WAITING_FOR_A_LOCK).scalar_one()):
        assert not talk.done()
    above = database.submit(lambda _: order.append("clock"), [district])
    deliver(database, "b")
    assert take(database).result(SECONDS) == 0, "nobody begins in another community meanwhile"
    assert order == []
    leave.set()
    for future in (busy, talk, above):
        future.result(SECONDS)
    assert order[0] == "community" and sorted(order) == ["clock", "community", "d"]
    # With the district's work done, its communities are free again.
    left = [take(database, lambda chats: order.extend(chats)).result(SECONDS) for _ in range(2)]
    assert left == [1, 1] and order[-2:] == ["a", "b"]


@only_postgresql
def test_different_communities_are_handled_at_the_same_time(database: Database) -> None:
    _, one, two = areas(database)
    both = threading.Barrier(2, timeout=SECONDS)
    meeting = [database.submit(lambda _: both.wait(), [lane]) for lane in (one, two)]
    assert sorted(future.result(SECONDS) for future in meeting) == [0, 1]


@only_postgresql
def test_two_that_lock_rows_in_opposite_order_both_succeed(database: Database) -> None:
    district, one, two = areas(database)
    ids = [database.write(lambda s, n=n: s.people.add(district, n, NOW)) for n in ("甲", "乙")]  # type: ignore[misc]
    both = threading.Barrier(2, timeout=SECONDS)
    met: set[int] = set()

    def work(store: Store, lane: int, order: list[int]) -> None:
        for person in order:
            store.connection.execute(update(people).where(people.c.id == person).values(name=people.c.name + str(lane)))
            if lane not in met:
                met.add(lane)
                both.wait()

    futures = [
        database.submit(lambda store, a=lane, b=order: work(store, a, b), [lane])  # type: ignore[misc]
        for lane, order in ((one, ids), (two, ids[::-1]))
    ]
    for future in futures:
        future.result(SECONDS)
    names = database.read(lambda store: list(store.connection.execute(select(people.c.name)).scalars()))
    assert all(len(name) == 1 + len(f"{one}{two}") for name in names), "each was done once, whole"


@only_postgresql
def test_what_fails_keeps_nothing_and_frees_its_lane(database: Database) -> None:
    _, one, _ = areas(database)

    def failing(store: Store) -> None:
        store.channel_state.set("x", "y", "z")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        database.write(failing, [one])
    assert database.write(lambda store: store.channel_state.get("x", "y", NOW), [one]) is None


def test_a_chat_that_came_into_another_lane_keeps_its_order(database: Database) -> None:
    _, one, two = areas(database)
    deliver(database, "new", "new", "a")
    database.write(lambda store: store.areas.bind(Address("replay", "new"), one, "community", "residents", "new", NOW))
    deliver(database, "new", "a")
    [early, later] = [database.read(lambda store, n=n: store.inbox.waiting(9, NOW, n)) for n in (0, one)]  # type: ignore[misc]
    assert [row.raw.key for row in early] == ["0", "1"]
    assert [(row.raw.chat, row.raw.key) for row in later] == [("a", "2"), ("a", "4")]
    database.write(lambda store: store.inbox.done([row.id for row in early], NOW))
    later = database.read(lambda store: store.inbox.waiting(9, NOW, one))
    assert [row.raw.key for row in later] == ["2", "3", "4"]
    assert database.read(lambda store: store.inbox.waiting(9, NOW, two)) == []


def test_a_private_chat_belongs_where_its_owner_works_or_was_heard(database: Database) -> None:
    district, one, two = areas(database)

    def work(store: Store) -> None:
        for name, seats in (("li", [one]), ("both", [one, two]), ("nobody", [])):
            account = store.people.account("replay", name, name, NOW, private_chat=name)
            if seats:
                person = store.people.add(district, name, NOW)
                store.people.bind_account(account.id, person)
                for seat in seats:
                    store.people.appoint(person, seat, Role.GRID_WORKER, NOW)

    database.write(work)
    deliver(database, "li", "both", "nobody", "stranger")
    lanes = {
        row.raw.chat: lane
        for lane in database.read(lambda store: store.inbox.lanes(NOW))
        for row in database.read(lambda store, n=lane: store.inbox.waiting(9, NOW, n))  # type: ignore[misc]
    }
    assert lanes == {"li": one, "both": district, "nobody": 0, "stranger": 0}


def test_a_lease_is_one_owners_until_it_runs_out_or_is_given_back(database: Database) -> None:
    def hold(owner: str, second: int) -> str | None:
        now = NOW + timedelta(seconds=second)
        return database.write(lambda store: store.leases.hold("speak:x", owner, now, now + timedelta(seconds=15)))

    assert hold("a", 0) == "taken"
    assert hold("b", 10) is None
    assert hold("a", 10) == "kept"
    assert hold("b", 24) is None
    assert hold("b", 25) == "taken"
    assert hold("a", 26) is None
    assert database.read(lambda store: store.leases.owner("speak:x", NOW + timedelta(seconds=30))) == "b"
    database.write(lambda store: store.leases.release("speak:x", "a"))
    assert hold("a", 27) is None, "only the owner gives it back"
    database.write(lambda store: store.leases.release("speak:x", "b"))
    assert hold("a", 28) == "taken"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_plain_url_means_psycopg(scheme: str) -> None:
    assert address(f"{scheme}://u@h/db").drivername == "postgresql+psycopg"
