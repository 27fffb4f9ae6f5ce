"""What a resident can mean is the same whether the tickets of a batch are written yet or still wait to be."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from sqlalchemy import select, update

from domain.errors import Refused
from domain.messages import Address, Sender
from domain.tickets import Status, Ticket
from storage.database import Database
from storage.gathered import settle, waiting
from storage.meant import Coming, Resident
from storage.memory import recall
from storage.store import Store
from storage.tables import ticket_voices, tickets
from tests.domain.made import ticket

NOW = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
DAYS, LATELY = timedelta(days=14), timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Told:
    """One ticket: in which of two groups and communities, by whom, how long ago, and how it stands."""

    group: int
    community: int
    speaker: int
    hours: int
    status: Status
    voices: tuple[int, ...]


_told = st.builds(
    Told,
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(0, 2),
    st.sampled_from((0, 3, 7, 100, 400)),
    st.sampled_from(("proposed", "open", "taken", "done", "closed", "withdrawn")),
    st.lists(st.integers(0, 2), max_size=2).map(tuple),
)


class Place:
    """A district of two communities, two groups and three speakers."""

    def __init__(self, store: Store) -> None:
        self.store = store
        areas = store.areas
        self.district = areas.add(None, "district", "越城区", "越城区", label="越城").id
        self.communities = [areas.add(self.district, "community", name, name, label=name).id for name in ("东", "西")]
        self.groups = [
            areas.bind(Address("playground", f"room{n}"), self.communities[n], "community", "residents", "群", NOW).id
            for n in range(2)
        ]
        # Known, as it is of whoever has just spoken in it.
        assert all(store.areas.group(one) is not None for one in self.groups)
        self.speakers = [store.people.account("playground", f"u{n}", f"住户{n}", NOW).id for n in range(3)]
        self.seq = 0
        self.opened: list[Ticket] = []

    def open(self, told: Told) -> int:
        self.seq += 1
        at = NOW - timedelta(hours=told.hours)
        speaker = self.speakers[told.speaker]
        community = self.communities[told.community]
        one = ticket(
            id=0, number="", label="东", seq=self.seq, district=self.district, community=community, area=community,
            group=self.groups[told.group], status=told.status, reporter_account=speaker, assignee=None, opened_at=at,
        )  # fmt: skip
        kept = self.store.tickets.insert(one, last_at=at)
        for voice in (told.speaker, *told.voices):
            self.store.tickets.add_voice(kept.id, self.speakers[voice], "住户", at)
        self.opened.append(kept)
        return kept.id

    def expect(self, speakers: set[int], groups: set[int], *, district: bool) -> None:
        self.store.known.expect(
            None if district else self.communities[0],
            self.district,
            Coming(
                frozenset(self.groups[one] for one in groups),
                frozenset(self.speakers[one] for one in speakers),
                NOW - DAYS,
                NOW - LATELY,
            ),
        )

    def meant(self, speaker: int, group: int, named: tuple[int, ...], *, district: bool) -> set[int]:
        return set(self.listed(speaker, group, named, district=district))

    def listed(self, speaker: int, group: int, named: tuple[int, ...], *, district: bool, limit: int = 60) -> list[int]:
        found = self.store.known.around(
            community=None if district else self.communities[0],
            district=self.district,
            since=NOW - DAYS,
            limit=limit,
            resident=Resident(self.groups[group], self.speakers[speaker], NOW - LATELY, named),
        )
        assert len(found) == len({one.id for one in found})
        return [one.id for one in found]


@bounds(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    written=st.lists(_told, max_size=4),
    fresh=st.lists(_told, min_size=1, max_size=5),
    late_voice=st.integers(0, 2),
    touched=st.integers(0, 2),
    asked=st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 9), st.booleans()),
)
def test_what_waits_to_be_written_is_seen_as_what_is_written(
    database: Database,
    written: list[Told],
    fresh: list[Told],
    late_voice: int,
    touched: int,
    asked: tuple[int, int, int, bool],
) -> None:
    speaker, group, names, district = asked

    class Undone(Exception):
        """Each example begins with an empty office."""

    def work(store: Store) -> None:
        place = Place(store)
        ids = [place.open(one) for one in written]
        settle(store.connection)
        ids += [place.open(one) for one in fresh]
        # Somebody joins an old matter in the same breath.
        store.tickets.add_voice(ids[0], place.speakers[late_voice], "住户", NOW)
        named = tuple(ids[:1] if names < 3 else ids[-1:] if names < 6 else ())
        if touched:
            store.tickets.touch(ids[-1 if touched > 1 else 0], NOW)
        assert len(waiting(store.connection, tickets)) == len(fresh)
        seen = place.meant(speaker, group, named, district=district)
        settle(store.connection)
        assert not waiting(store.connection, tickets) and not waiting(store.connection, ticket_voices)
        assert seen == place.meant(speaker, group, named, district=district)
        raise Undone

    try:
        database.write(work)
    except Undone:
        return
    raise AssertionError("the example was not undone")


# What is opened while a batch is handled is the newest there is. What else happens to tickets meanwhile: which one, and
# how many minutes from now on.
_new = _told.map(lambda told: replace(told, hours=0))
_changes = st.lists(
    st.tuples(st.sampled_from(("touch", "end", "reject", "voice", "refused")), st.integers(0, 7), st.integers(-5, 0)),
    max_size=5,
)


def change(place: Place, what: str, number: int, minutes: int) -> None:
    store, at = place.store, NOW + timedelta(minutes=minutes)
    one = store.tickets.get(place.opened[number % len(place.opened)].id)
    match what:
        case "touch":
            store.tickets.touch(one.id, at)
        case "voice":
            store.tickets.add_voice(one.id, place.speakers[number % 3], "住户", at)
        case "refused":
            with suppress(Refused), store.step():
                store.tickets.touch(one.id, at)
                raise Refused("refused.needs_target")
        case _:
            status: Status = "done" if what == "end" else "rejected"
            store.tickets.save(replace(one, status=status, version=one.version + 1), one.version, at)


@bounds(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(
    before=st.lists(_told, max_size=5),
    after=st.lists(_new, max_size=4),
    changes=_changes,
    there=st.tuples(st.sets(st.integers(0, 2)), st.sets(st.integers(0, 1))),
    asked=st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 9), st.booleans(), st.integers(1, 4)),
)
def test_what_was_read_for_a_whole_batch_is_what_each_line_would_find(
    database: Database,
    before: list[Told],
    after: list[Told],
    changes: list[tuple[str, int, int]],
    there: tuple[set[int], set[int]],
    asked: tuple[int, int, int, bool, int],
) -> None:
    """Whatever was opened, touched, ended, joined or undone since, and however few of them are looked at."""
    speaker, group, name, district, limit = asked

    class Undone(Exception):
        """Each example begins with an empty office."""

    def work(store: Store) -> None:
        place = Place(store)
        for one in before:
            place.open(one)
        place.expect(*there, district=district)
        for one in after:
            place.open(one)
        for what, number, minutes in changes if place.opened else ():
            change(place, what, number, minutes)
        named = tuple(one.id for one in place.opened[name : name + 1])
        seen = place.listed(speaker, group, named, district=district, limit=limit)
        settle(store.connection)
        store.connection.execute(update(tickets).where(tickets.c.id == -1).values(seq=1))
        assert recall(store.connection, ("around", ("district_id", place.district)), (tickets, ticket_voices)) is None
        assert seen == place.listed(speaker, group, named, district=district, limit=limit)
        raise Undone

    try:
        database.write(work)
    except Undone:
        return
    raise AssertionError("the example was not undone")


def test_strangers_of_a_batch_are_made_known_at_once(database: Database) -> None:
    who = [("playground", Sender(f"u{n % 3}", f"住户{n}"), "chat" if n == 2 else None) for n in range(5)]
    who.append(("playground", Sender("\0", "无名"), None))

    def work(store: Store) -> None:
        known = store.people.account("playground", "u1", "老张", NOW)
        store.people.expect({(channel, one.user_id) for channel, one, _ in who})
        store.people.welcome(who, NOW)
        accounts = [store.people.known_as("playground", f"u{n}") for n in range(3)]
        assert accounts[1] == known, "whoever spoke before stays as he is"
        assert [(one.name, one.chat) for one in accounts if one is not None] == [
            ("住户0", None), ("老张", None), ("住户2", "chat"),
        ]  # fmt: skip
        for at, account in enumerate(accounts):
            assert account is not None and account == store.people.account("playground", f"u{at}", "", NOW)
            assert store.people.account_by_id(account.id) == account

    database.write(work)


def test_what_another_process_heard_later_is_not_set_back(database: Database) -> None:
    """Known as it was read at the beginning, and touched meanwhile by somebody else."""

    def work(store: Store) -> datetime:
        ticket = Place(store).open(Told(0, 0, 0, 0, "open", ()))
        settle(store.connection)
        later = NOW + timedelta(minutes=5)
        known = (store.tickets.get(ticket), store.tickets.extra(ticket))
        store.connection.execute(update(tickets).values(last_at=later))
        store.tickets._know(*known)
        store.tickets.touch(ticket, NOW + timedelta(minutes=1))
        settle(store.connection)
        return store.connection.execute(select(tickets.c.last_at)).scalar_one()

    assert database.write(work) == NOW + timedelta(minutes=5)
