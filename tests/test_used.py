"""Nothing lies about: every text is said somewhere, and every setting in config.toml is read by something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.reading import CATEGORIES
from domain.settings import Settings
from handlers.texts import DEFAULT, TABLES

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "cockpit", "handlers", "nlu", "domain", "storage")
TEXTS = ROOT / "handlers" / "texts"


@cache
def nodes() -> tuple[ast.AST, ...]:
    """Every node of our code but the texts themselves, and but what a dataclass asks of its own fields."""
    found: list[ast.AST] = []
    for file in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        if file.parent in (TEXTS / "zh_cn", TEXTS / "en"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        checks = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name == "__post_init__"
            for inner in ast.walk(node)
        }
        found += [node for node in ast.walk(tree) if id(node) not in checks]
    return tuple(found)


def pattern(node: ast.JoinedStr) -> str:
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values]
    return "".join(parts)


def test_every_text_is_said_somewhere() -> None:
    """By its whole key, by an f-string that makes keys of its form, or as the words for one of our codes
    (`say(…, status="done")`)."""
    written = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    made = {pattern(node) for node in nodes() if isinstance(node, ast.JoinedStr)}
    # An f-string that begins with what varies ("{key}.late") is taken only together with an end of its own.
    made = {one for one in made if len(one.replace("[^.]+", "").replace("\\", "")) > 3} - {r"playground\.[^.]+"}
    any_made = re.compile("|".join(sorted(made)))
    worded = {keyword.arg for node in nodes() if isinstance(node, ast.Call) for keyword in node.keywords}

    def said(key: str) -> bool:
        head, _, value = key.partition(".")
        # The page's own words are asked for without their first part (cockpit/playground/words.py).
        ways = {key, key.removeprefix("playground.")}
        return any(way in written or any_made.fullmatch(way) for way in ways) or (head in worded and value in written)

    assert [key for key in TABLES[DEFAULT] if not said(key)] == []


def leaves(settings: Any) -> Iterator[tuple[str, str]]:
    """(class, field) of each key of config.toml."""
    for one in fields(settings):
        value = getattr(settings, one.name)
        first = value[0] if isinstance(value, tuple) and value else value
        yield type(settings).__name__, one.name
        if is_dataclass(first):
            yield from leaves(first)


def test_every_setting_is_read_by_something() -> None:
    read = {node.attr for node in nodes() if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
    # A clock is read by the name of the matter's category (Settings.clock).
    named = {"Clocks": {*CATEGORIES, "suggestion"}}
    unread = [(owner, name) for owner, name in leaves(Settings()) if name not in read | named.get(owner, set())]
    assert unread == []
