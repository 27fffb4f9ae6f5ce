"""What people said lies sealed, also where it is kept as keywords, buttons or corrections; older rows are sealed on the
way up."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from typer.testing import CliRunner

from bot.cli import app
from domain.messages import Button
from domain.reading import NOTHING
from domain.running import StorageSettings
from storage import migrate
from storage.channel_state import ChannelState
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store
from tests.commands.conftest import here as here
from tests.commands.neighbourhood import CHANNEL, Neighbourhood

NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
READ = {
    "report": True,
    "confidence": 0.9,
    "category": "home_repair",
    "urgency": 1,
    "where": {"building": "3", "room": "402", "place": "王奶奶家"},
    "keywords": ["王奶奶", "轮椅"],
    "nature": None,
    "tags": ["涉老"],
}


def test_no_word_of_anybody_stands_in_the_file(here: Neighbourhood) -> None:
    """Keywords, spots, the words inside a button, a corrected place."""
    here.say("张女士", "3幢2单元楼道里的感应灯坏了，王奶奶摔了一跤", "unit")
    here.say("李明", "接单")
    here.say("李明", "改址 东门岗亭")
    here.report()
    here.report("老刘", "路灯不亮")
    here.say("李明", "备注 王奶奶的轮椅要修")
    here.say("李明", "办结 王奶奶的轮椅修好了")

    def stored(store: Store) -> list[tuple[str, bytes]]:
        found: list[tuple[str, bytes]] = []
        for table, column in (("lines", "read"), ("outbox", "offers"), ("corrections", "change")):
            rows = store.connection.execute(sa.select(sa.column(column, sa.LargeBinary)).select_from(sa.table(table)))
            found += [(table, bytes(row[0])) for row in rows if row[0] is not None]
        return found

    rows = here.read(stored)
    assert {table for table, _ in rows} == {"lines", "outbox", "corrections"}
    for word in ("王奶奶", "轮椅", "感应灯", "东门", "接单"):
        assert [table for table, content in rows if word.encode() in content] == []


def test_nothing_is_sealed_twice_alike(cipher: Cipher) -> None:
    """Neither by several threads, nor by a child of this process, which must not go on with what its parent has."""
    with ThreadPoolExecutor(4) as threads:
        sealed = [
            one for some in threads.map(lambda _: [cipher.seal("x", "f") for _ in range(700)], range(4)) for one in some
        ]
    nonces = {one[1:13] for one in sealed}
    assert len(nonces) == len(sealed) == 2800
    read, write = os.pipe()
    if not (child := os.fork()):
        os.write(write, cipher.seal("x", "f")[1:13])
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 12) not in nonces | {cipher.seal("x", "f")[1:13] for _ in range(300)}


def test_rows_of_an_older_database_are_sealed_on_the_way_up(empty_url: str, cipher: Cipher) -> None:
    database = Database(StorageSettings(url=empty_url), cipher)
    try:
        _at(database, "0008")
        with database.engine.begin() as connection:
            _fill(connection, cipher)
        assert migrate.upgrade(database) == ("0008", migrate.head())
        line, other = database.read(lambda store: store.lines.many([1, 2]))
        assert (line.reading.category, line.reading.keywords) == ("home_repair", ("王奶奶", "轮椅"))
        assert (line.reading.where.room, line.reading.where.place) == ("402", "王奶奶家")
        assert other.reading == NOTHING
        offers = [Button("备注", "备注 1 王奶奶")]
        assert [*database.read(lambda store: _letters(store))[0].buttons] == offers
        assert database.read(lambda store: store.tickets.corrections_of(7)) == [("where", "3|2|402", "东门岗亭")]
    finally:
        database.close()


def test_without_a_key_nothing_is_lost(empty_url: str, cipher: Cipher) -> None:
    database = Database(StorageSettings(url=empty_url), cipher)
    try:
        _at(database, "0008")
        with database.engine.begin() as connection:
            _fill(connection, cipher)
        with pytest.raises(RuntimeError, match="no key"):
            migrate.upgrade_at(database.engine)
        with database.engine.connect() as connection:
            assert migrate.current(connection) == "0008"
    finally:
        database.close()


def test_nothing_is_sealed_with_another_key_than_the_rest(empty_url: str, cipher: Cipher) -> None:
    """As on the command line, by whoever lost sight of the right one."""
    database = Database(StorageSettings(url=empty_url), cipher)
    try:
        _at(database, "0008")
        with database.engine.begin() as connection:
            _fill(connection, cipher)
            ChannelState(connection, cipher).set("minqing", "key", "sealed with this key")
        environment = {"MINQING_KEY": new_key(), "MINQING_STORAGE__URL": empty_url}
        told = CliRunner().invoke(app, ["db", "upgrade"], env=environment)
        assert told.exit_code == 2
        assert told.stderr == "minqing: MINQING_KEY is not the key that this database was sealed with\n"
        assert migrate.upgrade(database) == ("0008", migrate.head())
        [line] = database.read(lambda store: store.lines.many([1]))
        assert line.reading.category == "home_repair"
    finally:
        database.close()


def _letters(store: Store) -> list[Any]:
    rows = store.connection.execute(sa.select(sa.table("outbox", sa.column("id")).c.id)).all()
    return [store.outbox.claim(NOW, NOW, "me", NOW, 5, CHANNEL)[0] for _ in rows]


def _at(database: Database, revision: str) -> None:
    """The schema as it was then."""
    with database.engine.begin() as connection:
        steps = migrate.config()
        steps.attributes["connection"] = connection
        command.upgrade(steps, revision)


def _fill(connection: sa.Connection, cipher: Cipher) -> None:
    """Two lines, a letter with a button, a correction: as they lay before."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=["accounts", "lines", "outbox", "corrections", "areas"])

    def put(table: str, /, **values: Any) -> None:
        connection.execute(sa.insert(metadata.tables[table]).values(**values))

    at = NOW if connection.dialect.name == "postgresql" else NOW.replace(tzinfo=None)
    put("accounts", id=1, channel=CHANNEL, user_id="老刘", name="老刘", opted_out=False, seen_at=at)
    for number, reading in ((1, READ), (2, {})):
        put(
            "lines", id=number, account_id=1, channel=CHANNEL, chat="unit", remote=f"m{number}", name="老刘",
            role="resident", text=cipher.seal("…", "lines.text"), photo=False, voice=False, private=False, sent_at=at,
            reading=reading, heard=[], kept=True,
        )  # fmt: skip
    put(
        "outbox", id=1, channel=CHANNEL, chat="unit", mode="new", text=cipher.seal("…", "outbox.text"),
        buttons=[["备注", "备注 1 王奶奶"]], media=[], priority=1, silent=False, not_before=at, state="queued",
        attempts=0, created_at=at,
    )  # fmt: skip
    put("corrections", district_id=1, ticket_id=7, kind="where", was="3|2|402", became="东门岗亭", at=at)
