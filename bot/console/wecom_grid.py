"""`minqing wecom grid` and `minqing wecom cases`: the tree of 政民沟通 into our areas and posts; its categories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import config as configuration
from bot.channels.wecom_report.deliveries import CHANNEL
from bot.channels.wecom_report.grids import fetch_cases, fetch_grids
from bot.console.office import database_of, fail, settings_of
from bot.tencent.client import Caller, wecom
from bot.tencent.residents import report_secret
from bot.tencent.sessions import Sessions
from domain.areas import Area
from domain.errors import SendFailed
from domain.grids import Change, Grid
from domain.settings import Settings
from storage.database import Database
from storage.grids import plan, put_in_place
from storage.store import Store


def grid(config: Path | None, under: str | None, *, dry_run: bool, prune: bool) -> int:
    """Prints the differences, and makes them unless `dry_run`. 0, or 1 where the tree cannot be taken over."""
    settings = settings_of(config)
    with database_of(settings) as database:
        try:
            grids = asyncio.run(fetch_grids(_caller(settings, database)))
        except SendFailed as failed:
            raise fail(f"the grids of 政民沟通 cannot be fetched: {failed}") from None
        return take_over(database, grids, under, datetime.now(UTC), dry_run=dry_run, prune=prune)


def take_over(
    database: Database, grids: Sequence[Grid], under: str | None, now: datetime, *, dry_run: bool, prune: bool
) -> int:
    """As `grid`, for grids that were fetched."""

    def work(store: Store) -> tuple[list[Change], int]:
        root = _root(store, under)
        changes = plan(store, CHANNEL, grids, root, now)
        faulty = any(change.what == "fault" for change in changes)
        return changes, 0 if dry_run or faulty else put_in_place(store, CHANNEL, changes, root, now, prune=prune)

    changes, done = database.write(work)
    names = {one.id: one.name for one in grids}
    for line in _lines(changes, names, prune=prune):
        typer.echo(line)
    if any(change.what == "fault" for change in changes):
        typer.echo("nothing was changed: mend the grids in WeCom's console first", err=True)
        return 1
    typer.echo(f"{len(grids)} grids; " + ("nothing was changed (dry run)" if dry_run else f"{done} changes made"))
    return 0


def cases(config: Path | None) -> int:
    """Prints the categories of 政民沟通 to be mapped in [wecom.report] cases; people say which of ours each is."""
    settings = settings_of(config)
    with database_of(settings) as database:
        try:
            found = asyncio.run(fetch_cases(_caller(settings, database)))
        except SendFailed as failed:
            raise fail(f"the categories of 政民沟通 cannot be fetched: {failed}") from None
    known = {case.name for case in settings.wecom.report.cases}
    for name, above in found:
        mapped = "" if name in known else "   # not mapped yet"
        typer.echo(f"{above + '/' if above else ''}{name}{mapped}")
    return 0


def _caller(settings: Settings, database: Database) -> Caller:
    secret = report_secret(configuration.secrets())
    if not settings.wecom.corp_id or not secret:
        raise fail("set [wecom] corp_id, and MINQING_WECOM_REPORT_SECRET or MINQING_WECOM_APP_SECRET", 2)
    corp = settings.wecom
    return wecom(corp.api, corp.http_seconds, corp.corp_id, secret, Sessions(database, CHANNEL))


def _root(store: Store, under: str | None) -> Area:
    """Which of our areas the topmost grid is: the one named, else the only district."""
    everywhere = store.areas.below("/")
    found = [area for area in everywhere if (area.name == under if under else area.kind == "district")]
    if len(found) != 1:
        what = f"areas called {under}" if under else "districts"
        raise fail(f"there are {len(found)} {what}: say which area the topmost grid is, with --under NAME")
    return found[0]


def _lines(changes: Iterable[Change], names: dict[str, str], *, prune: bool) -> Iterable[str]:
    for one in changes:
        match one.what:
            case "add":
                yield f"+ {one.name} ({one.kind}) below {names.get(one.parent, '')}"
            case "rename":
                yield f"~ {one.old} → {one.name}"
            case "appoint":
                yield f"+ {one.name}: {one.role} of {names[one.grid]}"
            case "unknown":
                yield f"? {one.name} of {names[one.grid]} is nobody's WeCom account here: bind it, then import again"
            case "gone":
                yield f"- {one.name} is no grid any more" + ("" if prune else " (stays; --prune takes it away)")
            case "fault":
                yield f"! {one.name}"
            case _:
                pass
