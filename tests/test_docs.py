"""The docs are true: what they name exists, links lead somewhere, CI runs what README says; the lock is whole."""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.credentials import SECRETS
from domain.calendar import Span
from domain.clocks import Clocks
from domain.people import Role
from domain.reading import CATEGORIES, NATURES, TIERS
from domain.tickets import STATUSES
from handlers.command import COMMANDS
from tests.test_shape import CODE

ROOT = Path(__file__).resolve().parent.parent
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# Kinds of file that people write.
WRITTEN = {".py", ".md", ".toml", ".sh", ".yaml", ".lock", ""}
READMES = ("README.md", "README.zh-CN.md")
# Each page of which there is a Chinese one, which stands beside it.
PAGES = [file.name.replace(".zh-CN", "") for file in DOCS if file.match("docs/*.zh-CN.md")]
# What the environment may hold besides secrets and settings.
VARIABLES = {*SECRETS, "MINQING_CONFIG", "MINQING_SECTION__KEY", "MINQING_BENCH"}


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
    to = [(file.parent / path, anchor) for path, anchor in links(file)]
    assert [path.name for path, _ in to if not path.exists()] == []
    assert [(path.name, anchor) for path, anchor in to if anchor and anchor not in anchors(path)] == []


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
    """A block without its remarks, which each page makes in its own language."""
    return "\n".join(re.sub(r"(^|\s+)#.*$", "", line) for line in block.splitlines())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_and_the_chinese_one_stand_beside_each_other(page: str) -> None:
    """Who changes one changes the other: headings, rows and items in order, the same commands, figures and links."""
    english, chinese = ROOT / "docs" / page, chinese_of(ROOT / "docs" / page)
    one, other = (file.read_text(encoding="utf-8") for file in (english, chinese))
    assert outline(one) and outline(one) == outline(other)
    assert [strip(block) for block in blocks(one)] == [strip(block) for block in blocks(other)]
    assert spans(one) == spans(other)
    assert figures(one) == figures(other)
    assert f"]({chinese.name})" in one and f"]({english.name})" in other
    assert leads(english) == leads(chinese)


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{page}" for page in PAGES)])
def test_the_chinese_page_leads_to_chinese_pages(page: str) -> None:
    chinese = chinese_of(ROOT / page)
    others = {(chinese.parent / path).resolve() for path, _ in links(chinese)} - {ROOT / page}
    assert [file.name for file in others if file.suffix == ".md" and chinese_of(file).exists()] == []


def chinese_of(file: Path) -> Path:
    return file.with_suffix(".zh-CN.md")


def outline(text: str) -> list[str]:
    """Its headings by level, table rows and items of lists, in order: "##", "|", "-", "1."; not what they say."""
    return re.findall(r"^(#+(?= )|\||-(?= )|\d+\.(?= ))", without_blocks(text), flags=re.MULTILINE)


def spans(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", without_blocks(text)))


def figures(text: str) -> set[str]:
    """Its numbers, but for those in code and in the addresses of links."""
    return set(re.findall(r"\d+(?:[.,:]\d+)*", re.sub(r"`[^`\n]+`|\]\([^)]*\)", "", without_blocks(text))))


def leads(file: Path) -> set[tuple[str, int]]:
    """To which pages its links lead, in either language, and to which of their headings, by its place."""
    to = {(path.replace(".zh-CN", ""), path, anchor) for path, anchor in links(file)}
    found = {(name, anchors(file.parent / path).index(anchor) if anchor else -1) for name, path, anchor in to}
    return found - {(file.name.replace(".zh-CN", ""), -1)}


def links(file: Path) -> set[tuple[str, str]]:
    """Where its links within the repository lead: the file, and the heading there."""
    targets = re.findall(r"\]\(([^)\s]+)\)", without_blocks(file.read_text(encoding="utf-8")))
    ours = [target.partition("#") for target in targets if not re.match(r"[a-z]+:", target)]
    return {(path or file.name, anchor) for path, _, anchor in ours}


def anchors(file: Path) -> list[str]:
    """What the headings of a page are called in links to them."""
    said = re.findall(r"^#+ (.+)$", without_blocks(file.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in said]


def without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("file", DOCS, ids=name_of)
def test_commands_of_the_program_named_in_the_docs_exist(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    code = [*spans(text), *(line for block in blocks(text) for line in strip(block).splitlines())]
    given = [one for part in code for one in re.findall(r"(?<![\w.])minqing ((?:[a-z]|--).*)", part)]
    assert [one for one in given if not is_known(one)] == []


def is_known(given: str) -> bool:
    """Whether there is this command with these options; what follows in a pipe is another one's."""
    words = re.split(r" [|&<>]|[;)]", given)[0].split()
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        if not words:
            return True
        name = words.pop(0)
        if name not in command.commands:
            return False
        command = command.commands[name]
    options = {one for param in command.params for one in (*param.opts, *param.secondary_opts)}
    return {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("file", DOCS, ids=name_of)
def test_settings_and_variables_named_in_the_docs_exist(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    settings = tomllib.loads(read("config.toml"))
    named = {(section, key) for section, key in re.findall(r"`\[([a-z_.]+)\] ([a-z_]+)`", text)}
    variables = set(re.findall(r"\bMINQING_[A-Z_]*[A-Z]\b", text)) - VARIABLES
    named |= {(section.lower(), key.lower()) for section, key in re.findall(r"MINQING_([A-Z]+)__([A-Z_]+)\b", text)}
    assert [one for one in named if one[0] != "section" and not is_there(settings, *one)] == []
    assert [one for one in variables if "__" not in one] == []


def is_there(settings: Any, section: str, key: str) -> bool:
    for part in section.split("."):
        settings = settings.get(part, {})
        settings = settings[0] if isinstance(settings, list) else settings
    return key in settings


def test_pages_and_sections_named_in_the_code_exist() -> None:
    """A comment may lead to a page of ours, by its name alone or with its folder, and to a section of it."""
    named = {
        (name_of(file), *found)
        for file in CODE
        for found in re.findall(r"\b((?:docs/)?[A-Z]{4,}\.md|docs/decisions/\d{4})(?: (§\d))?", file.read_text("utf-8"))
    }
    decisions = {name_of(file)[: len("docs/decisions/0001")] for file in (ROOT / "docs" / "decisions").glob("*.md")}
    pages = {file.name: file.read_text("utf-8") for file in DOCS}
    assert any(page == "SERVICE.md" and section for _, page, section in named)
    for where, page, section in named:
        text = pages.get(page.removeprefix("docs/"))
        assert page in decisions or (text is not None and f"\n## {section}" in text), (where, page, section)


def test_the_table_of_clocks_has_the_defaults() -> None:
    rows = re.findall(r"^\| ([a-z_]+) \| (.+) \| (.+) \| (.+) \|$", read("docs/SERVICE.md"), flags=re.MULTILINE)
    clocks = {one.name: getattr(Clocks(), one.name) for one in fields(Clocks)}

    def spans_of(cell: str) -> tuple[Span | None, ...]:
        parts = re.sub(r"\(.*?\)", "", cell).split("/")
        return tuple(None if part.strip() == "–" else Span.parse(part.strip()) for part in parts)

    assert {name: tuple(map(spans_of, cells)) for name, *cells in rows} == {
        name: (clock.first, clock.step, clock.solve) for name, clock in clocks.items()
    }


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
