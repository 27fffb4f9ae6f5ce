"""What somebody changes with psql is seen once `minqing db changed` has said so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, update
from typer.testing import CliRunner

from bot.cli import app
from domain.messages import Address
from domain.running import StorageSettings
from storage import migrate
from storage.cipher import Cipher
from storage.database import Database
from storage.engines import address
from storage.store import Store
from storage.tables import groups

ROOM = Address("replay", "room")


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_group_renamed_by_hand_is_seen_after_the_command(empty_url: str, cipher: Cipher, key: str) -> None:
    database = Database(StorageSettings(url=empty_url), cipher)
    migrate.upgrade(database)

    def furnish(store: Store) -> None:
        area = store.areas.add(None, "district", "d", "区")
        store.areas.bind(ROOM, area.id, "district", "residents", "old", datetime(2026, 5, 8, tzinfo=UTC))

    def name(store: Store) -> str:
        group = store.areas.group_at(ROOM)
        assert group is not None
        return group.name

    database.write(furnish)
    assert database.write(name) == "old"
    by_hand = create_engine(address(empty_url))
    with by_hand.begin() as connection:
        connection.execute(update(groups).values(name="new"))
    by_hand.dispose()
    assert database.write(name) == "old", "nobody has told it yet"
    said = CliRunner().invoke(app, ["db", "changed"], env={"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url})
    assert said.exit_code == 0, said.output
    assert database.write(name) == "new"
    database.close()
