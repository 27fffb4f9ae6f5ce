"""What the commands share: the settings in force, the key, an open database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import config as configuration
from domain.settings import Settings
from storage import migrate
from storage.cipher import Cipher
from storage.database import Database
from storage.engines import is_for_operator


def fail(text: str, code: int = 1) -> typer.Exit:
    """One clear line, and the exit code to raise."""
    typer.echo(f"minqing: {text}", err=True)
    return typer.Exit(code)


def settings_of(config: Path | None) -> Settings:
    return configuration.load(config)


def key_of() -> str:
    """The encryption key from the environment; ends with a clear line when there is none."""
    key = configuration.secrets().key
    if key is None:
        raise fail('MINQING_KEY is not set. Make one with: export MINQING_KEY="$(minqing key)" and keep it safe', 2)
    return key


def file_of(settings: Settings, *, ready: bool = True, code: int = 1) -> Path | None:
    """The file that SQLite's database is in; ends with a clear line where it is not there, if it is to be `ready`."""
    url = make_url(settings.storage.url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    path = Path(url.database)
    if ready and not path.exists():
        raise fail(f"there is no database at {path}. Make it with: minqing db upgrade", code)
    return path


def unreachable(settings: Settings, error: SQLAlchemyError) -> typer.Exit:
    """What the database answered, in a line without its password; the code is 2 where trying again mends nothing."""
    shown = make_url(settings.storage.url).render_as_string(hide_password=True)
    # A server with several addresses is told of in as many lines.
    why = "; ".join(str(error.__cause__ or error).split("\n"))
    return fail(f"the database {shown}: {why}", 2 if is_for_operator(error) else 1)


@contextmanager
def database_of(settings: Settings, *, ready: bool = True) -> Iterator[Database]:
    """The database, at this program's schema if `ready`; closed afterwards."""
    path = file_of(settings, ready=ready)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise fail(f"no database can be made at {path}: {error}. Choose another [storage] url") from None
    try:
        cipher = Cipher(key_of())
    except ValueError as error:
        raise fail(str(error), 2) from None
    database = Database(settings.storage, cipher)
    try:
        if ready:
            with database.engine.connect() as connection:
                revision = migrate.current(connection)
            if revision != migrate.head():
                raise fail(
                    f"the database is at {revision or 'nothing'}, this program at {migrate.head()}: minqing db upgrade"
                )
        yield database
    except SQLAlchemyError as error:
        raise unreachable(settings, error) from None
    finally:
        database.close()


def desktop() -> bool:
    """Whether somebody sits before this machine."""
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt"
    ) and not os.environ.get("CI")
