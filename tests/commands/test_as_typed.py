"""Commands as thumbs type them: full-width digits, blanks of other kinds, numbers in words."""

from __future__ import annotations

from datetime import date

import pytest

from domain.leaves import Leave
from tests.commands.neighbourhood import START, Neighbourhood
from tests.commands.test_codes import given_out, live


@pytest.mark.parametrize(
    ("words", "until"),
    [("请假三天", 12), ("请假两天", 11), ("请假 三天", 12), ("请假3天", 12), ("请假 ３天", 12), ("请假 一周", 16),
     ("请假3天，孩子病了", 12), ("请假 两个星期 回老家", 23), ("请假", 10)],
)  # fmt: skip
def test_for_how_long_somebody_is_away(here: Neighbourhood, words: str, until: int) -> None:
    assert here.say("李明", words).to("@李明")
    [leave] = leaves(here)
    assert (leave.first, leave.last) == (START.date(), date(2026, 3, until))


@pytest.mark.parametrize("words", ["请假条在哪里领", "请假一下可以吗", "请假3天的流程", "请假的人太多了"])
def test_other_words_about_leave_take_none(here: Neighbourhood, words: str) -> None:
    here.say("李明", words)
    assert leaves(here) == []


def leaves(here: Neighbourhood) -> list[Leave]:
    return list(here.read(lambda store: store.leaves.of(here.people["李明"], START.date())))


def test_full_width_digits_are_kept_as_digits(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"改址 {ticket.number} ３－１－４０２")
    where = here.ticket(ticket).where
    assert (where.building, where.unit, where.room) == ("3", "1", "402")
    live(here, "王秀英")
    here.say("张女士", given_out(here, "绑定码 3-2-402 王秀英"))
    assert "139****0022" in here.say("张女士", "更正 电话 １３９００００００２２").said_to("@张女士")


@pytest.mark.parametrize("blank", ["\u3000", "\xa0"])
def test_a_wide_blank_is_no_argument(here: Neighbourhood, blank: str) -> None:
    ticket = here.report()
    for name in ("改类", "改址"):
        assert here.say("李明", f"{name}{blank}").to("@李明")
    assert here.ticket(ticket).where == ticket.where
