"""`minqing check`: is everything in order, and if not, what is to be done."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import config as configuration
from bot.aids import examined
from bot.console.office import settings_of
from bot.credentials import Secrets
from bot.doors import DOORS, Door, Wiring, contradictions, open_doors
from bot.finding import Finding
from bot.surfaces import in_words, surfaces
from domain.errors import BadConfig
from domain.messages import RING
from domain.people import Role
from domain.settings import Settings
from storage import migrate
from storage.cipher import Cipher, WrongKey
from storage.database import Database

# A server before this program was written has a wrong clock.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
LEAST_FREE = 500 * 1024 * 1024


def check(config: Path | None) -> int:
    """Print every finding; 0 when all is in order, else 1."""
    settings = settings_of(config)
    bad = 0
    for finding in _findings(config, settings):
        typer.echo(f"{finding.mark:<4} {finding.what}" + (f"\n       → {finding.do}" if finding.do else ""))
        bad += not finding.good
    typer.echo("all in order" if not bad else f"{bad} to mend")
    return 1 if bad else 0


def _findings(config: Path | None, settings: Settings) -> Iterator[Finding]:
    path = configuration.find(config, os.environ)
    yield Finding(True, f"configuration: {path or 'the defaults (no config.toml found)'}")
    yield from _clock(settings)
    yield from _holidays(settings)
    yield from _disk(settings)
    yield from _database(settings)
    yield from _channels(settings)


def _clock(settings: Settings) -> Iterator[Finding]:
    now = datetime.now(UTC)
    local = now.astimezone(settings.office.tz)
    yield Finding(
        now >= EARLIEST,
        f"clock: {local:%Y-%m-%d %H:%M} {settings.office.timezone}",
        "" if now >= EARLIEST else "set this machine's clock (deadlines and morning lists go by it)",
    )


def _holidays(settings: Settings) -> Iterator[Finding]:
    today = datetime.now(settings.office.tz).date()
    year = settings.office.calendar.unknown_year(today)
    if year is None:
        yield Finding(True, "working days: the holidays of these weeks are known")
        return
    # Before the year has begun they may not be announced yet.
    do = "write them into [office] days_off and days_on once they are announced (a newer chinesecalendar has them too)"
    yield Finding(year > today.year, f"working days: the holidays of {year} are not known, Monday to Friday count", do)


def _disk(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.storage.url)
    folder = Path(url.database).parent if url.get_backend_name() == "sqlite" and url.database else Path.cwd()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    yield Finding(
        free >= LEAST_FREE,
        f"disk: {free / 2**30:.1f} GiB free at {folder.resolve()}",
        "" if free >= LEAST_FREE else "make room, or move the database ([storage] url) to a larger disk",
    )


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.storage.url)
    shown = url.render_as_string(hide_password=True)
    key = configuration.secrets().key
    if key is None:
        yield Finding(
            False, "key: MINQING_KEY is not set", 'export MINQING_KEY="$(minqing key)" once, and keep it safe'
        )
        return
    try:
        cipher = Cipher(key)
    except ValueError as error:
        yield Finding(False, f"key: {error}", "minqing key prints a good one")
        return
    yield Finding(True, "key: MINQING_KEY is set")
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        yield Finding(False, f"database: there is none at {url.database}", "minqing db upgrade")
        return
    try:
        database = Database(settings.storage, cipher)
    except BadConfig as error:
        yield Finding(False, f"database: {error}")
        return
    try:
        with database.engine.connect() as connection:
            revision = migrate.current(connection)
        if revision != migrate.head():
            yield Finding(False, f"database: {shown} is at {revision or 'nothing'}", "minqing db upgrade")
            return
        began = time.perf_counter()
        database.write(lambda store: store.channel_state.set("minqing", "checked", datetime.now(UTC).isoformat()))
        yield Finding(
            True, f"database: {shown} at {revision}, a commit takes {(time.perf_counter() - began) * 1000:.1f} ms"
        )
        yield from _queues(database)
        yield from _staff(database)
    except SQLAlchemyError as error:
        yield Finding(False, f"database: {shown}: {error.__cause__ or error}", "see that it runs and may be reached")
    finally:
        database.close()


def _staff(database: Database) -> Iterator[Finding]:
    if not database.read(lambda store: store.people.posts_in((Role.SECRETARY, Role.DISTRICT_ADMIN))):
        yield Finding(
            True,
            "staff: there is no secretary and no district admin, and only they can bind a group",
            "bring in areas and staff: minqing import district.xlsx --template, then fill it in and import it",
        )


def _queues(database: Database) -> Iterator[Finding]:
    try:
        database.read(lambda store: store.channel_state.get("minqing", "key", datetime.now(UTC)))
    except WrongKey:
        yield Finding(False, "key: not the one that this database was sealed with", "find the right MINQING_KEY")
        return
    inbox, outbox = database.read(lambda store: (store.inbox.unfinished(), store.outbox.unfinished()))
    failed = inbox.get("failed", 0)
    yield Finding(
        not failed,
        f"inbox: {inbox.get('new', 0)} waiting, {failed} failed",
        "minqing inbox list, then retry" if failed else "",
    )
    stuck = outbox.get("failed", 0) + outbox.get("unknown", 0)
    yield Finding(
        not stuck,
        f"outbox: {outbox.get('queued', 0)} waiting, {stuck} not delivered",
        "minqing outbox list, then retry or drop" if stuck else "",
    )


def _channels(settings: Settings) -> Iterator[Finding]:
    secrets = configuration.secrets()
    faults = list(contradictions(settings, secrets))
    for door in open_doors(settings):
        mine = [what for one, what in faults if one is door]
        yield from (Finding(False, f"channels: {what}") for what in mine)
        if not mine:
            yield Finding(True, f"channels: {door.title} is on{door.remark(settings)}")
            if (able := surfaces().get(door.name)) is not None:
                yield Finding(True, f"channels: {door.title}: {in_words(able)}")
            yield from _asked(door, settings, secrets)
    yield from examined(settings, secrets)
    if not settings.ring.url:
        yield Finding(
            True,
            "ring: no gateway is set; where the emergency ladder should ring a telephone, a chat message goes out",
            "set [ring] url in config.toml to that of a gateway for calls or SMS: chat wakes nobody at night",
        )
    if all(door.name == RING for door in open_doors(settings)):
        titles = ", ".join(door.title for door in DOORS if door.name != RING)
        yield Finding(False, "channels: none is on", f"set on = true for one of them in config.toml: {titles}")


def _asked(door: Door, settings: Settings, secrets: Secrets) -> Iterator[Finding]:
    """What the platform itself says, where there is a database for its tokens."""
    url = make_url(settings.storage.url)
    if door.examine is None or secrets.key is None:
        return
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return
    try:
        database = Database(settings.storage, Cipher(secrets.key))
    except ValueError:
        return
    try:
        yield from door.examine(Wiring(database, settings, secrets, lambda: datetime.now(UTC)))
    except (SQLAlchemyError, WrongKey) as error:
        yield Finding(False, f"channels: {door.title} could not be examined ({type(error).__name__})")
    finally:
        database.close()
