"""What cannot be done at the command line is told in a line, not by a traceback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from typer.testing import CliRunner

from bot.cli import app, main
from bot.importing.writing import write_template
from domain.messages import Raw
from domain.running import StorageSettings
from storage.cipher import Cipher, new_key
from storage.database import Database
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


@pytest.mark.parametrize("words", [("inbox", "retry"), ("outbox", "retry"), ("outbox", "drop")])
def test_a_number_that_no_row_has(minqing: Minqing, words: tuple[str, ...]) -> None:
    assert "the others are not there" in minqing(*words, "99")


@ON_SQLITE
def test_what_went_wrong_is_listed_as_it_was_said(minqing: Minqing, key: str, empty_url: str) -> None:
    """Brackets and all."""
    database = Database(StorageSettings(url=empty_url), Cipher(key))
    now = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
    database.write(lambda store: store.inbox.receive([Raw("wecom", "1", "g", b"{}", now)]))
    database.write(lambda store: store.inbox.failed(1, now, "ab12", "no [/end] of [SQL: x]"))
    database.close()
    environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url, "COLUMNS": "200"}
    assert "no [/end] of [SQL: x]" in CliRunner().invoke(app, ["inbox", "list"], env=environment).output


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


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("ocr",), "[attachments] photos"),
        (("import",), "[office] language"),
        (("export",), "[office] language"),
        (("db", "backup"), "[storage] backup_dir"),
        (("wechat", "menu"), "[[official_account.menu]]"),
    ],
)
def test_help_names_settings_with_their_brackets(words: tuple[str, ...], named: str) -> None:
    assert named in CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "160"}).output


def test_a_port_that_there_is_not() -> None:
    done = CliRunner().invoke(app, ["demo", "--port", "99999"])
    assert done.exit_code == 2 and "--port" in done.stderr, done.exception


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        # In a process of its own: it sets up the log, which would be a runner's that is gone for the tests after it.
        command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1 and f"127.0.0.1:{port}" in done.stderr and "another --port" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"MINQING_KEY": new_key()}, "not the key"),
        ({"MINQING_KEY": "short"}, "MINQING_KEY"),
        ({"MINQING_KEY": ""}, "MINQING_KEY is not set"),
        ({"MINQING_STORAGE__URL": "sqlite:////nowhere/at/all.db"}, "there is no database"),
        ({"MINQING_PLAYGROUND__ON": "false"}, "no channel is on"),
        ({"MINQING_TELEGRAM__ON": "true", "MINQING_PLAYGROUND__VIRTUAL_CLOCK": "false"}, "MINQING_TELEGRAM_TOKEN"),
        ({"MINQING_WEB__PORT": "taken"}, "cannot serve on 127.0.0.1"),
    ],
)
@ON_SQLITE
def test_what_does_not_mend_itself_is_not_tried_again_by_systemd(
    minqing: Minqing, key: str, empty_url: str, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], told: str
) -> None:
    """RestartPreventExitStatus=2 in docs/OPERATIONS.md."""
    # It would log to a runner's that is gone for the tests after it.
    monkeypatch.setattr("bot.console.run.set_up_logging", lambda settings: None)
    database = Database(StorageSettings(url=empty_url), Cipher(key))
    database.write(lambda store: store.channel_state.set("minqing", "key", "sealed with this key"))
    database.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url, **wrong}
        if "MINQING_WEB__PORT" in wrong:
            environment["MINQING_WEB__PORT"] = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["run"], env=environment)
    assert done.exit_code == 2 and told in done.stderr, (done.stderr, done.exception)
    assert done.stderr.count("\n") == 1


def test_a_database_that_is_not_upgraded_is_not_tried_again(
    key: str, empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.console.run.set_up_logging", lambda settings: None)
    (tmp_path / "empty.db").touch()
    done = CliRunner().invoke(app, ["run"], env={"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url})
    assert done.exit_code == 2 and "minqing db upgrade" in done.stderr, (done.stderr, done.exception)


def test_a_server_that_is_down_is_told_in_a_line_and_tried_again(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.console.run.set_up_logging", lambda settings: None)
    environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": "postgresql://minqing:secret@127.0.0.1:1/minqing"}
    done = CliRunner().invoke(app, ["run"], env=environment)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit), done.exception
    assert done.stderr.startswith("minqing: the database postgresql://minqing:***@127.0.0.1:1/minqing")


@ON_SQLITE
def test_a_file_that_is_no_database_is_not_tried_again(
    key: str, empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.console.run.set_up_logging", lambda settings: None)
    (tmp_path / "empty.db").write_bytes(b"a letter, not a database" * 50)
    done = CliRunner().invoke(app, ["run"], env={"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url})
    assert done.exit_code == 2 and "not a database" in done.stderr, (done.stderr, done.exception)
    assert done.stderr.count("\n") == 1


def test_postgresql_without_its_driver(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("storage.engines.find_spec", lambda name: None)
    monkeypatch.setenv("MINQING_KEY", key)
    url = "postgresql://minqing@127.0.0.1:1/minqing"
    monkeypatch.setenv("MINQING_STORAGE__URL", url)
    for words in (["db", "upgrade"], ["inbox", "list"], ["db", "move", url, url], ["check"]):
        monkeypatch.setattr(sys, "argv", ["minqing", *words])
        with pytest.raises(SystemExit):
            main()
        out, err = capsys.readouterr()
        assert 'pip install "minqing[postgresql]"' in out + err


def test_a_folder_that_cannot_be_made(key: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": f"sqlite:///{tmp_path}/file/here/minqing.db"}
    done = CliRunner().invoke(app, ["db", "upgrade"], env=environment)
    assert done.exit_code == 1 and "[storage] url" in done.stderr, done.exception


def test_talk_as_windows_saves_it() -> None:
    line = json.dumps({"id": "1", "tier": "unit", "text": "3幢2单元电梯又坏了"}, ensure_ascii=False)
    done = CliRunner().invoke(app, ["read"], input=f"\ufeff{line}\n".encode())
    assert done.exit_code == 0 and '"report": true' in done.stdout
    done = CliRunner().invoke(app, ["read"], input=line.encode("gbk") + b"\n" + line.encode() + b"\n")
    assert done.exit_code == 2 and done.stderr.startswith("line 1: not UTF-8") and '"report": true' in done.stdout


def test_a_binding_of_nothing() -> None:
    done = CliRunner().invoke(app, ["bind"])
    assert done.exit_code == 2
    assert all(option in done.stderr for option in ("--webhook", "--appchat", "--person"))


def test_an_office_without_staff_is_told_how_it_gets_them(key: str, empty_url: str) -> None:
    environment = {"MINQING_KEY": key, "MINQING_STORAGE__URL": empty_url}
    assert CliRunner().invoke(app, ["db", "upgrade"], env=environment).exit_code == 0
    done = CliRunner().invoke(app, ["check"], env=environment)
    assert done.exit_code == 0 and "minqing import" in done.stdout, done.output
    assert "note staff: there is no secretary" in done.stdout and "ok   key" in done.stdout


@ON_SQLITE
def test_how_a_moved_office_is_copied_is_told_by_where_it_lies_now(
    minqing: Minqing, key: str, empty_url: str, tmp_path: Path
) -> None:
    target = f"sqlite:///{tmp_path / 'moved.db'}"
    done = CliRunner().invoke(app, ["db", "move", empty_url, target], env={"MINQING_KEY": key})
    assert done.exit_code == 0, (done.output, done.exception)
    assert "minqing db backup" in done.stdout and "pg_dump" not in done.stdout
