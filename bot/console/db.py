"""`minqing db`: schema, copies, and moving to another database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.console.office import database_of, fail, settings_of
from domain.running import StorageSettings
from storage import migrate
from storage.backup import NotPossible
from storage.backup import backup as make_copy
from storage.backup import restore as put_back
from storage.cipher import WRONG_KEY, WrongKey
from storage.engines import address, open_engines
from storage.moving import Carried
from storage.moving import move as carry_over
from storage.spans import bump


def upgrade(config: Path | None) -> None:
    settings = settings_of(config)
    with database_of(settings, ready=False) as database:
        try:
            before, after = migrate.upgrade(database)
        except WrongKey:
            raise fail(WRONG_KEY, 2) from None
        except CommandError as error:
            raise fail(f"the database is of a newer minqing than this one: {error}") from None
    typer.echo(f"the database is at {after}" + ("" if before == after else f" (was at {before or 'nothing'})"))


def backup(config: Path | None, folder: Path | None) -> None:
    storage = settings_of(config).storage
    try:
        made = make_copy(storage.url, folder or Path(storage.backup_dir), datetime.now(UTC), storage.backups_kept)
    except NotPossible as error:
        raise fail(str(error)) from None
    typer.echo(f"{made} ({made.stat().st_size:,} bytes). It is of use only with the MINQING_KEY of today.")


def restore(config: Path | None, copy: Path) -> None:
    try:
        moved = put_back(settings_of(config).storage.url, copy, datetime.now(UTC))
    except NotPossible as error:
        raise fail(str(error)) from None
    typer.echo("restored" + (f"; the old database is at {moved}" if moved else ""))


def changed(config: Path | None) -> None:
    with database_of(settings_of(config)) as database:
        database.write(lambda store: bump(store.connection))
    typer.echo("whatever runs at this database reads areas, groups, people and posts again before it goes on")


def move(source: str, target: str) -> None:
    here, there = _engine(source, "source"), _engine(target, "target")
    try:
        moved = carry_over(here, there, _tell)
    except NotPossible as error:
        raise fail(str(error)) from None
    except SQLAlchemyError as error:
        raise fail(f"nothing was carried over: {error.__cause__ or error}") from None
    finally:
        here.dispose()
        there.dispose()
    rows = sum(table.rows for table in moved.tables)
    typer.echo(f"{rows:,} rows in {len(moved.tables)} tables were carried over and compared; all are the same.")
    if moved.cleaned:
        typer.echo(f"{moved.cleaned} texts held NUL characters, which PostgreSQL cannot store; these were taken out.")
    if moved.behind:
        typer.echo(
            f"minqing: {moved.behind} rows came in meanwhile, and are not in the new database. This was a rehearsal: "
            "stop minqing, empty the new database (drop it and create it again), and move once more",
            err=True,
        )
        raise typer.Exit(3)
    # As it was given, but for the password, which config.toml does not take.
    lies = make_url(target)
    shown = lies._replace(password=None).render_as_string()
    copied = "minqing db backup" if lies.get_backend_name() == "sqlite" else "pg_dump"
    typer.echo(
        "What to do now:\n"
        f"  1. in config.toml: [storage] url = {shown!r} (a password goes into MINQING_STORAGE__URL, or ~/.pgpass)\n"
        "  2. with the same MINQING_KEY: minqing check\n"
        f"  3. minqing run. Keep the old database until you are content; copies of the new one are made with {copied}"
    )


def _tell(table: Carried) -> None:
    typer.echo(f"  {table.table:<20} {table.rows:>10,}  {table.digest[:16]}")


def _engine(url: str, which: str) -> Engine:
    """For reading or writing in one transaction; ends with a clear line when the url cannot be meant."""
    try:
        parsed = address(url)
    except ArgumentError:
        raise fail(f"the {which} {url!r} is no database url, such as sqlite:///var/minqing.db", 2) from None
    name = parsed.get_backend_name()
    if name not in ("sqlite", "postgresql"):
        raise fail(f"the {which} is {name}; minqing works with sqlite and postgresql", 2)
    if name == "sqlite" and which == "source" and not (parsed.database and Path(parsed.database).exists()):
        raise fail(f"there is no database at {parsed.database}", 2)
    writing, reading = open_engines(StorageSettings(url=url))
    chosen, other = (reading, writing) if which == "source" else (writing, reading)
    other.dispose()
    return chosen
