"""Brings a database to this program's schema, and says how far it is from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from storage.channel_state import VALUE
from storage.cipher import Cipher
from storage.database import Database
from storage.tables import channel_state

# Any number will do, so long as nothing else in the database locks by it.
_STEPS_LOCK = 0x9A7E_0002


def config() -> Config:
    """Alembic's settings for our migrations."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # The folder may hold a percent sign or a blank; nothing is to be split out of it.
    found.set_main_option("path_separator", "newline")
    return found


def head() -> str:
    """The newest revision that this program knows."""
    revision = ScriptDirectory.from_config(config()).get_current_head()
    assert revision is not None, "the migrations are part of the package"
    return revision


def current(connection: Connection) -> str | None:
    """The revision a database is at; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database) -> tuple[str | None, str]:
    """Run the missing steps in one transaction. Returns the revisions before and after. WrongKey, before any step,
    where the database was sealed with another."""
    return upgrade_at(database.engine, database.cipher)


def upgrade_at(engine: Engine, cipher: Cipher | None = None) -> tuple[str | None, str]:
    """The same for a database that nobody works with yet; without a key only while it is empty."""
    steps = config()
    options: dict[str, Any] = {}
    if engine.dialect.name != "sqlite":
        # Whoever waits for another process's steps must see them afterwards.
        options["isolation_level"] = "READ COMMITTED"
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if options:
            connection.execute(select(func.pg_advisory_xact_lock(_STEPS_LOCK)))
        before = current(connection)
        if before is not None and cipher is not None:
            _check_key(connection, cipher)
        steps.attributes |= {"connection": connection, "cipher": cipher}
        command.upgrade(steps, "head")
    return before, head()


def _check_key(connection: Connection, cipher: Cipher) -> None:
    """What a step sealed with another key than the rest, nobody could read again."""
    mark = select(channel_state.c.value).where(channel_state.c.channel == "minqing", channel_state.c.name == "key")
    sealed = connection.execute(mark).scalar()
    if sealed is not None:
        cipher.open_bytes(sealed, VALUE)
