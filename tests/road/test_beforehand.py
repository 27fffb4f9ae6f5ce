"""What waits is read before its turn: once, by the reader that is in force, and as it would be read in its turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.batches import Meaning
from bot.beforehand import Beforehand
from bot.taught import TaughtReader
from domain.messages import Address, Raw, Said, Sender
from domain.reading import Reading, Tier
from nlu.reader import Reader
from storage.database import Database
from storage.inbox import Waiting
from storage.store import Store

NOW = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
LANE = 1
TEXTS = {1: "3幢2单元电梯停了", 2: "哈哈哈哈", 3: "楼道灯坏了", 4: "东门路灯不亮", 5: "我家漏水"}
# The second is one of which nobody can tell what it means; the last two are said where no group of the office's is.
CHATS = {1: "unit", 2: "estate", 3: "unit", 4: "nowhere", 5: "private"}


@dataclass(frozen=True, slots=True)
class Counting(Reader):
    """Notes what it reads."""

    asked: list[tuple[str, Tier]] = field(default_factory=list)

    def read(self, text: str, *, tier: Tier = "community", sent_at: datetime | None = None) -> Reading:
        self.asked.append((text, tier))
        return Reader.read(self, text, tier=tier, sent_at=sent_at)


@dataclass
class Waits:
    """A store with two groups, rows that wait, and the reader."""

    store: Store
    reader: Counting
    beforehand: Beforehand

    def row(self, number: int) -> Waiting:
        return Waiting(number, LANE, 0, Raw("replay", str(number), CHATS[number], b"", NOW))

    def read(self, *numbers: int) -> None:
        self.beforehand.read(self.store, LANE, [self.row(number) for number in numbers], self.meaning)

    def meaning(self, row: Waiting) -> Meaning:
        if row.id == 2:
            return ValueError("nobody can tell")
        at, sender = Address("replay", row.raw.chat), Sender("u", "张女士")
        private = row.raw.chat == "private"
        return [Said(at=at, id="1", sender=sender, sent_at=self.at(row.id), private=private, text=TEXTS[row.id])]

    @staticmethod
    def at(number: int) -> datetime:
        return NOW + timedelta(minutes=number)


@pytest.fixture
def waits(database: Database, reader: Reader) -> Iterator[Waits]:
    def bind(store: Store) -> None:
        district = store.areas.add(None, "district", "d", "区")
        store.areas.bind(Address("replay", "unit"), district.id, "unit", "residents", "unit", NOW)
        store.areas.bind(Address("replay", "estate"), district.id, "community", "residents", "estate", NOW)

    database.write(bind)
    counting = Counting(reader.weights, reader.zone, reader.adaptation)
    with database.engine.connect() as connection, connection.begin():
        yield Waits(Store(connection, database.cipher), counting, Beforehand(TaughtReader(counting)))


def test_it_is_read_once_and_alike(waits: Waits, reader: Reader) -> None:
    waits.read(1, 2, 3, 4, 5)
    waits.read(1, 3)
    assert waits.reader.asked == [(TEXTS[1], "unit"), (TEXTS[3], "unit")], "what is said in groups, and only once"
    prepared = waits.beforehand.of(waits.store, LANE)
    for number in (1, 3):
        found = prepared.read(TEXTS[number], tier="unit", sent_at=waits.at(number))
        assert found == reader.read(TEXTS[number], tier="unit", sent_at=waits.at(number))
    assert len(waits.reader.asked) == 2


@pytest.mark.parametrize(
    ("text", "tier", "number"),
    [(TEXTS[1], "community", 1), (TEXTS[1], "unit", 2), (TEXTS[2], "unit", 1)],
    ids=["in another tier", "at another time", "another text"],
)
def test_what_was_not_read_so_is_read_in_its_turn(
    waits: Waits, reader: Reader, text: str, tier: Tier, number: int
) -> None:
    waits.read(1)
    found = waits.beforehand.of(waits.store, LANE).read(text, tier=tier, sent_at=waits.at(number))
    assert found == reader.read(text, tier=tier, sent_at=waits.at(number))


def test_another_lane_and_a_batch_that_is_done_know_nothing_of_it(waits: Waits) -> None:
    waits.read(1)
    assert waits.beforehand.of(waits.store, LANE + 1) is waits.reader
    assert waits.beforehand.of(waits.store, None) is waits.reader
    waits.beforehand.forget(LANE)
    assert waits.beforehand.of(waits.store, LANE) is waits.reader


def test_what_another_reader_has_read_is_not_believed(waits: Waits) -> None:
    waits.read(1)
    taught = Counting(waits.reader.weights, waits.reader.zone, waits.reader.adaptation)
    waits.beforehand._readers = TaughtReader(taught)
    assert waits.beforehand.of(waits.store, LANE) is taught
    waits.read(1)
    assert taught.asked == [(TEXTS[1], "unit")]
