"""Who was away by the old column is on leave after the step that made leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from domain.running import StorageSettings
from storage import migrate
from storage.cipher import Cipher
from storage.database import Database
from tests.road.test_sealing import _at


def test_who_is_away_stays_on_leave_and_nobody_else(empty_url: str, cipher: Cipher) -> None:
    database = Database(StorageSettings(url=empty_url), cipher)
    try:
        _at(database, "0017")
        today = datetime.now(UTC).date()
        with database.engine.begin() as connection:
            _fill(connection, {1: today + timedelta(days=3), 2: today - timedelta(days=3), 3: None})
        assert migrate.upgrade(database) == ("0017", migrate.head())
        found = database.read(lambda store: store.leaves.of_each([1, 2, 3], today))
    finally:
        database.close()
    [leave] = found.pop(1)
    assert found == {} and leave.last == today + timedelta(days=3) and leave.on(today)


def _fill(connection: sa.Connection, away: dict[int, date | None]) -> None:
    metadata = sa.MetaData()
    metadata.reflect(connection, only=["people", "areas"])

    def put(table: str, /, **values: Any) -> None:
        connection.execute(sa.insert(metadata.tables[table]).values(**values))

    put("areas", id=1, kind="district", code="q", name="区", label="", path="/1/")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for number, until in away.items():
        put("people", id=number, district_id=1, name="某", away_until=until, active=True, created_at=at)
