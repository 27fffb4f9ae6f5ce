"""Brings a database to this program's schema, and says how far it is from it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database


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
    """Run the missing steps in one transaction. Returns the revisions before and after."""

    def work(connection: Connection) -> str | None:
        before = current(connection)
        steps = config()
        steps.attributes["connection"] = connection
        command.upgrade(steps, "head")
        return before

    with database.engine.begin() as connection:
        before = work(connection)
    return before, head()
