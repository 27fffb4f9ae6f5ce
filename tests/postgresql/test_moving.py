"""A running office moves to another database: every row arrives, ids go on, and nothing half-done stays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from bot.cli import app
from domain.messages import Raw
from domain.running import StorageSettings
from domain.settings import Settings
from storage import migrate, sample
from storage.backup import NotPossible
from storage.cipher import Cipher
from storage.database import Database
from storage.moving import LEFT_BEHIND, move
from storage.tables import accounts, areas, inbox, leases, metadata, people
from tests.server import Server

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, cipher: Cipher) -> Database:
    """A sample district that has been at work, on SQLite."""
    database = Database(StorageSettings(url=f"sqlite:///{tmp_path / 'office.db'}"), cipher)
    migrate.upgrade(database)

    def live(store: object) -> None:
        sample.load(store, NOW)  # type: ignore[arg-type]

    database.write(live)
    raws = [Raw("playground", f"k{n}", "g:1", f"第{n}句".encode(), NOW + timedelta(seconds=n)) for n in range(2500)]
    database.write(lambda store: store.inbox.receive(raws))
    database.write(lambda store: store.leases.hold("speak:playground", "old", NOW, NOW + timedelta(days=9)))
    # An area that stands before the one above it.
    with database.engine.begin() as connection:
        first, last = connection.execute(select(func.min(areas.c.id), func.max(areas.c.id))).one()
        connection.execute(update(areas).where(areas.c.id == first).values(parent_id=last))
    return database


def open_target(url: str) -> Engine:
    from storage.engines import open_engines

    return open_engines(StorageSettings(url=url))[0]


def test_everything_arrives_and_goes_on(office: Database, server: Server, cipher: Cipher) -> None:
    with server.fresh() as url:
        target = open_target(url)
        moved = move(office.engine, target)
        assert (moved.cleaned, moved.behind) == (0, 0)
        assert {one.table for one in moved.tables} == {table.name for table in metadata.sorted_tables} - {
            "leases",
            "stamps",
        }
        counts = {one.table: one.rows for one in moved.tables}
        with office.engine.connect() as here, target.connect() as there:
            for table in set(metadata.sorted_tables) - LEFT_BEHIND:
                assert here.execute(select(func.count()).select_from(table)).scalar() == counts[table.name]
                order = list(table.primary_key)
                old = [tuple(row) for row in here.execute(select(table).order_by(*order))]
                new = [tuple(row) for row in there.execute(select(table).order_by(*order))]
                assert sorted(map(repr, old)) == sorted(map(repr, new)), table.name
            assert there.execute(select(func.count()).select_from(leases)).scalar() == 0
        target.dispose()
        settings = replace(Settings(), storage=StorageSettings(url=url))
        new_office = Database(settings.storage, cipher)
        greatest = new_office.read(lambda store: store.connection.execute(select(func.max(people.c.id))).scalar())
        district = new_office.read(lambda store: store.connection.execute(select(func.min(areas.c.id))).scalar_one())
        assert new_office.write(lambda store: store.people.add(district, "新来的", NOW)) == greatest + 1
        assert new_office.write(lambda store: store.inbox.receive([Raw("playground", "k7", "g:1", b"", NOW)])) == 0
        with pytest.raises(Exception, match="fk_areas_parent_id"), new_office.engine.begin() as connection:
            connection.execute(update(areas).where(areas.c.id == district).values(parent_id=999_999))
        new_office.close()
    office.close()


def test_and_back_again(office: Database, server: Server, tmp_path: Path, cipher: Cipher) -> None:
    with server.fresh() as url:
        there, back = open_target(url), open_target(f"sqlite:///{tmp_path / 'back.db'}")
        first = move(office.engine, there)
        assert [(one.table, one.rows, one.digest) for one in move(there, back).tables] == [
            (one.table, one.rows, one.digest) for one in first.tables
        ]
        there.dispose()
        back.dispose()
    office.close()


def test_a_target_with_a_row_in_it_is_refused(office: Database, server: Server) -> None:
    with server.fresh() as url:
        target = open_target(url)
        migrate.upgrade_at(target)
        with target.begin() as connection:
            connection.execute(insert(leases).values(name="x", owner="y", until=NOW))
        with pytest.raises(NotPossible, match="not empty: there are rows in leases"):
            move(office.engine, target)
        target.dispose()
    office.close()


def test_a_text_that_does_not_fit_is_named_and_nothing_is_kept(office: Database, server: Server) -> None:
    with office.engine.begin() as connection:
        account = connection.execute(select(func.min(accounts.c.id))).scalar()
        connection.execute(update(accounts).where(accounts.c.id == account).values(name="名" * 121))
    with server.fresh() as url:
        target = open_target(url)
        with pytest.raises(NotPossible, match=f"accounts {account}: name has 121 characters of 120"):
            move(office.engine, target)
        with target.connect() as connection:
            assert connection.execute(select(func.count()).select_from(areas)).scalar() == 0
        target.dispose()
    office.close()


def test_what_came_in_meanwhile_is_told_and_nul_is_taken_out(office: Database, server: Server) -> None:
    with office.engine.begin() as connection:
        account = connection.execute(select(func.min(accounts.c.id))).scalar()
        connection.execute(update(accounts).where(accounts.c.id == account).values(name="老\0王"))

    def busy(carried: object) -> None:
        if getattr(carried, "table", "") == "areas":
            office.write(lambda store: store.inbox.receive([Raw("playground", "late", "g:1", b"late", NOW)]))

    with server.fresh() as url:
        target = open_target(url)
        moved = move(office.engine, target, busy)
        assert (moved.cleaned, moved.behind) == (1, 1)
        with target.connect() as connection:
            assert connection.execute(select(accounts.c.name).where(accounts.c.id == account)).scalar() == "老王"
            late = select(func.count()).select_from(inbox).where(inbox.c.key == "late")
            assert connection.execute(late).scalar() == 0, "one snapshot"
        target.dispose()
    office.close()


def test_at_the_command_line(office: Database, server: Server, tmp_path: Path) -> None:
    office.close()
    run = CliRunner()
    with server.fresh() as url:
        given = make_url(url).set(drivername="postgresql", password="secret").render_as_string(hide_password=False)
        done = run.invoke(app, ["db", "move", f"sqlite:///{tmp_path / 'office.db'}", given])
        assert done.exit_code == 0, done.output
        # config.toml takes it as it stands there.
        assert f"url = '{given.replace(':secret@', '@')}'" in done.output
        assert re.search(r"inbox +2,500 +[0-9a-f]{16}\n", done.output)
        assert "all are the same" in done.output and "minqing check" in done.output
        again = run.invoke(app, ["db", "move", f"sqlite:///{tmp_path / 'office.db'}", url])
        assert again.exit_code == 1 and "not empty" in again.output
    for source, target, why in (
        ("sqlite:///nowhere.db", url, "there is no database"),
        ("what", url, "is no database url"),
        (f"sqlite:///{tmp_path / 'office.db'}", "mysql://h/x", "minqing works with sqlite and postgresql"),
    ):
        refused = run.invoke(app, ["db", "move", source, target])
        assert refused.exit_code == 2 and why in refused.output
