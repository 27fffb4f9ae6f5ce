"""The neighbourhood in which the histories of this folder happen."""

from __future__ import annotations

import pytest

from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from tests.commands.neighbourhood import Neighbourhood


@pytest.fixture
def here(database: Database, settings: Settings, reader: Reader) -> Neighbourhood:
    return Neighbourhood(database, settings, reader).settle()
