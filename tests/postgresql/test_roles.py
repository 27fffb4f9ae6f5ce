"""`minqing run --roles`: some of the work in this process, the rest in others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.running import StorageSettings
from storage import migrate
from storage.cipher import Cipher
from storage.database import Database
from tests.server import Server

ROOT = Path(__file__).parents[2]


def test_a_process_without_pages_works_until_it_is_stopped(
    server: Server, key: str, cipher: Cipher, tmp_path: Path
) -> None:
    with server.fresh() as url:
        database = Database(StorageSettings(url=url), cipher)
        migrate.upgrade(database)
        database.close()
        environment = {**os.environ, "MINQING_KEY": key, "MINQING_STORAGE__URL": url, "PYTHONPATH": str(ROOT)}
        child = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--roles", "intake,clock,sender"],
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stderr is not None
            told = next((line for line in child.stderr if "at work" in line), "")
            assert told.strip() == "minqing: at work (intake, clock, sender)"
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=30) == 0
        finally:
            child.kill()
            child.communicate()


@pytest.mark.parametrize(
    ("roles", "why"), [("intake,cook", "there is no role 'cook'"), ("sender", "several processes need PostgreSQL")]
)
def test_what_cannot_be_is_said(
    roles: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINQING_KEY", key)
    refused = CliRunner().invoke(app, ["run", "--roles", roles])
    assert refused.exit_code == 2 and why in refused.output
