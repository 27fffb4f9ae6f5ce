"""`minqing export`: what an import reads, written out again; phones and health only when asked for."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.console.importing import check_key, english_of, progress_bar
from bot.console.office import database_of, fail, settings_of
from bot.importing.columns import SHEETS
from bot.importing.writing import write_export
from storage.importing.telling import Told


def export(config: Path | None, path: Path, language: str | None, *, phones: bool, health: bool, force: bool) -> None:
    settings = settings_of(config)
    if path.exists() and not force:
        raise fail(f"{path} is there already (--force writes over it)")
    if path.suffix.lower() != ".xlsx":
        raise fail(f"{path}: the name of a workbook ends in .xlsx")
    with database_of(settings) as database, progress_bar() as progress:
        check_key(database)
        told = database.read(Told)
        # Written down first: nothing leaves without a trace.
        database.write(
            lambda store: store.people.audit(
                datetime.now(UTC),
                "export",
                "district data",
                data={"phones": phones, "health": health, "file": path.name, "by": _who()},
            )
        )
        task = progress.add_task("write", total=sum(told.count(sheet.key) for sheet in SHEETS) or 1)
        try:
            count, left_out = write_export(
                path,
                told.rows,
                english_of(settings, language),
                phones=phones,
                health=health,
                on_row=lambda: progress.advance(task),
            )
        except OSError as error:
            raise fail(f"{path} cannot be written: {error.strerror}") from None
        progress.update(task, completed=count, total=count or 1)
    for cell in left_out:
        typer.echo(f"minqing: {cell} is too long for a cell and was left out; an import leaves it as it is", err=True)
    typer.echo(f"{path}: {count} rows" + ("" if phones else ", without phones (--with-phones)"))


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
