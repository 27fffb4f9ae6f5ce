"""Fills domain/settings.py: defaults, then one config.toml, then the environment, each checked to the last key.

The file is the first found of: --config, MINQING_CONFIG, ./config.toml, the user's configuration folder.
A setting is overridden by MINQING_SECTION__KEY (MINQING_WEB__PORT=0); secrets come from the environment only.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, time
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from rapidfuzz import fuzz, process

from bot.credentials import PREFIX, SECRETS, Secrets
from domain.errors import BadConfig
from domain.settings import Settings

FILE_VARIABLE = "MINQING_CONFIG"
ENVIRONMENT = "environment"
_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@/\s]+@")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _At:
    """Where a value stands: its source and its dotted key."""

    source: str
    key: str = ""

    def down(self, name: str) -> _At:
        return _At(self.source, f"{self.key}.{name}" if self.key else name)

    def item(self, index: int) -> _At:
        return _At(self.source, f"{self.key}[{index}]")

    def bad(self, what: str, allowed: tuple[str, ...] | str = ()) -> BadConfig:
        name = self.key
        if self.source == ENVIRONMENT:
            name = PREFIX + name.upper().replace(".", "__")
        return BadConfig(self.source, name, what, allowed)


def find(explicit: Path | None, environ: Mapping[str, str], folder: Path | None = None) -> Path | None:
    """The file to read, None where there is none. One that was asked for by name must exist."""
    named = str(explicit) if explicit is not None else environ.get(FILE_VARIABLE, "")
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise BadConfig(named, "", "there is no such file", "a path to a config.toml")
        return path
    home = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".config")
    places = ((folder or Path.cwd()) / "config.toml", Path(home) / "minqing" / "config.toml")
    return next((path for path in places if path.is_file()), None)


def load(
    explicit: Path | None = None, environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings in force. Raises BadConfig with file, key, what is wrong and what is allowed."""
    told = os.environ if environ is None else environ
    settings = Settings()
    path = find(explicit, told, folder)
    if path is not None:
        settings = _overlay(settings, _read(path), _At(str(path)))
        if _PASSWORD.search(settings.storage.url):
            where = _At(str(path), "storage.url")
            raise where.bad("a password does not belong in a file", "MINQING_STORAGE__URL in the environment")
    return _from_environment(settings, told)


def read_text(text: str, source: str = "config.toml") -> Settings:
    """The settings that a file with this text gives, over the defaults."""
    return overlay(Settings(), _parse(text, source), source)


def overlay(base: Settings, data: Mapping[str, Any], source: str) -> Settings:
    """`base` with what the tables in `data` (as TOML gives them) name."""
    return _overlay(base, data, _At(source))


def secrets(environ: Mapping[str, str] | None = None) -> Secrets:
    """Keys and tokens of the environment; empty ones count as none."""
    told = os.environ if environ is None else environ
    return Secrets(**{attribute: told.get(name) or None for name, attribute in SECRETS.items()})


def default_text() -> str:
    """The commented config.toml that comes with the program: beside this file in a wheel, above it in the sources."""
    here = Path(__file__).parent
    inside = here / "config.toml"
    return (inside if inside.is_file() else here.parent / "config.toml").read_text(encoding="utf-8")


def shown(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every setting as dotted key and value, for people to read; a database password is masked."""
    for key, value in _leaves(settings, ""):
        yield key, _PASSWORD.sub(r"\1:***@", str(value))


def _read(path: Path) -> dict[str, Any]:
    try:
        return _parse(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise BadConfig(str(path), "", f"not UTF-8 ({error.reason})", "a UTF-8 text file") from error
    except OSError as error:
        raise BadConfig(str(path), "", f"cannot be read ({error.strerror})", "a readable file") from error


def _parse(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(source, "", f"not TOML: {error}", "key = value under [section]") from error


def _from_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    told: dict[str, Any] = {}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in SECRETS or name == FILE_VARIABLE:
            continue
        if "__" not in name:
            # Other tools may have variables of their own under our prefix; a mistyped secret must not pass silently.
            close = process.extractOne(name, [*SECRETS, FILE_VARIABLE], scorer=fuzz.ratio, score_cutoff=88)
            if close is not None:
                raise BadConfig(ENVIRONMENT, name, f"unknown; did you mean {close[0]}?", (*SECRETS, FILE_VARIABLE))
            continue
        table, parts = told, name.removeprefix(PREFIX).lower().split("__")
        for part in parts[:-1]:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                raise BadConfig(ENVIRONMENT, name, "is set both as a value and as a table", "one of them")
        table[parts[-1]] = _FromText(environ[name])
    return _overlay(settings, told, _At(ENVIRONMENT))


class _FromText(str):
    """A value of the environment: words for a setting of words, TOML for any other."""

    __slots__ = ()

    def value(self) -> Any:
        try:
            return tomllib.loads(f"value = {self}")["value"]
        except tomllib.TOMLDecodeError:
            return str(self)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _overlay(base: T, data: Mapping[str, Any], at: _At) -> T:
    """`base` (a settings dataclass) with what `data` names; its fields are the keys that are allowed."""
    hints = _hints(cast(Any, type(base)))
    limits = {one.name: one.metadata for one in fields(cast(Any, base))}
    changes: dict[str, Any] = {}
    for key, value in data.items():
        here = at.down(key)
        if key not in limits:
            close = process.extractOne(key, list(limits), scorer=fuzz.WRatio, score_cutoff=60)
            hint = f"; did you mean {close[0]}?" if close is not None else ""
            raise here.bad(f"unknown key{hint}", tuple(limits))
        changes[key] = _value(hints[key], value, getattr(base, key), limits[key], here)
    try:
        return replace(cast(Any, base), **changes)  # type: ignore[no-any-return]  # the same class
    except ValueError as error:
        what, *allowed = error.args
        raise at.bad(str(what), tuple(map(str, allowed))) from error


def _value(kind: Any, value: Any, base: Any, limits: Mapping[str, Any], at: _At) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(value, _FromText) and kind is not str and not hasattr(kind, "parse") and origin is not Literal:
        value = value.value()
    if origin in (Union, UnionType):
        if value == "":
            return None
        return _value(next(one for one in arguments if one is not NoneType), value, base, limits, at)
    if origin is Literal:
        if value in arguments:
            return arguments[arguments.index(value)]
        close = process.extractOne(str(value), [str(one) for one in arguments], scorer=fuzz.WRatio, score_cutoff=60)
        hint = f"; did you mean {close[0]}?" if close is not None else ""
        raise at.bad(f"{value!r} is not known{hint}", tuple(map(str, arguments)))
    if origin is tuple:
        named_by = limits.get("named_by")
        return (
            _items(arguments, value, limits, at) if named_by is None else _named(arguments, value, base, named_by, at)
        )
    if hasattr(kind, "parse"):
        if not isinstance(value, str):
            raise at.bad(f"{value!r} is not a text", "a text in quotes")
        try:
            return kind.parse(str(value))
        except ValueError as error:
            raise at.bad(f"{str(value)!r} cannot be read", str(error)) from error
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise at.bad(f"{value!r} is not a table", tuple(one.name for one in fields(kind)))
        return _overlay(base if isinstance(base, cast(type, kind)) else _blank(cast(type, kind), value, at), value, at)
    return _plain(kind, value, limits, at)


def _blank(kind: type, value: Mapping[str, Any], at: _At) -> Any:
    missing = [key for key in (one.name for one in fields(kind)) if key not in value]
    try:
        return kind()
    except TypeError as error:
        raise at.bad("incomplete", tuple(missing)) from error


def _items(arguments: tuple[Any, ...], value: Any, limits: Mapping[str, Any], at: _At) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise at.bad(f"{value!r} is not a list", "a list in brackets")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        kinds = (arguments[0],) * len(value)
    elif len(arguments) != len(value):
        raise at.bad(f"has {len(value)} values", f"{len(arguments)} values")
    else:
        kinds = arguments
    return tuple(
        _value(kind, one, None, limits, at.item(i)) for i, (kind, one) in enumerate(zip(kinds, value, strict=True))
    )


def _named(arguments: tuple[Any, ...], value: Any, base: Any, by: str, at: _At) -> tuple[Any, ...]:
    """Tables that one key tells apart: one that is not there, or a key that is left out of it, stays as it is."""
    known = {getattr(one, by): one for one in base}
    if not isinstance(value, list):
        raise at.bad(f"{value!r} is not a list", "a list in brackets")
    for i, one in enumerate(value):
        name = one.get(by) if isinstance(one, dict) else None
        changed = _value(arguments[0], one, known.get(name) if isinstance(name, str) else None, {}, at.item(i))
        known[getattr(changed, by)] = changed
    return tuple(known.values())


def _plain(kind: Any, value: Any, limits: Mapping[str, Any], at: _At) -> Any:
    if kind is time:
        try:
            found = value if isinstance(value, time) else time.fromisoformat(value)
        except (TypeError, ValueError):
            found = None
        if found is None or found.tzinfo is not None:
            raise at.bad(f"{value!r} is not a time of day", '"00:00" to "23:59"')
        return found
    if kind is date:
        try:
            # A moment is a day for Python, too.
            return date.fromisoformat(str(value) if isinstance(value, date) else value)
        except (TypeError, ValueError):
            raise at.bad(f"{value!r} is no day", "2027-01-01") from None
    if kind is bool:
        if not isinstance(value, bool):
            raise at.bad(f"{value!r} is not yes or no", ("true", "false"))
        return value
    if kind is str:
        if not isinstance(value, str):
            raise at.bad(f"{value!r} is not a text", "a text in quotes")
        return str(value)
    low, high = limits.get("low"), limits.get("high")
    allowed = f"{low} to {high}" if low is not None else "a whole number" if kind is int else "a number"
    right = isinstance(value, int) if kind is int else isinstance(value, int | float)
    if isinstance(value, bool) or not right:
        raise at.bad(f"{value!r} is not {'a whole number' if kind is int else 'a number'}", allowed)
    if low is not None and not low <= value <= limits["high"]:
        raise at.bad(f"{value!r} is out of bounds", allowed)
    return kind(value)


def _leaves(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value) and not hasattr(value, "parse"):
        for one in fields(value):
            yield from _leaves(getattr(value, one.name), f"{key}.{one.name}" if key else one.name)
    elif isinstance(value, tuple):
        yield key, "[" + ", ".join(str(one) for one in value) + "]"
    else:
        yield key, value
