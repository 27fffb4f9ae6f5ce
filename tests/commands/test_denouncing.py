"""In private somebody complains of the worker or the firm that has his other matters in hand."""

from __future__ import annotations

import pytest

from tests.commands.neighbourhood import Neighbourhood

WORKER = "网格员李明态度很差，敷衍我们，要投诉"
FIRM = "我要投诉物业，态度太差了"


@pytest.mark.parametrize("first", ["请问居住证在哪里办", "楼道3楼的灯不亮了"])
@pytest.mark.parametrize(("words", "whom"), [(WORKER, "worker"), (FIRM, "property")])
def test_it_is_no_line_of_what_they_have_in_hand(here: Neighbourhood, first: str, words: str, whom: str) -> None:
    here.say("老刘", first, "unit")
    here.wait(minutes=1)
    told = here.say("老刘", words)
    [before, complaint] = here.tickets()
    assert before.against is None and complaint.against == whom and complaint.private
    assert complaint.number in told.said_to("@老刘")
    if whom == "worker":
        assert not told.to("@李明")
        assert complaint.number not in here.say("李明", "今日").said_to("@李明")
        assert "敷衍" not in here.say("李明", f"详情 {before.number}").said_to("@李明")
    # More of it goes to the same complaint.
    here.wait(minutes=1)
    here.say("老刘", words.replace("态度", "一直态度"))
    assert len(here.tickets()) == 2


def test_who_says_that_he_does_not_complain_opens_none(here: Neighbourhood) -> None:
    here.say("老刘", "楼道3楼的灯不亮了", "unit")
    here.wait(minutes=1)
    here.say("老刘", "我不是要投诉网格员，就是问问灯什么时候修")
    assert [ticket.against for ticket in here.tickets()] == [None]
