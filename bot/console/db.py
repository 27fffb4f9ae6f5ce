"""`minqing db`: schema and copies."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.console.office import database_of, fail, settings_of
from storage import migrate
from storage.backup import NotPossible
from storage.backup import backup as make_copy
from storage.backup import restore as put_back


def upgrade(config: Path | None) -> None:
    settings = settings_of(config)
    with database_of(settings, ready=False) as database:
        before, after = migrate.upgrade(database)
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
        moved = put_back(settings_of(config).storage.url, copy)
    except NotPossible as error:
        raise fail(str(error)) from None
    typer.echo("restored" + (f"; the old database is at {moved}" if moved else ""))
