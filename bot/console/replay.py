"""`minqing replay`: conversations in, what became of them out, one JSON object a line."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, TextIO

import typer

from bot.console.logs import set_up_logging
from bot.console.office import fail, settings_of
from bot.replay import Stage
from domain.settings import Logging
from nlu.reader import Reader

_KEYS = ("id", "area", "groups", "messages")


def replay(file: str, out: TextIO) -> int:
    set_up_logging(Logging(level="info", format="text"))
    settings = settings_of(None)
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise fail(f"{file}: {error.strerror}", 2) from None
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
    if not isinstance(data, dict):
        raise ValueError("an object is wanted")
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise ValueError(f"without {', '.join(missing)}")
    if not data["messages"]:
        raise ValueError("it has no messages")
    return data
