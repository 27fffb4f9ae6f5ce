"""What the benchmark beside bare asyncpg writes down of a transaction: whose lane it has, and if it stops others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.recording import Recording
from storage.database import Database
from tests.postgresql.test_lanes import areas, deliver, take


@pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)
def test_each_community_has_a_lane_of_its_own_and_the_district_stops_all(database: Database, tmp_path: Path) -> None:
    areas(database)
    recording = Recording(database)
    for chat in ("a", "b", "d", "a"):
        deliver(database, chat)
        assert take(database).result(10) == 1
    path = tmp_path / "statements.jsonl"
    recording.write(path)
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [one["lane"] for one in told if one["receives"]] == [None] * 4
    one, two, district, again = [one["lane"] for one in told if not one["receives"]]
    assert [waits for _, waits in (one, two, district, again)] == [False, False, True, False]
    assert one == again and len({lane for lane, _ in (one, two, district)}) == 3
