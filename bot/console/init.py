"""`minqing init`: a few questions, and a commented config.toml that runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot import config as configuration
from bot.console.office import fail
from bot.credentials import Secrets
from bot.doors import DOORS, contradictions
from domain.errors import BadConfig
from domain.settings import Settings

_POSTGRESQL = re.compile(r"^postgres(?:ql)?(?:\+\w+)?://")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


# The doors to WeCom and WeChat, and each one's table in config.toml.
OFFERED = {
    door.name: door.name.replace("wecom_", "wecom.")
    for door in DOORS
    if door.name.startswith(("wecom_", "official_account"))
}


class NotGood(ValueError):
    """An answer that will not do; the text says why, and what would."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen; `telegram` None where this program has no such channel."""

    office: str
    language: str
    timezone: str
    database: str
    playground: bool
    telegram: bool | None
    doors: tuple[str, ...] = ()

    def settings(self) -> dict[str, dict[str, str | bool]]:
        """Section and key, as in config.toml."""
        chosen: dict[str, dict[str, str | bool]] = {
            "office": {"name": self.office, "language": self.language, "timezone": self.timezone},
            "storage": {"url": self.database},
            "playground": {"on": self.playground},
        }
        if self.telegram is not None:
            chosen["telegram"] = {"on": self.telegram}
            if self.telegram:
                # A clock that can be moved on would send real people tomorrow's list today.
                chosen["playground"]["virtual_clock"] = False
        for name in self.doors:
            chosen[OFFERED[name]] = {"on": True}
            chosen["playground"]["virtual_clock"] = False
        return chosen


def init(
    file: Path,
    told: Mapping[str, str | None],
    playground: bool | None,
    telegram: bool | None,
    *,
    yes: bool,
    force: bool,
) -> None:
    """`told` are the options by name; what was not told is asked for, or taken as it is by default with `yes`."""
    if file.exists() and not force:
        raise fail(f"{file} is there already (--force writes over it)")
    has_telegram = any(one.name == "telegram" for one in fields(Settings))
    if telegram and not has_telegram:
        raise fail("this program has no Telegram channel yet", 2)
    default = Settings()
    ask = _Asker(told, yes)
    try:
        answers = Answers(
            office=ask.text("office", "Who speaks, as residents know it", default.office.name, good_name),
            language=ask.text("language", "Language, zh-CN or en", default.office.language, good_language),
            timezone=ask.text("timezone", "Time zone", default.office.timezone, good_timezone),
            database=ask.text(
                "database",
                "Database: a file, or postgresql://user@host/name without password",
                default.storage.url.removeprefix("sqlite:///"),
                good_database,
            ),
            playground=ask.yes("The playground, a page for trying things out", default.playground.on, playground),
            telegram=ask.yes("Telegram", False, telegram) if has_telegram else None,
            doors=tuple(
                ask.text("doors", f"WeCom and WeChat, any of {' '.join(OFFERED)} (or none)", "none", good_doors).split()
            ),
        )
    except NotGood as error:
        raise fail(str(error), 2) from None
    text = changed(configuration.default_text(), answers.settings())
    try:
        settings = configuration.read_text(text, str(file))
    except BadConfig as error:
        raise fail(str(error), 2) from None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    typer.echo(_next_steps(file, answers))
    if answers.doors:
        # As `minqing check` would say it with nothing set; secrets belong in the environment, never in the file.
        wanted = [what for door, what in contradictions(settings, Secrets()) if door.name in answers.doors]
        steps = "\n".join(f"  - {what}" for what in dict.fromkeys(wanted))
        typer.echo(f"For the doors chosen (docs/doors has a page for each, with the steps in the console):\n{steps}")


class _Asker:
    def __init__(self, told: Mapping[str, str | None], silent: bool) -> None:
        self._told, self._silent = told, silent

    def text(self, name: str, question: str, default: str, good: Callable[[str], str]) -> str:
        """Asks again until the answer will do; an option that will not do ends it."""
        said = self._told.get(name)
        if said is not None or self._silent:
            return good(said if said is not None else default)
        while True:
            try:
                return good(typer.prompt(question, default=default))
            except NotGood as error:
                typer.echo(str(error), err=True)

    def yes(self, question: str, default: bool, said: bool | None) -> bool:
        if said is not None:
            return said
        return default if self._silent else typer.confirm(question, default=default)


def good_name(said: str) -> str:
    if not said.strip() or _CONTROL.search(said):
        raise NotGood("the name of the office: a few words, for example 阳光社区")
    return said.strip()


def good_language(said: str) -> str:
    for language in ("zh-CN", "en"):
        if said.strip().casefold() in (language.casefold(), language[:2]):
            return language
    raise NotGood(f"language {said!r}: zh-CN or en")


def good_timezone(said: str) -> str:
    try:
        configuration.read_text(f"[office]\ntimezone = {json.dumps(said.strip())}\n")
    except BadConfig as error:
        raise NotGood(f"time zone {said!r} is not known; an IANA name such as Asia/Shanghai") from error
    return said.strip()


def good_doors(said: str) -> str:
    """Names with blanks or commas between them; "" for none."""
    names = said.replace(",", " ").split()
    if names in ([], ["none"]):
        return ""
    if unknown := [name for name in names if name not in OFFERED]:
        raise NotGood(f"door {unknown[0]!r}: any of {' '.join(OFFERED)}, or none")
    return " ".join(dict.fromkeys(names))


def good_database(said: str) -> str:
    """The url: a bare path is SQLite's, PostgreSQL gets the driver that comes with the program."""
    text = said.strip()
    if not text or _CONTROL.search(text):
        raise NotGood("the database: a file such as var/minqing.db, or postgresql://user@host/name")
    if _POSTGRESQL.match(text):
        text = _POSTGRESQL.sub("postgresql+psycopg://", text)
    elif "://" not in text:
        text = f"sqlite:///{text}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise NotGood(f"the database {said!r} cannot be read as a url") from error
    if url.password is not None:
        raise NotGood("a password does not belong in a file: leave it out here, and set MINQING_STORAGE__URL")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise NotGood(f"the database {said!r}: SQLite or PostgreSQL")
    return text


def changed(text: str, chosen: Mapping[str, Mapping[str, str | bool]]) -> str:
    """The commented file with these values in place; every other line stays as it is."""
    left = {(section, key): value for section, keys in chosen.items() for key, value in keys.items()}
    lines, section = [], ""
    for line in text.splitlines():
        head = re.fullmatch(r"\[([\w.]+)\]\s*", line)
        if head is not None:
            section = head[1]
        name = line.partition("=")[0].strip()
        value = left.pop((section, name), None) if "=" in line and not line.startswith("#") else None
        lines.append(line if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}")
    assert not left, f"config.toml has no {left}"
    return "\n".join(lines) + "\n"


def _next_steps(file: Path, answers: Answers) -> str:
    chosen = "" if file == Path("config.toml") else f" --config {file}"
    steps = [
        'export MINQING_KEY="$(minqing key)"',
        "     # once; keep it safe: without it personal data cannot be read",
    ]
    if answers.database.startswith("postgresql"):
        with_password = answers.database.replace("@", ":PASSWORD@", 1)
        steps += [f"export MINQING_STORAGE__URL='{with_password}'", "     # where it needs a password"]
    if answers.telegram:
        steps += ["export MINQING_TELEGRAM_TOKEN=…", "     # from @BotFather"]
    steps += [
        f"minqing db upgrade{chosen}",
        f"minqing import district.xlsx --template{chosen}",
        "     # fill it in, then",
        f"minqing import district.xlsx --dry-run{chosen}",
        f"minqing import district.xlsx{chosen}",
        f"minqing check{chosen}",
        f"minqing run{chosen}",
    ]
    return "\n".join([f"{file} is written. Next:", *(f"  {step}" for step in steps)])
