"""`minqing read`: JSON lines or plain words in, what was understood out, one line each, as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from domain.reading import TIERS, Reading, Tier
from handlers.reasons import in_words
from nlu.reader import Reader


def as_lines(texts: Iterable[str]) -> list[str]:
    """Messages as the lines that say the same, numbered from 1."""
    return [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts, start=1)]


def read(lines: Iterable[str], stdout: TextIO, stderr: TextIO, *, explain: bool) -> int:
    """Answer every good line; name every bad one on stderr. Returns 0, or 2 when a line was bad."""
    reader = Reader.load()
    bad = 0
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            key, text, tier, at = _asked(line)
        except ValueError as error:
            bad += 1
            stderr.write(f"line {count}: {error}\n")
            continue
        answer = _answer(key, reader.read(text, tier=tier, sent_at=at), explain)
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        stdout.flush()
    return 2 if bad else 0


def _asked(line: str) -> tuple[Any, str, Tier, datetime | None]:
    if not line.isascii() and any("\udc80" <= sign <= "\udcff" for sign in line):
        raise ValueError("not UTF-8: save the file as UTF-8 and try again")
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(asked, dict):
        raise ValueError('an object like {"id": "1", "tier": "unit", "text": "…"} is wanted')
    missing = [key for key in ("id", "text") if key not in asked]
    if missing:
        raise ValueError(f"{' and '.join(missing)} missing")
    if not isinstance(asked["text"], str):
        raise ValueError("text must be a string")
    tier = next((known for known in TIERS if known == asked.get("tier", "community")), None)
    if tier is None:
        raise ValueError(f"tier {asked['tier']!r} is none of {', '.join(TIERS)}")
    said = asked.get("at")
    if said is None:
        return asked["id"], asked["text"], tier, None
    try:
        at = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        raise ValueError(f"at {said!r} is no ISO date and time") from None
    return asked["id"], asked["text"], tier, at if at.tzinfo else at.replace(tzinfo=UTC)


def _answer(key: Any, got: Reading, explain: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": key,
        "report": got.report,
        "confidence": got.confidence,
        "category": got.category,
        "urgency": got.urgency,
        "where": {
            "estate": got.where.estate,
            "building": got.where.building,
            "unit": got.where.unit,
            "floor": got.where.floor,
            "room": got.where.room,
            "place": got.where.place,
        },
        "when": {"text": got.when.text, "start": got.when.start.isoformat() if got.when.start else None}
        if got.when
        else None,
        "keywords": list(got.keywords),
        "nature": got.nature,
        "tags": list(got.tags),
    }
    if explain:
        answer["because"] = [in_words(mark) for mark in got.why]
        answer["why"] = list(got.why)
    return answer
