"""`minqing init`: a few questions, and a commented config.toml with which the program runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from bot import config as configuration
from bot.cli import app
from bot.console.init import OFFERED
from bot.doors import open_doors
from domain.settings import Settings
from tests.importing.bureau import Bureau, no_minqing_variables

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in no_minqing_variables():
        monkeypatch.delenv(name)


def init(file: Path, *words: str, given: str | None = None, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["init", "--file", str(file), *words], input=given)
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def load(file: Path) -> Settings:
    return configuration.load(file, {})


def test_without_a_question_it_is_the_default(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    init(file, "--yes")
    assert load(file) == Settings()
    assert file.read_text(encoding="utf-8") == configuration.default_text()


def test_answers_go_into_the_file_and_every_comment_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    told = init(file, given='星光"社区"\nfr\nen\nMars/Base\nEurope/Berlin\ndata/star.db\nn\nn\n\n')
    settings = load(file)
    assert (settings.office.name, settings.office.language) == ('星光"社区"', "en")
    assert (settings.office.timezone, settings.storage.url) == ("Europe/Berlin", "sqlite:///data/star.db")
    assert not settings.playground.on
    assert "language 'fr': zh-CN or en" in told and "time zone 'Mars/Base' is not known" in told
    before, after = configuration.default_text().splitlines(), file.read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    changed = [line for line, was in zip(after, before, strict=True) if line != was]
    assert len(changed) == 5 and not any(line.startswith("#") for line in changed)


def test_the_doors_of_tencent_are_offered_and_what_each_needs_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    told = init(file, given="\n\n\n\n\nn\nwecom_qq\nwecom_app, wecom_aibot official_account\n")
    settings = load(file)
    assert settings.wecom.app.on and settings.wecom.aibot.on and settings.official_account.on
    assert not settings.wecom.report.on and not settings.playground.virtual_clock
    assert "door 'wecom_qq'" in told
    for needed in (
        "[wecom] corp_id",
        "MINQING_WECOM_APP_TOKEN",
        "MINQING_WECOM_AIBOT_AES_KEY",
        "MINQING_WECHAT_SECRET",
    ):
        assert needed in told
    assert "MINQING_WECOM_REPORT_SECRET" not in told


def test_every_door_that_is_offered_can_be_switched_on(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    init(file, "--yes", "--doors", " ".join(OFFERED))
    assert {door.name for door in open_doors(load(file))} >= set(OFFERED)
    init(tmp_path / "other.toml", "--yes", "--doors", "wechat_group", code=2)


def test_next_steps_are_told_and_lead_to_a_running_office(tmp_path: Path) -> None:
    told = init(tmp_path / "config.toml", "--yes")
    steps = [line.strip() for line in told.splitlines() if line.strip().startswith(("export", "minqing"))]
    assert steps[0] == 'export MINQING_KEY="$(minqing key)"'
    assert [step.split()[1] for step in steps[1:]] == ["db", "import", "import", "import", "check", "run"]


def test_telegram_stops_the_clock_that_can_be_moved(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    told = init(file, "--yes", "--telegram")
    settings = load(file)
    assert settings.telegram.on and not settings.playground.virtual_clock
    assert "MINQING_TELEGRAM_TOKEN" in told


def test_postgresql_gets_its_driver_and_no_password(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    told = init(file, "--yes", "--database", "postgresql://minqing@localhost/minqing")
    assert load(file).storage.url == "postgresql+psycopg://minqing@localhost/minqing"
    assert "MINQING_STORAGE__URL" in told
    again = init(tmp_path / "other.toml", "--yes", "--database", "postgresql://me:secret@localhost/x", code=2)
    assert "a password does not belong in a file" in again and "secret" not in again
    assert not (tmp_path / "other.toml").exists()


@pytest.mark.parametrize(
    "words",
    [("--language", "fr"), ("--timezone", "Mars/Base"), ("--database", "mysql://a/b"), ("--office", " ")],
)
def test_an_option_that_will_not_do_ends_it(tmp_path: Path, words: tuple[str, str]) -> None:
    init(tmp_path / "config.toml", "--yes", *words, code=2)
    assert not (tmp_path / "config.toml").exists()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("# mine\n", encoding="utf-8")
    assert "is there already" in init(file, "--yes", code=1)
    assert file.read_text(encoding="utf-8") == "# mine\n"
    init(file, "--yes", "--force")
    assert load(file) == Settings()


_NO_PLAYGROUND = {
    "MINQING_PLAYGROUND__ON": "false",
    "MINQING_TELEGRAM__ON": "true",
    "MINQING_TELEGRAM__API": "http://127.0.0.1:9",
    "MINQING_TELEGRAM_TOKEN": "4242:fake-token-for-tests",
}


@pytest.mark.parametrize(("doors", "page"), [({}, "/"), (_NO_PLAYGROUND, "/healthz")])
def test_the_office_starts_with_it(bureau: Bureau, doors: dict[str, str], page: str) -> None:
    assert bureau.run("check").stdout.splitlines()[-1] == "all in order"
    office = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=bureau.folder,
        env={**os.environ, **bureau.env, **doors, "MINQING_WEB__PORT": "0", "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert office.stderr is not None
        told = next(line for line in office.stderr if line.startswith("minqing: "))
        assert told.startswith("minqing: http://127.0.0.1:") and urlsplit(told.split()[1]).path == page
    finally:
        office.terminate()
        office.communicate(timeout=30)
