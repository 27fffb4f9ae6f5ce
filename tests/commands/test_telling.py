"""How an ending is told: in a sentence that somebody would say, once, and the card keeps what it was about."""

from __future__ import annotations

import pytest

from domain.reading import Where
from domain.tickets import Ticket
from handlers.wording import matter
from tests.commands.neighbourhood import Neighbourhood
from tests.domain.made import ticket as made

UNIT = Where(estate="阳光花园", building="3", unit="2")


@pytest.mark.parametrize(
    ("summary", "where", "told"),
    [
        ("3幢2单元3楼声控灯坏了好几天了", Where(building="3", unit="2", floor="3"), "3楼声控灯的事"),
        ("5幢1单元声控灯坏了好几天了", Where(building="5", unit="1"), "5幢1单元声控灯的事"),
        ("3幢2单元电梯停了", Where(building="3", unit="2"), "3幢2单元电梯停了的事"),
        ("楼道灯不亮了", Where(), "楼道灯不亮的事"),
        ("水龙头一直在滴水，滴了三天了", Where(), "水龙头的事"),
        ("什么时候发高温津贴", Where(), "津贴的事"),
        ("前面那个工程队说了两次都不来弄", Where(), "您反映的事"),
    ],
)
def test_a_whole_clause_is_not_put_before_a_verb(summary: str, where: Where, told: str) -> None:
    assert matter(made(summary=summary, where=where), "zh-CN", UNIT) == told


def test_the_closing_line_says_it_once_and_the_card_keeps_what_it_was_about(here: Neighbourhood) -> None:
    ticket = here.report(summary="3幢2单元声控灯坏了好几天了")
    here.say("李明", f"接单 {ticket.number}")
    heard = here.say("李明", f"办结 {ticket.number} 换了新的灯泡")
    card, closing = heard.to("unit")
    assert card.mode == "edit" and "声控灯坏了好几天" in card.text and card.text.endswith("已经办好。")
    assert closing.text == "阳光1 3幢2单元声控灯的事办好了：换了新的灯泡。"
    [asked] = heard.to("@张女士")
    assert asked.text.startswith("张女士，3幢2单元声控灯的事办好了（阳光1）：换了新的灯泡。您看怎么样？")


def test_done_that_says_nothing_more_than_done(here: Neighbourhood) -> None:
    ticket = finished(here, "换好了")
    heard = here.wait(hours=25)
    assert "办好了（阳光1）：已经处理好了。您看怎么样？" in heard.said_to("@张女士")
    assert ticket.result == "换好了"


def test_the_reminder_reads_as_the_question_did(here: Neighbourhood) -> None:
    finished(here, "换了新的灯泡")
    told = here.wait(hours=25).said_to("@张女士")
    assert told.startswith("张女士，3幢2单元声控灯的事办好了（阳光1）：换了新的灯泡。您看怎么样？")


def finished(here: Neighbourhood, result: str) -> Ticket:
    ticket = here.report(summary="3幢2单元声控灯坏了好几天了")
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} {result}")
    return here.ticket(ticket)
