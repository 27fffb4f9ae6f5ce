"""Conversations by five writers: emergencies raised in time and urgent, secrets kept, quiet talk left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.listening import line_of, start
from tests.listening.story import reader
from tests.listening.test_scores import DATA, pair_tickets, strip_answers

# Of a file. All stand at none; a model trained anew may trade one for another.
ALLOWED = 1
FILES = [f"conversations-{number}" for number in range(2, 8)]


@pytest.fixture(scope="module", params=FILES)
def played(request: pytest.FixtureRequest) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What each conversation expects, and what came of it."""
    found = []
    for row in (DATA / f"{request.param}.jsonl").read_text(encoding="utf-8").splitlines():
        conversation = json.loads(row)
        bare = strip_answers(conversation)
        play = start(bare, reader())
        for message in bare["messages"]:
            play.hear(line_of(play, message))
        found.append((conversation["expect"], play.result(bare["id"])))
    return found


def matched(expect: dict[str, Any], result: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs = pair_tickets(expect["tickets"], result["tickets"])
    return [(want, result["tickets"][pairs[i]] if i in pairs else {}) for i, want in enumerate(expect["tickets"])]


def test_emergencies_are_raised_in_time_and_urgent(played: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    late = [
        (result["id"], want["from"])
        for expect, result in played
        for want, got in matched(expect, result)
        if want["category"] == "emergency" and (got.get("urgency") != 3 or got["raised_after"] > want["raise_by"])
    ]
    assert len(late) <= ALLOWED, late


def test_private_matters_are_kept(played: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    shown = [
        (result["id"], want["from"])
        for expect, result in played
        for want, got in matched(expect, result)
        if want.get("private") and not got.get("private")
    ]
    assert len(shown) <= ALLOWED, shown


def test_quiet_talk_is_left_alone(played: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    disturbed = [
        result["id"]
        for expect, result in played
        if not expect["tickets"] and not expect["diary"] and (result["tickets"] or result["said"])
    ]
    assert len(disturbed) <= ALLOWED, disturbed
