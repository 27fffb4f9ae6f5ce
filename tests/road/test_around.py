"""What a resident can mean is the same whether the tickets of a batch are written yet or still wait to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from domain.messages import Address
from domain.tickets import Status
from storage.database import Database
from storage.gathered import settle, waiting
from storage.meant import Resident
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
        return kept.id

    def meant(self, speaker: int, group: int, named: tuple[int, ...], *, district: bool) -> set[int]:
        found = self.store.known.around(
            community=None if district else self.communities[0],
            district=self.district,
            since=NOW - DAYS,
            limit=60,
            resident=Resident(self.groups[group], self.speakers[speaker], NOW - LATELY, named),
        )
        assert len(found) == len({one.id for one in found})
        return {one.id for one in found}


@bounds(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    written=st.lists(_told, max_size=4),
    fresh=st.lists(_told, min_size=1, max_size=5),
    late_voice=st.integers(0, 2),
    asked=st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 9), st.booleans()),
)
def test_what_waits_to_be_written_is_seen_as_what_is_written(
    database: Database, written: list[Told], fresh: list[Told], late_voice: int, asked: tuple[int, int, int, bool]
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
        assert len(waiting(store.connection, tickets)) == len(fresh)
        seen = place.meant(speaker, group, named, district=district)
        assert len(waiting(store.connection, tickets)) == len(fresh), "nothing had to be written for it"
        settle(store.connection)
        assert not waiting(store.connection, tickets) and not waiting(store.connection, ticket_voices)
        assert seen == place.meant(speaker, group, named, district=district)
        raise Undone

    try:
        database.write(work)
    except Undone:
        return
    raise AssertionError("the example was not undone")
