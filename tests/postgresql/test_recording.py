"""What the benchmark beside bare asyncpg writes down of a transaction: whose lane it has, and if it stops others."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

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


@pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)
def test_moments_days_and_bytes_are_written_with_what_they_are(database: Database, tmp_path: Path) -> None:
    """Bare asyncpg takes no text in their place."""
    said = [datetime(2026, 5, 8, 1, 30, tzinfo=UTC), date(2026, 5, 8), b"\x00\xff", "请假", 3, None]
    recording = Recording(database)
    names = [f"CAST(:v{n} AS {kind})" for n, kind in enumerate(("timestamptz", "date", "bytea", "text", "int", "text"))]
    asked = text(f"SELECT {', '.join(names)}")
    database.write(lambda store: store.connection.execute(asked, {f"v{n}": one for n, one in enumerate(said)}) and None)
    path = tmp_path / "statements.jsonl"
    recording.write(path)
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    [[row]] = [rows for one in told for sql, rows in one["statements"] if "CAST" in sql]
    kinds = [["time", "2026-05-08T01:30:00+00:00"], ["day", "2026-05-08"], ["bytes", "AP8="]]
    assert row == [*kinds, ["plain", "请假"], ["plain", 3], ["plain", None]]
