"""`minqing db rekey`: everything that is sealed, with another key; and nothing where that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.cli import app
from domain.running import StorageSettings
from storage import migrate, sample
from storage.cipher import Cipher, WrongKey, new_key
from storage.database import Database
from storage.rekeying import rekey
from storage.store import Store
from storage.tables import button_texts, lines, media, metadata
from storage.tables.columns import SEALED
from tests.commands.conftest import here as here
from tests.commands.neighbourhood import Neighbourhood

NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
COLUMNS = [column for table in metadata.sorted_tables for column in table.columns if column.info.get(SEALED)]


def told(office: Neighbourhood) -> None:
    """Something of most kinds."""
    office.say("张女士", "3幢2单元楼道里的感应灯坏了，王奶奶摔了一跤", "unit")
    office.say("李明", "接单")
    office.say("李明", "改址 东门岗亭")
    office.say("李明", "备注 王奶奶的轮椅要修")
    office.say("李明", "办结 换了灯泡")
    office.say("张女士", "满意，谢谢师傅", "unit")

    def more(store: Store) -> None:
        store.people.add(office.areas["district"], "老金", NOW, phone="13700000001")
        store.channel_state.set("playground", "cursor", "7")
        store.button_texts.keep("撤回 阳光17 王奶奶家的灯", NOW)

    office.database.write(more)


def values(store: Store) -> dict[str, list[bytes]]:
    return {
        f"{one.table.name}.{one.name}": [
            bytes(row[0])
            for row in store.connection.execute(sa.select(one).where(one.is_not(None)).order_by(*one.table.primary_key))
        ]
        for one in COLUMNS
    }


def opened(store: Store) -> dict[str, list[bytes]]:
    return {field: [store.cipher.open_bytes(one, field) for one in kept] for field, kept in values(store).items()}


def test_all_that_was_sealed_is_sealed_with_the_new_key(here: Neighbourhood, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.moving.CHUNK", 3)
    told(here)
    old, new = here.database.cipher, Cipher(new_key())
    before = here.database.read(opened)
    assert {"lines.text", "tickets.summary", "ticket_events.note", "corrections.change", "ratings.words", "outbox.text",
            "outbox.offers", "people.phone", "channel_state.value", "button_texts.command"} <= {
        field for field, kept in before.items() if kept
    }  # fmt: skip
    tables: dict[str, int] = {}
    count = here.database.write(lambda store: rekey(store.connection, old, new, NOW, tables.__setitem__))
    assert count == sum(map(len, before.values())) and tables["people"] > 1
    with pytest.raises(WrongKey):
        here.database.read(opened)
    again = Database(here.database.settings, new)
    try:
        assert again.read(opened) == before
        [found] = again.read(lambda store: store.people.with_phone("13700000001"))
        assert found.name == "老金"
        # The same words have the same row.
        ids = sa.select(button_texts.c.id)
        [kept] = again.read(lambda store: store.connection.execute(ids).scalars().all())
        assert again.write(lambda store: store.button_texts.keep("撤回 阳光17 王奶奶家的灯", NOW)) == kept
    finally:
        again.close()


def test_photos_are_read_few_at_a_time(here: Neighbourhood) -> None:
    told(here)
    old, new = here.database.cipher, Cipher(new_key())
    photo = {"line_id": 1, "channel": "replay", "kind": "photo", "state": "kept"}
    photos = [photo | {"ref": str(n), "content": old.seal(b"jpeg", "media.content")} for n in range(25)]
    at_once: list[int] = []

    def count(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("UPDATE media"):
            at_once.append(len(parameters))

    def work(store: Store) -> None:
        store.connection.execute(sa.insert(media), photos)
        sa.event.listen(store.connection.engine, "before_cursor_execute", count)
        rekey(store.connection, old, new, NOW, lambda *_: None)

    here.database.write(work)
    assert at_once == [10, 10, 5]


def test_where_one_value_does_not_open_nothing_is_changed(here: Neighbourhood) -> None:
    told(here)
    here.database.write(
        lambda store: store.connection.execute(
            sa.update(lines).where(lines.c.id == 1).values(text=Cipher(new_key()).seal("别人的", "lines.text"))
        )
    )
    before, old = here.database.read(values), here.database.cipher
    with pytest.raises(WrongKey, match=r"lines\.text"):
        here.database.write(lambda store: rekey(store.connection, old, Cipher(new_key()), NOW, lambda *_: None))
    assert here.database.read(values) == before


def test_at_the_command_line(tmp_path: Path) -> None:
    key, other = new_key(), new_key()
    url = f"sqlite:///{tmp_path}/o.db"
    database = Database(StorageSettings(url=url), Cipher(key))
    migrate.upgrade(database)
    database.write(lambda store: sample.load(store, NOW))
    database.write(lambda store: store.people.add(1, "老金", NOW, phone="13700000001"))
    database.write(lambda store: store.leases.hold("speak:playground", "me", datetime.now(UTC), _soon()))

    def run(**environment: str) -> Any:
        fixed = {"MINQING_STORAGE__URL": url, "MINQING_KEY": key}
        return CliRunner().invoke(app, ["db", "rekey"], env=fixed | environment)

    assert "MINQING_NEW_KEY is not set" in run().stderr
    assert "the same as MINQING_KEY" in run(MINQING_NEW_KEY=key).stderr
    assert "MINQING_NEW_KEY must be 32 bytes" in run(MINQING_NEW_KEY="short").stderr
    assert "me is at work on this database" in run(MINQING_NEW_KEY=other).stderr
    database.write(lambda store: store.leases.release("speak:playground", "me"))
    secret = database.read(lambda store: values(store)["people.phone"][0])
    database.close()
    assert "MINQING_KEY is not the key" in run(MINQING_KEY=new_key(), MINQING_NEW_KEY=other).stderr
    done = run(MINQING_NEW_KEY=other)
    assert done.exit_code == 0 and "values are sealed with the new key" in done.stdout, done.output
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir()), "nothing of it stays in free pages"
    database = Database(StorageSettings(url=url), Cipher(other))
    assert database.read(opened)["people.phone"]
    database.close()


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)
