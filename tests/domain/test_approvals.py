"""Consent asked for and given: what may be asked, and which question is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import approvals, moves
from domain.approvals import pending
from domain.errors import REFUSALS, Refused
from domain.tickets import By, EventKind, Ticket, TicketEvent
from tests.domain.made import NOON, ticket

LI, WANG = By(person=7), By(person=9)
LATER = NOON + timedelta(days=6)


def taken(**changes: object) -> Ticket:
    return ticket(**{"status": "taken", "assignee": 7, **changes})


def test_a_question_waits_until_it_is_answered() -> None:
    asked, event = approvals.ask(taken(), NOON, LI, "extend", " 等配件 ", LATER)
    found = pending([event])
    assert found is not None and (found.what, found.reason, found.until, found.by_person) == (
        "extend",
        "等配件",
        LATER,
        7,
    )
    assert (asked.version, asked.solve_due) == (1, taken().solve_due)
    _, no = approvals.decline(asked, NOON, WANG, found, "再催一催")
    assert pending([event, no]) is None
    _, yes = moves.extend(asked, NOON, WANG, LATER, found.reason)
    assert pending([event, yes]) is None and pending([event, yes, event]) is not None


@pytest.mark.parametrize(
    ("changes", "what", "reason", "until", "key"),
    [
        ({}, "extend", " ", LATER, "command.extend.how"),
        ({}, "impossible", "", None, "command.impossible.how"),
        ({}, "extend", "等配件", NOON + timedelta(days=3), "refused.not_later"),
        ({}, "extend", "等配件", None, "refused.not_later"),
        ({"extended": True}, "extend", "等配件", LATER, "refused.extended_before"),
        ({"urgency": 3}, "impossible", "没有办法", None, "refused.emergency_runs"),
        ({"status": "done"}, "impossible", "没有办法", None, "refused.not_now"),
        ({"status": "proposed"}, "extend", "等配件", LATER, "refused.not_now"),
    ],
)
def test_what_could_not_be_granted_is_not_asked(
    changes: dict[str, object], what: approvals.Asked, reason: str, until: None, key: str
) -> None:
    with pytest.raises(Refused) as caught:
        approvals.ask(taken(**changes), NOON, LI, what, reason, until)
    assert caught.value.key == key and set(caught.value.params) == set(REFUSALS[key])


KINDS = ("asked", "declined", "extend", "done", "note", "transfer", "reopen", "close", "withdraw", "pause", "resume")


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_only_the_last_question_can_be_open(kinds: list[str]) -> None:
    event = TicketEvent("asked", NOON, 7, None, {"what": "impossible", "reason": "没有办法"})
    history = [
        replace(event, kind=cast(EventKind, kind), at=NOON + timedelta(minutes=n)) for n, kind in enumerate(kinds)
    ]
    found = pending(history)
    asked = [one for one in history if one.kind == "asked"]
    if found is None:
        answered = [one.at for one in history if one.kind in ("declined", "extend", "done", "close", "withdraw")]
        assert not asked or max(answered) > asked[-1].at
    else:
        assert found.at == asked[-1].at and found.what == "impossible" and found.until is None
