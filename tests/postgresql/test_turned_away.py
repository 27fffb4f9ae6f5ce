"""A server that turns us away will do so until somebody mends it: not a thing for systemd to try again for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from bot.cli import app
from storage.engines import address, is_for_operator
from tests.server import Server

ROLE, WORD = "turned_away", "right-word"


@pytest.fixture
def guarded(server: Server) -> Iterator[str]:
    """The url, without a password, of a database whose server wants one of this role."""
    with server.fresh() as url, server.admin() as connection:
        file = Path(connection.execute(text("SHOW hba_file")).scalar_one())
        before = file.read_text(encoding="utf-8")
        rules = "".join(f"local all {name} scram-sha-256\n" for name in (ROLE, "nobody_here"))
        file.write_text(rules + before, encoding="utf-8")
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{WORD}'"))
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            _until_refused(url)
            yield url
        finally:
            file.write_text(before, encoding="utf-8")
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text(f"DROP ROLE {ROLE}"))


def _until_refused(url: str) -> None:
    """The server looks at its file a moment after it was told to."""
    engine = create_engine(address(url).set(username=ROLE), poolclass=NullPool)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            engine.connect().close()
        except OperationalError:
            return
        time.sleep(0.05)
    raise AssertionError("no password was asked for")


def test_a_wrong_password_ends_with_2_and_one_line(guarded: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """RestartPreventExitStatus=2 in docs/OPERATIONS.md."""
    monkeypatch.setattr("bot.console.run.set_up_logging", lambda settings: None)

    def run(name: str, word: str | None, database: str | None = None) -> str:
        url = make_url(guarded).set(username=name, password=word)
        shown = (url.set(database=database) if database else url).render_as_string(hide_password=False)
        done = CliRunner().invoke(app, ["run"], env={"MINQING_KEY": key, "MINQING_STORAGE__URL": shown})
        assert done.exit_code == 2 and isinstance(done.exception, SystemExit), (done.stderr, done.exception)
        assert done.stderr.startswith("minqing: ") and done.stderr.count("\n") == 1, done.stderr
        return done.stderr

    told = run(ROLE, "wrong-word")
    assert "password authentication failed" in told and "wrong-word" not in told
    assert "no password supplied" in run(ROLE, None)
    assert "password authentication failed" in run("nobody_here", WORD)
    assert "does not exist" in run(ROLE, WORD, "no_such_database")
    assert "minqing db upgrade" in run(ROLE, WORD)


@pytest.mark.parametrize(
    ("said", "by_hand"),
    [
        ('FATAL:  password authentication failed for user "minqing"', True),
        ('致命错误:  用户 "minqing" Password 认证失败', True),
        ('致命错误:  数据库 "minqing" 不存在', True),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "minqing", no encryption', True),
        ("FATAL:  the database system is starting up", False),
        ("FATAL:  sorry, too many clients already", False),
        ("Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?", False),
        ('failed: No such file or directory on socket "/run/postgresql/.s.PGSQL.5432"', False),
        ('could not translate host name "db" to address: Temporary failure in name resolution', False),
        ('FATAL:  LDAP authentication failed for user "minqing"', False),
        ("server closed the connection unexpectedly", False),
    ],
)
def test_what_only_the_operator_can_mend(said: str, by_hand: bool) -> None:
    assert is_for_operator(OperationalError(None, None, Exception(said))) is by_hand
