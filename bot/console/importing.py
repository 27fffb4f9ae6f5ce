"""`minqing import`: a workbook into the database, all of it or nothing, while the office goes on working."""

from __future__ import annotations

import gc
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.console.office import database_of, fail, settings_of
from bot.importing.blame import worth_telling
from bot.importing.columns import SHEETS
from bot.importing.reading import NotAWorkbook, Read, read_workbook, rows_in
from bot.importing.words import tell, tell_removal
from bot.importing.writing import write_template
from domain.settings import Settings
from handlers.care.today import ensure_alarms
from handlers.context import Context
from nlu.reader import Reader
from storage.cipher import WRONG_KEY, WrongKey
from storage.database import Database
from storage.importing import staging
from storage.importing.plan import plan
from storage.importing.world import World
from storage.store import Store

# Rows that are staged in one transaction, and the breath after each in which others get to write.
CHUNK = 1000
BREATH = 0.02
# How often an import is planned again because rows came or went meanwhile.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it: new, changed and unchanged rows by sheet, and seconds that the last step took."""

    counts: dict[str, tuple[int, int, int]]
    swap_seconds: float = 0.0
    longest_chunk: float = 0.0


def template(config: Path | None, path: Path, language: str | None, *, force: bool) -> None:
    if path.exists() and not force:
        raise fail(f"{path} is there already (--force writes over it)")
    english = english_of(settings_of(config), language)
    try:
        write_template(path, english)
    except OSError as error:
        raise fail(f"{path} cannot be written: {error.strerror}") from None
    typer.echo(f"{path}: fill it in, then try it: minqing import {path} --dry-run")


def import_file(config: Path | None, path: Path, language: str | None, *, dry_run: bool) -> int:
    """Prints every fault, or who moves and what was done. 0, or 1 where there are faults."""
    settings = settings_of(config)
    english = english_of(settings, language)
    if not path.is_file():
        raise fail(f"there is no file {path}")
    with database_of(settings) as database, progress_bar() as progress, _no_pauses():
        check_key(database)
        reading = progress.add_task("read", total=rows_in(path))
        try:
            found = read_workbook(path, lambda: progress.advance(reading))
        except NotAWorkbook as error:
            raise fail(f"{path} is no .xlsx workbook, or is damaged ({error})") from None
        progress.update(reading, total=progress.tasks[reading].completed or 1)
        world = check(database, settings, found)
        faults = worth_telling(found, world.faults)
        done = None
        if not faults and not dry_run and any(world.staged.values()):
            done = put_in(database, settings, found, world, progress)
    for fault in faults:
        typer.echo(tell(fault, english))
    if faults:
        typer.echo(_many(len(faults), english), err=True)
        return 1
    for removal in world.removals:
        typer.echo(tell_removal(removal, english))
    _summary(done.counts if done is not None else _counts(world), found, english, dry_run=dry_run)
    return 0


@contextmanager
def _no_pauses() -> Iterator[None]:
    """A look through a million cells for garbage takes half a second, and may fall into a transaction."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def check_key(database: Database) -> None:
    """Nothing is sealed with a key that is not the database's."""
    try:
        known = database.read(lambda store: store.channel_state.get("minqing", "key", datetime.now(UTC)))
    except WrongKey:
        raise fail(WRONG_KEY, 2) from None
    if known is None:
        database.write(lambda store: store.channel_state.set("minqing", "key", "sealed with this key"))


def check(database: Database, settings: Settings, found: Read) -> World:
    """What the file would change, and what is wrong with it; reads only."""
    now = datetime.now(UTC)
    today = now.astimezone(settings.office.tz).date()
    return database.read(lambda store: plan(store, found.rows, now, today))


def put_in(database: Database, settings: Settings, found: Read, world: World, progress: Progress | None = None) -> Done:
    """Stage bit by bit, then swap. Where rows came or went meanwhile, plan once more."""
    longest = 0.0
    while database.write(lambda store: staging.clear_abandoned(store.connection, datetime.now(UTC), CHUNK)):
        time.sleep(BREATH)
    for _ in range(TRIES):
        run = secrets.token_hex(8)
        try:
            longest = max(longest, _stage(database, world, run, progress))
            began = time.perf_counter()
            database.write(partial(_swap, run=run, world=world, settings=settings), world.districts)
            done = Done(_counts(world), time.perf_counter() - began, longest)
        except staging.Moved:
            world = check(database, settings, found)
            if world.faults:
                raise fail("the database was changed meanwhile and no longer fits the file; import it again") from None
        else:
            if world.staged["areas"] or world.staged["posts"]:
                _alarm(database, settings)
            return done
        finally:
            while database.write(partial(_clear, run)):
                time.sleep(BREATH)
    raise fail("others keep adding rows; nothing was imported. Try again at a quieter hour")


def _alarm(database: Database, settings: Settings) -> None:
    """New workers get their morning list, new districts their audit."""
    reader = Reader.load()
    database.write(lambda store: ensure_alarms(Context(datetime.now(UTC), store, settings, reader)))


def _stage(database: Database, world: World, run: str, progress: Progress | None) -> float:
    """The seconds that the longest transaction took."""
    longest = 0.0
    task = progress.add_task("stage", total=sum(map(len, world.staged.values())) or 1) if progress else None
    for table, rows in staging.chunks(world, run, datetime.now(UTC), CHUNK):
        began = time.perf_counter()
        database.write(partial(_put, table, rows))
        longest = max(longest, time.perf_counter() - began)
        if progress and task is not None:
            progress.advance(task, len(rows))
        time.sleep(BREATH)
    return longest


def _put(table: str, rows: list[dict[str, Any]], store: Store) -> None:
    staging.stage(store.connection, table, rows)


def _clear(run: str, store: Store) -> int:
    return staging.clear(store.connection, run, CHUNK)


def _swap(store: Store, run: str, world: World, settings: Settings) -> None:
    staging.swap(store.connection, run, world.fingerprint)
    now = datetime.now(UTC)
    if world.staged["people"]:
        staging.know_members(store.connection, run, now, app=settings.wecom.app.on)
        staging.know_leaves(store.connection, run, now.astimezone(settings.office.tz).date())
    counts = {name: list(count[:2]) for name, count in _counts(world).items() if any(count[:2])}
    store.people.audit(now, "import", f"import {run}", data={"new_and_changed": counts})


def _counts(world: World) -> dict[str, tuple[int, int, int]]:
    return {name: (new, changed, same) for name, (new, changed, same) in world.counts.items()}


def progress_bar() -> Progress:
    shown = (TextColumn("{task.description:>6}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*shown, console=Console(stderr=True))


def english_of(settings: Settings, language: str | None) -> bool:
    return (language or settings.office.language) == "en"


def _many(count: int, english: bool) -> str:
    return f"{count} to mend; nothing was changed" if english else f"要改 {count} 处；库里什么也没有动"


def _summary(counts: dict[str, tuple[int, int, int]], found: Read, english: bool, *, dry_run: bool) -> None:
    for sheet in SHEETS:
        new, changed, same = counts[sheet.key]
        if new or changed or same:
            words = (
                f"{new} new, {changed} changed, {same} as they were"
                if english
                else f"新增 {new}，改动 {changed}，不变 {same}"
            )
            typer.echo(f"{sheet.name[english]}: {words}" if english else f"{sheet.name[english]}：{words}")
    if found.examples:
        typer.echo(f"{found.examples} examples passed over" if english else f"跳过样例 {found.examples} 行")
    if not found.count:
        typer.echo("nothing to import" if english else "没有可以导入的内容")
    elif dry_run:
        typer.echo("no faults; nothing was changed (dry run)" if english else "没有问题；这是试导，库里没有动")
