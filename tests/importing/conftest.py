"""A bureau of the test's own with an empty database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.bureau import Bureau, no_minqing_variables


@pytest.fixture
def bureau(
    request: pytest.FixtureRequest, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bureau]:
    """On SQLite; `everywhere` (tests/importing/bureau.py) says that a test is for PostgreSQL too."""
    for name in no_minqing_variables():
        monkeypatch.delenv(name)
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Bureau(tmp_path, key)
    else:
        with request.getfixturevalue("server").fresh() as url:
            yield Bureau(tmp_path, key, url)
