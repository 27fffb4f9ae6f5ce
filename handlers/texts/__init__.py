"""Everything that we say to people, by key and language: one package a language, one file a subject."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

DEFAULT = "zh-CN"
_PACKAGES = {DEFAULT: "zh_cn", "en": "en"}


def _gather(package: str) -> dict[str, str]:
    found: dict[str, str] = {}
    root = import_module(f"{__name__}.{package}")
    for module in iter_modules(root.__path__):
        texts: dict[str, str] = import_module(f"{root.__name__}.{module.name}").TEXTS
        if twice := found.keys() & texts.keys():
            raise ValueError(f"texts written twice in {package}: {', '.join(sorted(twice))}")
        found |= texts
    return found


TABLES: dict[str, dict[str, str]] = {language: _gather(package) for language, package in _PACKAGES.items()}
# What the key of a text begins with: a parameter of another name is no code of ours.
_CODED = frozenset(key.partition(".")[0] for key in TABLES[DEFAULT])
# Texts with nothing to fill in.
_PLAIN = {
    language: {key: text for key, text in texts.items() if "{" not in text and "}" not in text}
    for language, texts in TABLES.items()
}


def say(key: str, language: str = DEFAULT, **params: object) -> str:
    """The text of that key, filled in. A parameter that is one of our own codes is put into words first:
    status="done" becomes what stands under "status.done". KeyError: no such text, or a parameter is missing."""
    if not params and (plain := _PLAIN.get(language, _PLAIN[DEFAULT]).get(key)) is not None:
        return plain
    texts = TABLES.get(language, TABLES[DEFAULT])
    for name, value in params.items():
        if name in _CODED and isinstance(value, str):
            params[name] = texts.get(f"{name}.{value}", value)
    return texts[key].format(**params)


def listed(words: Iterable[str], language: str = DEFAULT) -> str:
    """甲、乙、丙, as that language sets them side by side."""
    return say("listed.comma", language).join(words)


def has(key: str) -> bool:
    """Whether there is a text of that key."""
    return key in TABLES[DEFAULT]
