"""The built wheel works by itself: in an empty environment outside the repository, from a folder of somebody else's."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Installed:
    """The environment, an empty folder to stand in, and variables that know nothing of the repository."""

    bin: Path
    cwd: Path
    env: Mapping[str, str]

    def run(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=self.cwd,
            env=self.env,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--target", "sdist", "--directory"]
    subprocess.run([*build, str(out)], cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("elsewhere")
    where = home / "env"
    venv.create(where, with_pip=False, symlinks=True)
    bin_folder = where / "bin"
    new_python = str(bin_folder / "python")
    (wheel,) = built.glob("*.whl")
    install = [sys.executable, "-m", "pip", "--python", new_python, "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], cwd=home, check=True, capture_output=True)
    # The parts that minqing runs on are lent by the environment of the tests. The .pth files in there are not
    # read on this way, so the editable install of the repository stays behind.
    site = Path(sysconfig.get_path("purelib", vars={"base": str(where), "platbase": str(where)}))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MINQING", "VIRTUAL"))}
    cwd = home / "somewhere"
    cwd.mkdir()
    env = {**keep, "HOME": str(home), "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    return Installed(bin_folder, cwd, env)


def test_the_parts_of_the_lock_agree_with_each_other() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_wheel_carries_what_the_bot_needs_and_no_more(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    rooms = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert rooms == {"bot", "cockpit", "handlers", "nlu", "domain", "storage"}
    assert any(name.startswith("nlu/model/") for name in names)
    assert any(name.startswith("storage/migrations/versions/") for name in names)
    assert [name for name in names if name.startswith("nlu/data/")] == [], "labelled lines are for learning only"
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert any("/nlu/data/messages.jsonl" in name for name in archive.getnames())


def test_it_is_the_wheel_that_runs_not_the_repository(installed: Installed) -> None:
    ask = "import bot, nlu, storage; print(bot.__file__, nlu.__file__, storage.__file__, sep='\\n')"
    files = [Path(line) for line in installed.run("python", "-c", ask).splitlines()]
    assert len(files) == 3
    assert all(installed.bin.parent in file.parents and ROOT not in file.parents for file in files)


def test_installed_minqing_reads_a_message(installed: Installed) -> None:
    line = {"id": "m1", "tier": "unit", "text": "3幢2单元电梯又坏了，老人被困在里面"}
    said = installed.run("minqing", "read", given=json.dumps(line, ensure_ascii=False) + "\n")
    (reading,) = [json.loads(one) for one in said.splitlines()]
    assert reading["id"] == "m1" and reading["report"] is True
    assert reading["category"] == "emergency" and reading["urgency"] == 3
    assert (reading["where"]["building"], reading["where"]["unit"]) == ("3", "2")


def test_installed_minqing_makes_its_database(installed: Installed) -> None:
    key = installed.run("minqing", "key").strip()
    with_key = replace(installed, env={**installed.env, "MINQING_KEY": key})
    with_key.run("minqing", "db", "upgrade")
    made = [file for file in installed.cwd.parent.rglob("*") if file.suffix in {".db", ".sqlite", ".sqlite3"}]
    assert len(made) == 1
    rows = sqlite3.connect(made[0]).execute("SELECT name FROM sqlite_master").fetchall()
    tables = {name for (name,) in rows}
    assert {"alembic_version", "tickets", "inbox", "outbox"} <= tables
