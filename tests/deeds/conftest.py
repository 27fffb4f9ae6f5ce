"""The district in which the histories of this folder happen."""

from __future__ import annotations

import pytest

from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from tests.deeds.street import Street


@pytest.fixture
def empty(database: Database, settings: Settings, reader: Reader) -> Street:
    """Before anybody has settled."""
    return Street(database, settings, reader)


@pytest.fixture
def street(empty: Street) -> Street:
    return empty.settle()
