"""What every test may ask for: a key, a real database in a temporary folder, the reader (loaded once)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.settings import Settings, StorageSettings
from nlu.reader import Reader
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.tables import metadata


@pytest.fixture(scope="session")
def key() -> str:
    return new_key()


@pytest.fixture(scope="session")
def cipher(key: str) -> Cipher:
    return Cipher(key)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with a database of the test's own."""
    return replace(Settings(), storage=StorageSettings(url=f"sqlite:///{tmp_path / 'test.db'}"))


@pytest.fixture
def database(settings: Settings, cipher: Cipher) -> Iterator[Database]:
    """A real database with every table, closed afterwards."""
    opened = Database(settings.storage, cipher)
    with opened.engine.begin() as connection:
        metadata.create_all(connection)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()
