"""Somebody edits what he reported: the ticket and its cards say what he wrote last."""

from __future__ import annotations

import pytest

from domain.messages import Address, Edited, Sender
from tests.commands.neighbourhood import CHANNEL, Heard, Neighbourhood


def rewrites(here: Neighbourhood, text: str, remote: str) -> Heard:
    at, who = Address(CHANNEL, "unit"), Sender("张女士", "张女士")
    return here._handle(Edited(at=at, id=remote, sender=who, sent_at=here.now, text=text))


@pytest.mark.parametrize("first", ["3幢2单元电梯坏了", "大家好"])
def test_however_often_it_is_put_right_the_cards_agree(here: Neighbourhood, first: str) -> None:
    here.say("张女士", first, "unit")
    for text in ("3幢1单元电梯坏了", "5幢1单元电梯坏了", "5幢2单元电梯坏了"):
        heard = rewrites(here, text, "m0")
        [ticket] = here.tickets()
        assert (ticket.summary, ticket.where.building, ticket.where.unit) == (text, text[0], text[2])
        for room in ("unit", "unit-staff"):
            assert text in heard.said_to(room)


def test_what_was_added_later_does_not_become_the_matter(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯坏了", "unit")
    here.say("张女士", "电梯停在二楼，门开着", "unit")
    for text in ("电梯停在三楼，门开着", "电梯停在四楼，门开着"):
        rewrites(here, text, "m1")
    assert [one.summary for one in here.tickets()] == ["3幢2单元电梯坏了"]
