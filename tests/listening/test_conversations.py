"""The labels of the conversations that others wrote later: nothing forgotten, nobody out of his role, the held-out half
left alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "benchmarks" / "data"
FOR_TUNING, HELD_OUT = "conversations-4", "conversations-5"
FOR_TUNING_LATER = (
    "conversations-7",
    "conversations-8",
    "conversations-12",
    "conversations-14",
    "conversations-15",
    "conversations-13",
    "conversations-17",
    "conversations-18",
    "conversations-19",
    "conversations-16",
    "conversations-21",
    "conversations-22",
    "conversations-24",
    "conversations-20",
    "conversations-25",
    "conversations-26",
    "conversations-27",
    "conversations-23",
    "conversations-28",
    "conversations-29",
    "conversations-30",
    "conversations-32",
    "conversations-33",
    "conversations-34",
    "conversations-35",
    "conversations-38",
)
HELD_OUT_LATER: tuple[str, ...] = ("conversations-31", "conversations-36", "conversations-37")
STAFF_WORK = {"claim", "done", "escalate", "transfer", "correct_category"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


CONVERSATIONS = [row for name in (FOR_TUNING, HELD_OUT, *FOR_TUNING_LATER, *HELD_OUT_LATER) for row in rows(name)]


@pytest.mark.parametrize("row", CONVERSATIONS, ids=lambda row: str(row["id"]))
def test_each_message_is_labelled_and_each_label_holds(row: dict[str, Any]) -> None:
    messages = {message["n"]: message for message in row["messages"]}
    expect = row["expect"]
    assert list(messages) == list(range(1, len(messages) + 1))
    times = [datetime.fromisoformat(message["at"]) for message in messages.values()]
    assert times == sorted(set(times))
    does_something = {n for part in ("tickets", "diary") for one in expect[part] for n in one["from"]}
    does_something |= {action["at_message"] for action in expect["actions"]}
    assert does_something | set(expect["not_tickets"]) == set(messages)
    assert not does_something & set(expect["not_tickets"])
    for ticket in expect["tickets"]:
        writers = list(dict.fromkeys(messages[n]["who"] for n in ticket["from"]))
        assert [ticket["reporter"], *ticket["also_reported_by"]] == writers
        if ticket["category"] == "emergency":
            assert ticket["urgency"] == 3
            assert ticket["raise_by"] in ticket["from"]
    for action in expect["actions"]:
        assert action["at_message"] >= expect["tickets"][action["ticket"]]["from"][0]
        if action["does"] in STAFF_WORK:
            assert messages[action["at_message"]]["role"] != "resident"


def test_conversations_are_told_apart_and_name_no_real_telephone() -> None:
    everything = [*CONVERSATIONS, *(row for name in ("", "-2", "-3") for row in rows(f"conversations{name}"))]
    assert [name for name, times in Counter(row["id"] for row in everything).items() if times > 1] == []
    texts = [message["text"] for row in CONVERSATIONS for message in row["messages"]]
    phones = [phone for text in texts for phone in re.findall(r"1[3-9]\d{9}", text)]
    assert [phone for phone in phones if not phone.startswith("13700")] == []


def test_the_two_halves_are_alike() -> None:
    tuned, held = rows(FOR_TUNING), rows(HELD_OUT)
    assert len(tuned) == len(held)
    quiet = [sum(not row["expect"]["tickets"] and not row["expect"]["diary"] for row in half) for half in (tuned, held)]
    assert quiet[0] == quiet[1] >= 3
    kinds = [{ticket["category"] for row in half for ticket in row["expect"]["tickets"]} for half in (tuned, held)]
    assert kinds[0] == kinds[1], "what is met in one half is met in the other"


@pytest.mark.parametrize("held", [HELD_OUT, *HELD_OUT_LATER])
def test_nothing_that_learns_names_what_is_held_out(held: str) -> None:
    learning = [ROOT / "benchmarks" / "weigh_listening.py"]
    learning += [file for room in ("nlu", "handlers", "tools") for file in (ROOT / room).rglob("*.py")]
    assert [file.name for file in learning if held in file.read_text(encoding="utf-8")] == []
