"""The docs are true: what they name exists, links lead somewhere, CI runs what README says; the lock is whole."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.people import Role
from domain.reading import CATEGORIES, NATURES, TIERS
from domain.tickets import STATUSES
from handlers.command import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# Kinds of file that people write.
WRITTEN = {".py", ".md", ".toml", ".sh", ".yaml", ".lock", ""}
READMES = ("README.md", "README.zh-CN.md")
MANUALS = ("docs/MANUAL.md", "docs/MANUAL.zh-CN.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", DOCS, ids=name_of)
def test_links_and_pictures_lead_somewhere(file: Path) -> None:
    text = re.sub(r"^```.*?^```", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    ours = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in ours if not (file.parent / target).exists()] == []


@pytest.mark.parametrize("file", DOCS, ids=name_of)
def test_make_targets_named_in_the_docs_exist(file: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), flags=re.MULTILINE))
    text = file.read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)", text))
    for block in blocks(text):
        named |= set(re.findall(r"^make ([a-z]+)", block, flags=re.MULTILINE))
    assert named - targets == set()


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = (blocks(read(name)) for name in READMES)
    assert english and [strip(block) for block in english] == [strip(block) for block in chinese]


def strip(block: str) -> str:
    """A block without its remarks, which each README makes in its own language."""
    return "\n".join(re.sub(r"\s+#.*$", "", line) for line in block.splitlines())


def test_both_manuals_stand_beside_each_other() -> None:
    """Who changes one changes the other: headings and rows in the same order, the same commands and links."""
    english, chinese = (read(name) for name in MANUALS)
    assert outline(english) and outline(english) == outline(chinese)
    assert set(re.findall(r"`([^`\n]+)`", english)) == set(re.findall(r"`([^`\n]+)`", chinese))
    assert targets_beside(english) == targets_beside(chinese)


def outline(text: str) -> list[str]:
    """Its headings by level and its table rows, in order: "##", "|", "|"; what they say is left out."""
    return re.findall(r"^(#+(?= )|\|)", text, flags=re.MULTILINE)


def targets_beside(text: str) -> set[str]:
    """Where its links lead, but for the one to the other manual."""
    return {target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not target.startswith("MANUAL")}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = [line for line in read(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert script == ["make test"]
    for name in READMES:
        assert any("make test" in strip(block).splitlines() for block in blocks(read(name))), name


def test_glossary_has_each_word_once_and_every_word_that_is_stored_or_said() -> None:
    rows = re.findall(r"^\| *([^|]+?) *\| *`([^|]+)` *\| *([^|]+?) *\|$", read("docs/GLOSSARY.md"), flags=re.MULTILINE)
    chinese, english = [row[0] for row in rows], [name for row in rows for name in row[1].split("`, `")]
    assert len(chinese) == len(set(chinese)) and len(english) == len(set(english))
    stored = {*CATEGORIES, *TIERS, *STATUSES, *(role.value for role in Role)}
    assert stored - set(english) == set()
    assert set(NATURES) - set(chinese) == set()
    assert {command.name for command in COMMANDS.values()} - set(chinese) == set()


def test_lock_pins_everything_with_hashes_and_names_no_index() -> None:
    lock = read("requirements.lock")
    pinned = re.findall(r"^([a-z0-9._-]+)==\S+(.*(?:\n +.*)*)", lock, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[^#\s]", lock, flags=re.MULTILINE))
    assert [name for name, rest in pinned if "--hash=sha256:" not in rest] == []
    assert not re.search(r"https?:|index-url|find-links|file:", lock)
    assert set(wanted(project())) - {name for name, _ in pinned} == set(), "run: make lock"


def test_what_the_bot_runs_on_stands_above_the_tools() -> None:
    above, below = read("requirements.lock").split("# ====", 1)
    runtime = [bare(one) for one in project()["project"]["dependencies"]]
    assert [name for name in runtime if f"\n{name}==" not in above] == []
    assert "\npytest==" in below and "\npytest==" not in above


def wanted(settings: dict[str, Any]) -> list[str]:
    groups = [*settings["project"]["optional-dependencies"].values(), *settings["dependency-groups"].values()]
    return [bare(one) for group in [settings["project"]["dependencies"], *groups] for one in group]


def bare(requirement: str) -> str:
    """The distribution's name without extras and versions."""
    return re.split(r"[\[<>=!~ ;]", requirement)[0].lower()


def test_no_registry_address_and_no_path_of_one_machine_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    names = [name for name in listed.stdout.decode().split("\0") if name] or [name_of(file) for file in DOCS]
    # Written in two parts, so that this file does not find itself.
    telling = re.compile("--(extra-)?" + "index-url|" + "registry\\." + "npm" + "js|" + re.escape(f"{ROOT}/"))
    kept = [ROOT / name for name in names if (ROOT / name).suffix in WRITTEN and (ROOT / name).is_file()]
    assert [name_of(file) for file in kept if telling.search(file.read_text("utf-8", "ignore"))] == []
