"""What cannot be done at the command line is told in a line, not by a traceback."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from typer.testing import CliRunner

from bot.cli import app
from bot.importing.writing import write_template
from domain.running import StorageSettings
from storage.engines import open_engines

Minqing = Callable[..., str]
ON_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)


@pytest.fixture
def minqing(key: str, empty_url: str) -> Minqing:
    """At a database of this program's schema; gives what is said of a failure."""
    environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url}

    def failing(*words: str) -> str:
        done = CliRunner().invoke(app, list(words), env=environment)
        assert done.exit_code in (1, 2) and isinstance(done.exception, SystemExit), (done.output, done.exception)
        return done.stderr

    assert CliRunner().invoke(app, ["db", "upgrade"], env=environment).exit_code == 0
    return failing


def test_a_database_of_a_newer_program(minqing: Minqing, empty_url: str) -> None:
    writing, reading = open_engines(StorageSettings(url=empty_url))
    with writing.begin() as connection:
        connection.execute(sa.update(sa.table("alembic_version", sa.column("version_num"))).values(version_num="9999"))
    writing.dispose()
    reading.dispose()
    assert "of a newer minqing" in minqing("db", "upgrade")


@pytest.mark.parametrize("words", [("inbox", "retry"), ("outbox", "retry"), ("outbox", "drop")])
def test_a_number_that_no_row_can_have(minqing: Minqing, words: tuple[str, ...]) -> None:
    assert "Invalid value" in minqing(*words, str(2**63))


@ON_SQLITE
def test_a_folder_that_cannot_be_written(minqing: Minqing, tmp_path: Path) -> None:
    none = tmp_path / "file"
    none.write_bytes(b"")
    assert "cannot be written" in minqing("export", str(none / "out.xlsx"))
    assert "cannot be written" in minqing("import", "--template", str(none / "out.xlsx"))
    assert "no copy was made" in minqing("db", "backup", str(none))


@ON_SQLITE
def test_a_workbook_that_cannot_be_read(minqing: Minqing, tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("图")
    book.save(tmp_path / "chart.xlsx")
    assert "only a chart" in minqing("import", str(tmp_path / "chart.xlsx"))
    write_template(tmp_path / "template.xlsx", english=False)
    with (
        zipfile.ZipFile(tmp_path / "template.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "damaged.xlsx", "w") as damaged,
    ):
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name).replace(b"ContentType=", b"ContentTBpe="))
    assert "is damaged" in minqing("import", str(tmp_path / "damaged.xlsx"))
