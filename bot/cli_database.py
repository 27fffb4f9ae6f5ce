"""The part of the command line that is about the database: its schema, copies, another server, another key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_platforms import Config

db = typer.Typer(help="The database: schema, copies, moving house.", no_args_is_help=True)


@db.command("upgrade")
def db_upgrade(config: Config = None) -> None:
    """Bring the database to this program's schema."""
    from bot.console.db import upgrade

    upgrade(config)


@db.command("backup")
def db_backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to; [storage] backup_dir if left out.")] = None,
    config: Config = None,
) -> None:
    """Copy the database; it may be running."""
    from bot.console.db import backup

    backup(config, folder)


@db.command("restore")
def db_restore(
    copy: Annotated[Path, typer.Argument(help="The copy to put in place.")],
    config: Config = None,
) -> None:
    """Put a copy in the place of the database (stop minqing first)."""
    from bot.console.db import restore

    restore(config, copy)


@db.command("move")
def db_move(
    source: Annotated[str, typer.Argument(help="Where the office is: sqlite:///var/minqing.db")],
    target: Annotated[str, typer.Argument(help="An empty database: postgresql://user@host/name")],
) -> None:
    """Carry the whole office over to another database, and compare every row."""
    from bot.console.db import move

    move(source, target)


@db.command("rekey")
def db_rekey(config: Config = None) -> None:
    """Seal everything with another key: from MINQING_KEY to MINQING_NEW_KEY (stop minqing first)."""
    from bot.console.rekey import rekey

    rekey(config)


@db.command("changed")
def db_changed(config: Config = None) -> None:
    """Areas, groups, people or posts were changed by hand (psql): what runs reads them again."""
    from bot.console.db import changed

    changed(config)
