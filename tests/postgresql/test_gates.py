"""Waiting at a district's gate: the lane is in hand meanwhile, and what can be done beforehand is done."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

from bot.channels.replay import ReplayChannel
from bot.intake import Intake
from domain.settings import Settings
from nlu.reader import Reader
from storage.cipher import Cipher
from storage.database import Database
from tests.postgresql.test_lanes import NOW, SECONDS, areas, deliver, only_postgresql, take


@only_postgresql
def test_a_community_that_waits_for_its_district_is_in_hand_meanwhile(
    database: Database, settings: Settings, cipher: Cipher
) -> None:
    """What can be done beforehand is, and then it begins as soon as the district is through."""
    district, one, _ = areas(database)
    other = Database(settings.storage, cipher)
    deliver(database, "d")
    entered, leave, prepared = threading.Event(), threading.Event(), threading.Event()
    lanes: list[int] = []

    def stay(_: list[str]) -> None:
        entered.set()
        leave.wait(SECONDS)

    def beforehand(lane: int) -> None:
        lanes.append(lane)
        prepared.set()

    first = take(database, stay, beforehand=lanes.append)
    assert entered.wait(SECONDS)
    assert lanes == [district], "its own talk, before it holds up its communities"
    deliver(database, "a")
    taken: list[str] = []
    second = take(other, taken.extend, knock=SECONDS, beforehand=beforehand)
    assert prepared.wait(SECONDS) and lanes == [district, one]
    assert take(database).result(SECONDS) == 0, "nobody else takes it"
    assert not second.done() and taken == []
    leave.set()
    assert (first.result(SECONDS), second.result(SECONDS)) == (1, 1)
    assert taken == ["a"]
    other.close()


@only_postgresql
def test_who_waits_for_a_district_for_too_long_lets_his_community_go(
    database: Database, settings: Settings, cipher: Cipher
) -> None:
    _, one, _ = areas(database)
    other = Database(settings.storage, cipher)
    deliver(database, "d")
    entered, leave = threading.Event(), threading.Event()

    def stay(_: list[str]) -> None:
        entered.set()
        leave.wait(SECONDS)

    first = take(database, stay)
    assert entered.wait(SECONDS)
    deliver(database, "a")
    tried: list[int] = []
    second = take(other, knock=0.02, beforehand=tried.append)
    while len(tried) < 3:
        assert not second.done()
    leave.set()
    assert (first.result(SECONDS), second.result(SECONDS)) == (1, 1)
    assert set(tried) == {one}
    other.close()


@only_postgresql
def test_of_a_district_more_is_handled_at_once(database: Database, settings: Settings, reader: Reader) -> None:
    """Also singly, after a process has died: it may have had all of that in hand."""
    district, one, two = areas(database)
    deliver(database, *"d" * 11, *"a" * 5)
    few = replace(settings, intake=replace(settings.intake, batch=2, district_batch=8))
    intake = Intake(database, {"replay": ReplayChannel()}, few, reader, lambda: NOW)
    left = database.read(lambda store: store.inbox.left_new(NOW, few.intake.batch, few.intake.district_batch))
    assert Counter(lane for _, lane, _ in left) == {district: 8, one: 2}
    for lane, counts in ((district, [8, 3]), (one, [2, 2, 1]), (two, [0])):
        found = [database.write(lambda store, lane=lane: intake.handle_batch(store, lane)) for _ in counts]  # type: ignore[misc]
        assert found == counts
    assert [database.read(lambda store, of=of: store.areas.is_district(of)) for of in (district, one, 999)] == [  # type: ignore[misc]
        True,
        False,
        False,
    ]
