"""Somebody edits what he reported: the ticket and its cards say what he wrote last."""

from __future__ import annotations

import pytest

from domain.messages import Address, Edited, Sender
from storage.store import Store
from tests.commands.neighbourhood import CHANNEL, Heard, Neighbourhood


def rewrites(here: Neighbourhood, text: str, remote: str) -> Heard:
    at, who = Address(CHANNEL, "unit"), Sender("张女士", "张女士")
    return here.takes(Edited(at=at, id=remote, sender=who, sent_at=here.now, text=text))


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


def test_what_he_takes_back_by_an_edit_is_withdrawn(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯坏了", "unit")
    here.say("李明", "接单 阳光1")
    heard = rewrites(here, "说错了，电梯没坏", "m0")
    [ticket] = here.tickets()
    assert ticket.status == "withdrawn"
    assert "已撤回" in heard.said_to("unit") and "阳光1" in heard.said_to("@李明")


def test_what_others_told_too_goes_on_since_nobody_is_shown_an_edit(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯坏了", "unit")
    here.say("老刘", "+1 电梯我也坐不了", "unit")
    heard = rewrites(here, "说错了，电梯没坏", "m0")
    [ticket] = here.tickets()
    assert ticket.status == "open" and "阳光1" in heard.said_to("@张女士")


@pytest.mark.parametrize(
    ("scrap", "more"),
    [
        ("又坏了", "3幢2单元的电梯，停在5楼不动"),
        ("好臭", "一楼下水道的污水满出来了"),
        ("吵死了", "501装修的电钻，天天响到两点"),
    ],
)
def test_a_scrap_is_called_by_what_is_told_next(here: Neighbourhood, scrap: str, more: str) -> None:
    here.say("张女士", scrap, "unit")
    heard = here.say("张女士", more, "unit")
    [ticket] = here.tickets()
    assert ticket.summary == f"{scrap}，{more}"
    assert more in heard.said_to("unit-staff")


def test_what_says_enough_keeps_its_words(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯坏了", "unit")
    here.say("张女士", "电梯里面还在响，停在5楼不动", "unit")
    assert [one.summary for one in here.tickets()] == ["3幢2单元电梯坏了"]


def test_a_matter_is_known_by_its_words_as_they_were_put_last(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元502的灯坏了", "unit")
    rewrites(here, "3幢2单元302的灯坏了", "m0")
    (ticket,) = here.tickets()

    def known(store: Store) -> tuple[str, ...]:
        (found,) = store.known.around(community=ticket.community, district=None, since=here.now, limit=9)
        return found.texts

    assert here.read(known) == ("3幢2单元302的灯坏了",)
