"""`minqing replay`: conversations in, what became of them out, one JSON object a line."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import typer

from bot.console.logs import set_up_logging
from bot.console.office import fail, settings_of
from bot.replay import Stage
from domain.reading import TIERS
from domain.running import Logging
from nlu.reader import Reader

_KEYS = ("id", "area", "groups", "messages")
_MESSAGE = ("n", "group", "at", "who", "role", "text")
# What is not said of an area or a message.
_AREA: dict[str, Any] = dict.fromkeys(("community", "estate", "building", "unit"))
_PLAIN: dict[str, Any] = {"photo": False, "voice": False, "location": None, "edited": False}


def replay(file: str, out: TextIO) -> int:
    set_up_logging(Logging(level="info", format="text"))
    settings = settings_of(None)
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise fail(f"{file}: {error.strerror}", 2) from None
    except UnicodeDecodeError:
        raise fail(f"{file} is not UTF-8: save it as UTF-8 and try again", 2) from None
    conversations: list[dict[str, Any]] = []
    bad = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            conversations.append(_checked(json.loads(line)))
        except ValueError as error:
            typer.echo(f"{file}:{number}: not a conversation: {error}", err=True)
            bad += 1
    with tempfile.TemporaryDirectory(prefix="minqing-replay-") as folder:
        stage = Stage(Path(folder), settings, Reader.load())
        try:
            for conversation in conversations:
                result = asyncio.run(stage.play(conversation))
                out.write(json.dumps(result, ensure_ascii=False) + "\n")
                out.flush()
        finally:
            stage.close()
    return 2 if bad else 0


def _checked(data: Any) -> dict[str, Any]:
    """The conversation, if it can be played. Raises ValueError with what is missing or wrong and where."""
    _needs(data, _KEYS, "it")
    _needs(data["area"], ("district",), "area")
    for place, group in enumerate(_list(data["groups"], "groups"), 1):
        _needs(group, ("key", "tier", "name"), f"group {place}")
        if group["tier"] not in TIERS:
            raise ValueError(f"group {place}: tier {group['tier']!r} is none of {', '.join(TIERS)}")
    keys = [group["key"] for group in data["groups"]]
    for place, message in enumerate(_list(data["messages"], "messages"), 1):
        _needs(message, _MESSAGE, f"message {place}")
        if message["group"] not in keys:
            raise ValueError(f"message {place}: no group {message['group']!r}")
        if not isinstance(message["n"], int) or not isinstance(message["text"], str):
            raise ValueError(f"message {place}: n must be a number, text a string")
        try:
            aware = datetime.fromisoformat(message["at"]).tzinfo is not None
        except (TypeError, ValueError):
            aware = False
        if not aware:
            raise ValueError(f"message {place}: {message['at']!r} is no time like 2026-05-06T10:00:00+08:00")
    messages = [{**_PLAIN, **message} for message in data["messages"]]
    return {**data, "area": {**_AREA, **data["area"]}, "messages": messages}


def _needs(data: Any, keys: tuple[str, ...], where: str) -> None:
    if not isinstance(data, dict):
        raise ValueError(f"{where} is no object")
    missing = [key for key in keys if key not in data]
    if missing:
        raise ValueError(f"{where} is without {', '.join(missing)}")


def _list(data: Any, name: str) -> list[Any]:
    if not isinstance(data, list) or not data:
        raise ValueError(f"{name} is an empty list or none")
    return data
