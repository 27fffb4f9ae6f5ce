"""并单: who reported what went into another ticket hears how that ends, and a secret stays one."""

from __future__ import annotations

import pytest

from domain.listening import Acts
from domain.tickets import Ticket
from tests.commands.neighbourhood import Neighbourhood


def merged(here: Neighbourhood, *, target_private: bool = False) -> tuple[Ticket, Ticket]:
    """张女士's report, and 老刘's private one that went into it."""
    first = here.report(summary="3幢2单元电梯停了，我住402", private=target_private)
    second = here.report("老刘", "3幢2单元电梯坏了", private=True)
    said = here.say("李明", f"并单 {second.number} {first.number}")
    assert "一起办" in said.said_to("@老刘") and "撤回" not in said.said_to("@老刘")
    return first, second


def test_who_told_it_in_private_is_told_of_the_end(here: Neighbourhood) -> None:
    first, _ = merged(here)
    here.say("李明", f"接单 {first.number}")
    told = here.say("李明", f"办结 {first.number} 换了皮带").to("@老刘")
    assert len(told) == 1 and "换了皮带" in told[0].text and first.number in told[0].text
    assert [one.command for one in told[0].buttons] == [f"评价 {first.number} {score}" for score in (1, 2, 3)]


@pytest.mark.parametrize("answer", ["3 还是坏", "评价 {n} 3 还是坏"])
def test_he_says_how_it_went(here: Neighbourhood, answer: str) -> None:
    first, _ = merged(here)
    here.say("李明", f"接单 {first.number}")
    here.say("李明", f"办结 {first.number} 换了皮带")
    here.say("老刘", answer.format(n=first.number))
    assert here.ticket(first).status == "taken" and here.ratings(first) == [(3, "还是坏")]


def test_he_may_look_at_it_as_far_as_his_neighbours_may(here: Neighbourhood) -> None:
    first, _ = merged(here)
    here.say("李明", f"接单 {first.number}")
    shown = here.say("老刘", f"详情 {first.number}").said_to("@老刘")
    assert "李明" in shown and "电梯" in shown
    assert "张女士" not in shown and "402" not in shown
    assert "不能" in here.say("老刘", f"撤回 {first.number}").said_to("@老刘")
    assert here.ticket(first).status == "taken"


def test_of_a_private_matter_he_hears_only_that_it_is_done(here: Neighbourhood) -> None:
    first, _ = merged(here, target_private=True)
    here.say("李明", f"接单 {first.number}")
    told = here.say("李明", f"办结 {first.number} 给她家换了水管").said_to("@老刘")
    assert first.number in told and "水管" not in told
    assert "402" not in here.say("老刘", f"详情 {first.number}").said_to("@老刘")
    here.say("老刘", "1")
    assert here.ratings(first) == [(1, "")]


def test_what_was_merged_twice_is_told_of_too(here: Neighbourhood) -> None:
    first, _ = merged(here)
    last = here.report("小陈", "3幢2单元电梯又停了")
    here.say("李明", f"并单 {first.number} {last.number}")
    here.say("李明", f"接单 {last.number}")
    done = here.say("李明", f"办结 {last.number} 换了皮带")
    assert last.number in done.said_to("@老刘") and last.number in done.said_to("@张女士")


def test_what_a_group_waits_for_does_not_end_in_private(here: Neighbourhood) -> None:
    public, private = here.report(), here.report("老刘", "3幢2单元电梯坏了", private=True)
    answer = here.say("李明", f"并单 {public.number} {private.number}")
    assert f"并单 {private.number} {public.number}" in answer.said_to("@李明") and not answer.to("unit")
    assert here.ticket(public).status == "open"


def test_a_complaint_is_merged_with_nothing_public(here: Neighbourhood) -> None:
    public = here.report()
    complaint = here.report("老刘", "物业不管电梯", category="complaint", private=True, against="property")
    for one, other in ((public, complaint), (complaint, public)):
        assert "要单独办" in here.say("王芳", f"并单 {one.number} {other.number}").said_to("@王芳")
    assert {here.ticket(public).status, here.ticket(complaint).status} == {"open"}


@pytest.mark.parametrize("words", ["撤回", "1", "补充 又坏了"])
def test_what_was_merged_one_way_and_then_the_other_leads_nowhere(here: Neighbourhood, words: str) -> None:
    first, second = here.report(), here.report(summary="3幢2单元电梯坏了")
    here.say("李明", f"并单 {first.number} {second.number}")
    here.say("张女士", f"重办 {first.number} 不是一件事")
    here.say("李明", f"并单 {second.number} {first.number}")
    here.say("张女士", f"撤回 {first.number}")
    assert {here.ticket(first).status, here.ticket(second).status} == {"withdrawn"}
    assert here.say("张女士", words).to("@张女士")


def test_whoever_took_his_back_hears_no_more_of_the_other(here: Neighbourhood) -> None:
    first, second = merged(here)
    here.say("老刘", f"重办 {second.number} 不是一件事")
    here.say("老刘", f"撤回 {second.number} 好了")
    here.say("李明", f"接单 {first.number}")
    assert not here.say("李明", f"办结 {first.number} 换了皮带").to("@老刘")


@pytest.mark.parametrize("answer", ["3 还是乱收", "评价 {n} 3 还是乱收"])
def test_of_two_complaints_made_one_both_say_how_it_went(here: Neighbourhood, answer: str) -> None:
    first = here.report(summary="物业不管电梯，我住402", category="complaint", private=True, against="property")
    second = here.report("老刘", "物业乱收费", category="complaint", private=True, against="property")
    here.say("王芳", f"并单 {second.number} {first.number}")
    here.say("王芳", f"接单 {first.number}")
    done = here.say("王芳", f"办结 {first.number} 已经谈过了")
    assert f"评价 {first.number} 3" in done.buttons_for("@老刘")
    shown = here.say("老刘", f"详情 {first.number}").said_to("@老刘")
    assert "402" not in shown and "不管电梯" not in shown and "张女士" not in shown
    here.say("小陈", answer.format(n=first.number))
    assert not here.ratings(first)
    here.say("老刘", answer.format(n=first.number))
    assert here.ratings(first) == [(3, "还是乱收")] and here.ticket(first).status == "taken"


@pytest.mark.parametrize("private", [False, True])
def test_that_it_cannot_be_done_is_told_to_him_too(here: Neighbourhood, private: bool) -> None:
    first, second = merged(here, target_private=private)
    here.say("李明", f"接单 {first.number}")
    here.say("李明", f"客观办不了 {first.number} 楼里没有管道井")
    [told] = here.say("王芳", f"批准 {first.number}").to("@老刘")
    assert "客观上办不了" in told.text and f"重办 {second.number}" in told.text
    assert ("管道井" in told.text) is not private and not told.buttons
    here.say("老刘", f"重办 {second.number} 隔壁楼就装上了")
    assert here.ticket(second).status == "open"


def test_what_the_first_reporter_ends_aloud_is_told_to_him_who_did_not_hear_it(here: Neighbourhood) -> None:
    first, second = merged(here)
    said = here.decided("张女士", Acts(first.id, "withdraw"), "unit")
    assert here.ticket(first).status == "withdrawn"
    [told] = said.to("@老刘")
    assert "不用办了" in told.text and f"重办 {second.number}" in told.text and "张女士" not in told.text
    here.say("老刘", f"重办 {second.number} 我这里还是停")
    assert here.ticket(second).status == "open"


@pytest.mark.parametrize("private", [False, True])
def test_among_his_own_he_finds_what_his_went_into_by_his_own_words(here: Neighbourhood, private: bool) -> None:
    first, second = merged(here, target_private=private)
    here.say("李明", f"接单 {first.number}")
    mine = here.say("老刘", "我的").said_to("@老刘")
    assert f"{first.number} {second.summary}，" in mine and mine.startswith("您反映的1件")
    assert "402" not in mine and second.number not in mine
    listed = here.say("张女士", "我的").said_to("@张女士")
    assert f"{first.number} {first.summary}" in listed and listed.count(first.number) == 1
    here.say("李明", f"办结 {first.number} 换了皮带")
    here.say("张女士", "1")
    assert first.number not in here.say("老刘", "我的").said_to("@老刘")


def test_his_own_that_went_into_his_own_stands_there_once(here: Neighbourhood) -> None:
    first, second = here.report(), here.report(summary="3幢2单元电梯坏了")
    here.say("李明", f"并单 {second.number} {first.number}")
    mine = here.say("张女士", "我的").said_to("@张女士")
    assert mine.splitlines()[1:] == [line for line in mine.splitlines() if first.summary in line]


def test_that_staff_take_it_for_no_report_is_told_to_him_too(here: Neighbourhood) -> None:
    first, second = merged(here)
    [told] = here.say("李明", f"不是报事 {first.number}").to("@老刘")
    assert here.ticket(first).status == "rejected"
    assert "不是报事" not in told.text and f"重办 {second.number}" in told.text and "张女士" not in told.text
    here.say("老刘", f"重办 {second.number} 我这里还是停")
    assert here.ticket(second).status == "open"
