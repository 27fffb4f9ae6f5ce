"""What was called, in a form that can be read and is the same each time: docs/TELEGRAM.md holds the story's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.telegram.town import Town
from tests.telegram.wire import Call

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "TELEGRAM.md"
BEGIN, END = "<!-- journal -->", "<!-- end of journal -->"
# The rooms are sent to side by side: only within one the order says something.
_CODE = re.compile(r"(startgroup=)[A-Za-z0-9_-]{24}")
_DULL = ("getUpdates", "getMe", "setMyCommands")


class Journal:
    """Notes, for each thing that somebody did, the calls that came of it."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._seen = 0
        self.steps: list[tuple[str, list[str]]] = []

    async def did(self, what: str) -> None:
        await self._town.settle()
        calls = [call for call in self._town.server.calls[self._seen :] if call.method not in _DULL]
        self._seen = len(self._town.server.calls)
        calls.sort(key=lambda call: int(call.params.get("chat_id", 0)))
        self.steps.append((what, [line(call) for call in calls]))

    def text(self) -> str:
        parts = []
        for what, lines in self.steps:
            parts.append(f"**{what}**\n")
            parts.append("```text\n" + "\n".join(lines) + "\n```\n" if lines else "Nothing is called.\n")
        return "\n".join(parts)


def line(call: Call) -> str:
    """method {parameters}, in one line."""
    params: dict[str, Any] = dict(sorted(call.params.items()))
    return _CODE.sub(r"\1<code>", f"{call.method} {json.dumps(params, ensure_ascii=False)}")


def kept() -> str:
    """The journal as it stands in the document."""
    return DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()


def keep(text: str) -> None:
    """Write it there (python -m pytest tests/telegram/test_story.py with WRITE_JOURNAL=1)."""
    document = DOCUMENT.read_text(encoding="utf-8")
    head, rest = document.split(BEGIN)
    DOCUMENT.write_text(f"{head}{BEGIN}\n\n{text.strip()}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")
