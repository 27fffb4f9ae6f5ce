"""The tree keeps its shape: short files with one subject, named in the docs; commands that help, are tested and in the
manual. What may import what is for import-linter (make check)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from handlers.command import COMMANDS
from handlers.texts import say

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "cockpit", "handlers", "nlu", "domain", "storage")
# Beside the rooms these hold Python too; benchmarks and tools are not in the wheel.
BESIDE = ("benchmarks", "tools")
MIGRATIONS = ROOT / "storage" / "migrations" / "versions"
MANUALS = ("MANUAL.md", "MANUAL.zh-CN.md")
LIMIT = 300
NAMELESS = {"utils", "util", "manager", "managers", "helpers", "helper", "base", "common", "misc"}
# Run by path, a file of this name would shadow the library that it uses.
SHADOWS = {"telegram", "aiogram", "wechatpy", "fastapi", "nicegui", "sqlalchemy", "alembic", "structlog", "typer"}


def python_files(*folders: str) -> list[Path]:
    found = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in found if "__pycache__" not in file.parts]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


CODE = python_files(*ROOMS, *BESIDE)
SUBJECTS = [file for file in CODE if MIGRATIONS not in file.parents]


def test_every_room_is_there() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in CODE} >= set(ROOMS)


@pytest.mark.parametrize("file", SUBJECTS, ids=name_of)
def test_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LIMIT, f"{name_of(file)} has more than one subject, or should be shorter"
    purpose = ast.get_docstring(ast.parse(text))
    assert purpose, f"{name_of(file)} does not say what it is for"
    lines = [line for line in purpose.splitlines() if line.strip()]
    assert len(lines) <= 3, f"{name_of(file)} needs {len(lines)} lines to say what it is for; three are enough"


def test_modules_are_named_after_their_subject() -> None:
    stems = {name_of(file): file.stem for file in [*CODE, *python_files("tests")]}
    assert [name for name, stem in stems.items() if stem in NAMELESS] == []
    assert [name for name, stem in stems.items() if stem in SHADOWS] == []


def test_architecture_names_every_file_and_no_other() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^- `([^`]+)`(.*)$", text, flags=re.MULTILINE)
    named = [name for name, _ in rows if name.startswith(tuple(f"{folder}/" for folder in (*ROOMS, *BESIDE)))]
    is_there = {name_of(file) for file in CODE if file.name != "__init__.py" and MIGRATIONS not in file.parents}
    # A folder's line speaks for its __init__.py, that of the migrations for all of them.
    is_there |= {name_of(file.parent) + "/" for file in CODE if file.name == "__init__.py"}
    files_named = {name for name in named if name.endswith((".py", "/"))}
    assert sorted(is_there - files_named) == [], "not in docs/ARCHITECTURE.md"
    assert [name for name in named if not (ROOT / name).exists()] == [], "in docs/ARCHITECTURE.md, but not there"
    assert len(named) == len(set(named)), "named twice in docs/ARCHITECTURE.md"
    assert [name for name, says in rows if len(says.strip(" —-:")) < 8] == [], "says nothing about it"


def commands() -> list[str]:
    """Each command once: the registry knows it by its Latin name and aliases too."""
    return sorted({command.name for command in COMMANDS.values()})


def test_there_are_the_commands_that_people_are_told_of() -> None:
    told = "接单 办结 转办 上报 备注 评价 重办 撤回 我的 今日 日记 走访 代报 帮助"
    assert [name for name in told.split() if name not in COMMANDS] == []


@pytest.mark.parametrize("name", commands())
def test_command_has_help_and_a_test(name: str) -> None:
    command = COMMANDS[name]
    assert COMMANDS[command.latin] is command, "also known by its Latin name"
    zh, en = say(command.help, "zh-CN"), say(command.help, "en")
    assert zh.strip() and en.strip() and zh != en
    assert re.search(r"[\u4e00-\u9fff]", zh) and re.search(r"[A-Za-z]{3}", en)
    shape = Path(__file__).resolve()
    tests = [file.read_text(encoding="utf-8") for file in python_files("tests") if file.resolve() != shape]
    wanted = re.compile(rf"{re.escape(name)}|/{re.escape(command.latin)}\b")
    assert any(wanted.search(text) for text in tests), f"no test speaks of {name}"


@pytest.mark.parametrize("manual", MANUALS)
@pytest.mark.parametrize("name", commands())
def test_command_has_a_line_in_the_manual(name: str, manual: str) -> None:
    latin = COMMANDS[name].latin
    text = (ROOT / "docs" / manual).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if name in line and latin in line]
    assert lines, f"docs/{manual} has no line with {name} and {latin}"


def test_an_environment_is_left_out_where_a_link_stands_for_it_too() -> None:
    assert {".venv", ".peers"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
