"""What waits is read (nlu/) while its lane has to wait: what a text says depends on nothing that others may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.batches import Meaning
from bot.taught import TaughtReader
from domain.messages import Said
from domain.reading import Reading, Tier
from nlu.reader import Reader
from storage.inbox import Waiting
from storage.store import Store

# A text, the tier of its group, and when it was said.
_Key: TypeAlias = tuple[str, Tier, datetime | None]


@dataclass(frozen=True, slots=True)
class Prepared(Reader):
    """A reader that has read some texts already; each is asked for once."""

    readings: dict[_Key, Reading] = field(default_factory=dict)

    def read(self, text: str, *, tier: Tier = "community", sent_at: datetime | None = None) -> Reading:
        known = self.readings.pop((text, tier, sent_at), None)
        return known if known is not None else Reader.read(self, text, tier=tier, sent_at=sent_at)


@dataclass(frozen=True, slots=True)
class _Lane:
    """What was read in a lane, by whom, and in which of its rows."""

    reader: Reader
    rows: Mapping[int, tuple[_Key, ...]]
    readings: dict[_Key, Reading]


class Beforehand:
    """The office's reader, with what was read of a lane that is in hand."""

    def __init__(self, readers: TaughtReader) -> None:
        self._readers = readers
        self._lanes: dict[int, _Lane] = {}

    def read(self, store: Store, lane: int, rows: Iterable[Waiting], meaning: Callable[[Waiting], Meaning]) -> None:
        """Read what is said in groups in these rows, which wait in that lane. Those that were read before are not read
        again."""
        reader = self._readers.of(store)
        before = self._lanes.get(lane)
        if before is None or before.reader is not reader:
            before = _Lane(reader, {}, {})
        done: dict[int, tuple[_Key, ...]] = {}
        readings: dict[_Key, Reading] = {}
        for row in rows:
            keys = before.rows.get(row.id)
            done[row.id] = keys = tuple(_said_in(store, meaning(row))) if keys is None else keys
            for key in keys:
                text, tier, at = key
                readings[key] = before.readings.get(key) or reader.read(text, tier=tier, sent_at=at)
        self._lanes[lane] = _Lane(reader, done, readings)

    def of(self, store: Store, lane: int | None) -> Reader:
        """The reader in force in the transaction that asks, for a batch of that lane."""
        reader = self._readers.of(store)
        known = self._lanes.get(lane) if lane is not None else None
        if known is None or known.reader is not reader or not known.readings:
            return reader
        return Prepared(reader.weights, reader.zone, reader.adaptation, known.readings)

    def forget(self, lane: int | None) -> None:
        """The batch is done: what nobody asked for is needed no longer."""
        if lane is not None:
            self._lanes.pop(lane, None)


def _said_in(store: Store, meaning: Meaning) -> Iterator[_Key]:
    for one in meaning if not isinstance(meaning, Exception) else ():
        if isinstance(one, Said) and one.text and not one.private:
            group = store.areas.group_at(one.at)
            if group is not None:
                yield one.text, group.tier, one.sent_at
