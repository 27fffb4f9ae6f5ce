"""The listener alone on labelled conversations: what issue 2 asks for, measured at each run."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.listening import line_of, start
from tests.listening.story import reader

DATA = Path(__file__).resolve().parents[2] / "benchmarks" / "data"


def strip_answers(conversation: dict[str, Any]) -> dict[str, Any]:
    messages = []
    for message in conversation["messages"]:
        told = dict(message)
        if "reply_to_card" in told:
            told["reply_to_card_about"] = conversation["expect"]["tickets"][told.pop("reply_to_card")]["from"][0]
        messages.append(told)
    return {**{key: conversation[key] for key in ("id", "area", "groups")}, "messages": messages}


def pair_tickets(want: list[dict[str, Any]], got: list[dict[str, Any]]) -> dict[int, int]:
    """Expected to given by the share of messages in common, the greatest first, each once."""
    found = []
    for i, a in enumerate(want):
        for j, b in enumerate(got):
            mine, theirs = set(a["from"]), set(b["from"])
            if mine & theirs:
                found.append((len(mine & theirs) / len(mine | theirs), i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(found, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _f1(right: int, given: int, wanted: int) -> float:
    return 2 * right / (given + wanted) if given + wanted else 1.0


@pytest.fixture(
    scope="module",
    params=[
        "conversations",
        "conversations-2",
        "conversations-3",
        "conversations-4",
        "conversations-5",
        "conversations-6",
        "conversations-7",
        "conversations-8",
        "conversations-10",
        "conversations-11",
    ],
)
def score(request: pytest.FixtureRequest) -> dict[str, float]:
    count: Counter[str] = Counter()
    for row in (DATA / f"{request.param}.jsonl").read_text(encoding="utf-8").splitlines():
        conversation = json.loads(row)
        expect, bare = conversation["expect"], strip_answers(conversation)
        play = start(bare, reader())
        for message in bare["messages"]:
            play.hear(line_of(play, message))
        result = play.result(bare["id"])
        pairs = pair_tickets(expect["tickets"], result["tickets"])
        back = {j: i for i, j in pairs.items()}
        for i, ticket in enumerate(expect["tickets"]):
            mine = set(result["tickets"][pairs[i]]["from"]) if i in pairs else set()
            count.update(lines=len(mine & set(ticket["from"])), lines_wanted=len(ticket["from"]))
        count["lines_given"] += sum(len(ticket["from"]) for ticket in result["tickets"])
        count.update(tickets=len(pairs), tickets_given=len(result["tickets"]), tickets_wanted=len(expect["tickets"]))
        entries = pair_tickets(expect["diary"], result["diary"])
        count.update(diary=len(entries), diary_given=len(result["diary"]), diary_wanted=len(expect["diary"]))
        free = {(a["at_message"], a["does"]) for a in expect["actions"] if a.get("optional") or a["does"] == "withdraw"}
        wanted = {(a["at_message"], a["does"], a.get("ticket")) for a in expect["actions"]}
        wanted = {key for key in wanted if key[:2] not in free}
        given = {(a["at_message"], a["does"], back.get(a["ticket"])) for a in result["actions"]}
        given = {key for key in given if key[:2] not in free}
        count.update(acts=len(wanted & given), acts_given=len(given), acts_wanted=len(wanted))
        if not expect["tickets"] and not expect["diary"]:
            count.update(disturbed=bool(result["tickets"] or result["said"]))
    return {
        "tickets": _f1(count["tickets"], count["tickets_given"], count["tickets_wanted"]),
        "lines": _f1(count["lines"], count["lines_given"], count["lines_wanted"]),
        "diary": _f1(count["diary"], count["diary_given"], count["diary_wanted"]),
        "actions": _f1(count["acts"], count["acts_given"], count["acts_wanted"]),
        "disturbed": count["disturbed"],
    }


def test_tickets(score: dict[str, float]) -> None:
    assert score["tickets"] >= 0.83


def test_lines_come_to_the_right_ticket(score: dict[str, float]) -> None:
    assert score["lines"] >= 0.75


def test_actions(score: dict[str, float]) -> None:
    assert score["actions"] >= 0.60


def test_diary(score: dict[str, float]) -> None:
    assert score["diary"] >= 0.90


def test_quiet_conversations_are_not_disturbed(score: dict[str, float]) -> None:
    assert score["disturbed"] == 0
