"""Feeds labelled conversations to `decide` line by line, with the state kept in plain lists, and prints what the
scorer reads. It answers in seconds what the listener alone is worth, without intake, storage or clock.

    score_conversations.py conversations-2.jsonl -- python -m benchmarks.listening -
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from benchmarks.play import Play, Reads
from domain.listening import Line, Voice
from domain.reading import Tier, Where


def start(conversation: dict[str, Any], reader: Reads) -> Play:
    """An empty history in the groups of a conversation."""
    area = conversation["area"]
    homes: dict[int, Where] = {}
    tiers: dict[int, Tier] = {}
    keys: dict[int, str] = {}
    for number, group in enumerate(conversation["groups"], 1):
        unit = group["tier"] == "unit"
        homes[number] = Where(
            area.get("estate") if group["tier"] != "district" else None,
            area.get("building") if unit else None,
            area.get("unit") if unit else None,
        )
        tiers[number], keys[number] = group["tier"], group["key"]
    estates = (area["estate"],) if area.get("estate") else ()
    return Play(reader, homes, tiers, keys, estates)


def line_of(play: Play, message: dict[str, Any]) -> Line:
    """A message of the file as the listener sees it; `reply_to_card_about` becomes the ticket that it quotes."""
    group = next(number for number, key in play.keys.items() if key == message["group"])
    before = {old.id: old for old in play.lines}
    answered = before.get(message.get("reply_to") or 0)
    about = before.get(message.get("reply_to_card_about") or 0)
    known = [number for number in about.tickets if number in play.tickets] if about else []
    role = message["role"] if message["role"] in ("resident", "grid_worker", "property", "secretary") else "admin"
    location = message.get("location")
    text = message["text"]
    return Line(
        message["n"],
        group,
        play.person(message["who"]),
        message["who"],
        cast(Voice, role),
        text,
        datetime.fromisoformat(message["at"]),
        play.tiers[group],
        bool(message["photo"]),
        bool(message["voice"]),
        location["name"] if location else None,
        replies_to=message.get("reply_to"),
        replies_to_speaker=answered.speaker if answered else None,
        quotes=known[0] if known else None,
        edits=message.get("edits") if message.get("edited") else None,
        mentions=tuple(name for name in play.people if "@" + name in text),
        person=play.person(message["who"]) if role != "resident" else None,
    )


def run(conversation: dict[str, Any], reader: Reads) -> dict[str, Any]:
    play = start(conversation, reader)
    for message in conversation["messages"]:
        play.hear(line_of(play, message))
    return play.result(conversation["id"])


def load_reader() -> Reads:
    from nlu.reader import Reader

    return cast(Reads, Reader.load())


def main() -> None:
    reader = load_reader()
    source = sys.argv[1] if len(sys.argv) > 1 else "-"
    feed = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    for row in feed.splitlines():
        if row.strip():
            print(json.dumps(run(json.loads(row), reader), ensure_ascii=False))


if __name__ == "__main__":
    main()
