"""都好, 除了201, 请假: what becomes of the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.messages import Address, Outgoing, Person, Pressed, Said, Sender
from domain.visits import Visit
from handlers import dispatch
from handlers.care.contacts import answer_contacts
from handlers.care.today import due_today, morning_list, today
from handlers.context import Context
from tests.care.conftest import Town
from tests.domain.made import ticket


def answer(town: Town, text: str, user: str = "u:limin", card: str | None = None) -> list[Outgoing] | None:
    return town.says(user, text, lambda ctx, speaker: answer_contacts(ctx, speaker, text), card=card)


def open_doors(town: Town, worker: int) -> list[str]:
    def due(ctx: Context) -> list[Visit]:
        return due_today(ctx, worker, today(ctx))

    return [visit.plan.household for visit in town.do(due)]


def diary(town: Town, worker: int) -> list[tuple[str, str]]:
    entries = town.do(lambda ctx: [one for one in ctx.store.diary.all() if one.worker == worker])
    return sorted((entry.household, entry.text) for entry in entries)


def takes(town: Town, worker: int, seq: int, against: str | None) -> None:
    """He has a ticket in hand."""

    def work(ctx: Context) -> None:
        post = ctx.store.people.posts_of(worker)[0]
        seat = ctx.store.areas.seat(post.area_path)
        one = ticket(
            id=0, number=f"阳光{seq}", seq=seq, district=seat.district, community=seat.community, area=post.area,
            group=None, reporter_account=None, assignee=worker, status="taken", against=against,
        )  # fmt: skip
        ctx.store.tickets.insert(one, last_at=ctx.now)

    town.do(work)


def test_all_well_ticks_off_everybody(town: Town) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), "都好")
    assert said is not None and said[0].text == "好，4户都记上了，辛苦了。"
    assert open_doors(town, worker) == []
    assert diary(town, worker) == [
        (door, "电话联系，一切都好。") for door in ("3-1-201", "3-2-402", "5-1-101", "5-1-302")
    ]
    # Daily contact comes again; the weekly and monthly ones are done.
    assert open_doors(town.at("2026-03-11 08:00"), worker) == ["3-1-201"]
    assert open_doors(town.at("2026-03-16 08:00"), worker) == ["3-1-201", "3-2-402", "5-1-302"]


def test_all_but_one_leaves_that_one_and_asks_nothing(town: Town) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), "除了201")
    assert said is not None and "3户" in said[0].text and "3-1-201" in said[0].text
    assert "？" not in said[0].text
    assert open_doors(town, worker) == ["3-1-201"]


def test_who_did_not_answer_stays_on_the_list(town: Town) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), "都好，就陈奶奶没接电话")
    assert said is not None and "3户" in said[0].text and "3-1-201 陈奶奶" in said[0].text
    assert open_doors(town, worker) == ["3-1-201"]


def test_where_it_is_not_clear_who_is_left_nobody_is_ticked_off(town: Town) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), "都好，还有一户没打通")
    assert said is not None and "除了201" in said[0].text
    assert len(open_doors(town, worker)) == 4


def test_whoever_was_not_named_on_a_long_list_is_not_ticked_off_with_it(town: Town) -> None:
    worker = town.person("李敏")
    town.settings = replace(town.settings, morning=replace(town.settings.morning, visits_shown=3))
    listed = town.at("2026-03-10 08:00").do(lambda ctx: morning_list(ctx, worker, today(ctx))).text
    [hidden] = [door for door in open_doors(town, worker) if door not in listed]
    said = answer(town.at("2026-03-10 08:20"), "都好")
    assert said is not None and "3户都记上了" in said[0].text and f"还有1户：{hidden}" in said[0].text
    assert open_doors(town, worker) == [hidden]
    answer(town.at("2026-03-10 08:25"), "都好")
    assert open_doors(town, worker) == []


def test_a_door_that_is_not_on_the_list_ticks_off_nobody(town: Town) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), "除了909")
    assert said is not None and "909" in said[0].text
    assert len(open_doors(town, worker)) == 4
    assert diary(town, worker) == []


def test_said_twice_it_is_written_once(town: Town) -> None:
    answer(town.at("2026-03-10 08:20"), "都好")
    answer(town.at("2026-03-10 08:25"), "都好")
    assert len(diary(town, town.person("李敏"))) == 4


def test_an_exception_said_afterwards_takes_the_tick_back(town: Town) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), "都好")
    said = answer(town.at("2026-03-10 08:22"), "除了201")
    assert [one.text for one in said] == ["好，3-1-201 陈奶奶先留着，联系上了再说一声。"]
    assert open_doors(town, worker) == ["3-1-201"]
    assert [door for door, _ in diary(town, worker)] == ["3-2-402", "5-1-101", "5-1-302"]


def test_a_second_exception_ticks_off_nobody_who_was_left_before(town: Town) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), "除了402")
    answer(town.at("2026-03-10 08:22"), "除了201")
    assert open_doors(town, worker) == ["3-1-201", "3-2-402"]


def test_the_list_of_yesterday_is_answered_for_yesterday(town: Town) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-11 07:00"), "都好", card=f"morning:{worker}:2026-03-10")
    assert "3-1-201" in open_doors(town, worker)


def test_a_resident_and_other_words_are_left_to_the_listener(town: Town) -> None:
    town.at("2026-03-10 08:20")
    assert answer(town, "都好", user="u:zhang") is None
    assert answer(town, "电梯坏了") is None


def test_leave_hands_the_list_on(town: Town) -> None:
    deputy = town.person("周莉")
    said = answer(town.at("2026-03-10 08:05"), "请假")
    assert said is not None
    [handed] = [one for one in said if one.to == Person(deputy)]
    assert "3-2-402 王奶奶" in handed.text
    assert "周莉" in said[0].text
    assert [(one.first, one.last) for one in town.leaves("李敏")] == [(date(2026, 3, 10), date(2026, 3, 10))]


def test_who_stands_in_is_not_told_of_a_complaint_about_himself(town: Town) -> None:
    worker, deputy = town.person("李敏"), town.person("周莉")
    for seq, against in ((1, "community"), (2, None)):
        takes(town, worker, seq, against)
    said = answer(town.at("2026-03-10 08:05"), "请假")
    assert said is not None
    [handed] = [one for one in said if one.to == Person(deputy)]
    assert "阳光2" in handed.text and "阳光1" not in handed.text


def test_with_the_community_staff_away_it_goes_to_the_secretary(town: Town) -> None:
    answer(town.at("2026-03-10 08:00"), "请假", user="u:zhouli")
    said = answer(town, "请假")
    assert said is not None
    assert Person(town.person("陈卫红")) in [one.to for one in said]


def test_at_the_door_in_private_and_by_the_button(town: Town) -> None:
    """The whole way in: a word in the private chat, and a press on the list's button."""

    def said(ctx: Context) -> list[Outgoing]:
        sender = Sender("u:limin", "李敏")
        at = Address("playground", "private:u:limin")
        word = Said(at=at, id="1", sender=sender, sent_at=ctx.now, private=True, text="除了201")
        press = Pressed(at=at, id="2", sender=sender, sent_at=ctx.now, private=True, command="都好")
        return [*dispatch.handle(ctx, word), *dispatch.handle(ctx, press)]

    first, second = town.at("2026-03-10 08:20").do(said)
    assert "3户" in first.text and "1户" in second.text
    assert open_doors(town, town.person("李敏")) == []


def test_an_exception_that_is_not_on_the_list_changes_nothing(town: Town) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), "都好")
    said = answer(town.at("2026-03-10 08:22"), "除了201和999")
    assert said is not None and "999" in said[0].text and "201" not in said[0].text
    assert open_doors(town, worker) == []
    assert len(diary(town, worker)) == 4


@pytest.mark.parametrize(
    "text", ["都好，请假", "都好 今天请假", "都好，我下午请假", "都好。我今天不在", "都好，请假3天"]
)
def test_all_well_and_away(town: Town, text: str) -> None:
    said = answer(town.at("2026-03-10 08:05"), text)
    assert said is not None and said[0].text == "好，4户都记上了，辛苦了。"
    [leave] = town.leaves("李敏")
    assert (leave.last.day, leave.half) == (12 if "3天" in text else 10, "afternoon" if "下午" in text else None)
    [handed] = [one for one in said if one.to == Person(town.person("周莉"))]
    assert "3-1-201" not in handed.text


def test_all_but_one_and_away_hands_that_one_on(town: Town) -> None:
    said = answer(town.at("2026-03-10 08:05"), "都好，除了201，我请假")
    assert said is not None
    [handed] = [one for one in said if one.to == Person(town.person("周莉"))]
    assert "走访1户：3-1-201 陈奶奶" in handed.text


@pytest.mark.parametrize("text", ["都好，明天请假", "都好，我后天不在", "明天请假"])
def test_all_well_and_away_another_day(town: Town, text: str) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:05"), text)
    assert said is not None and "由周莉代，已经跟周莉说了" in str(said)
    [leave] = town.leaves("李敏")
    assert leave.first == leave.last == date(2026, 3, 12 if "后天" in text else 11)
    assert (open_doors(town, worker) == []) == text.startswith("都好")


@pytest.mark.parametrize(
    "text", ["都好，陈奶奶血压有点高", "都好，201血压有点高", "都好，就是陈奶奶血压有点高，药按时吃"]
)
def test_what_is_told_beside_reaches_her_entry(town: Town, text: str) -> None:
    worker = town.person("李敏")
    said = answer(town.at("2026-03-10 08:20"), text)
    assert said is not None and "3户都记上了" in said[0].text and "3-1-201" in said[-1].text
    assert open_doors(town, worker) == []
    assert len(diary(town, worker)) == 4
    [told] = [words for door, words in diary(town, worker) if door == "3-1-201"]
    assert "血压有点高" in told


def test_a_remark_and_an_exception_are_told_apart(town: Town) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), "都好，陈奶奶血压有点高，402没人")
    assert open_doors(town, worker) == ["3-2-402"]
    assert dict(diary(town, worker))["3-1-201"].startswith("陈奶奶血压有点高")


def test_a_wish_told_beside_becomes_a_ticket(town: Town) -> None:
    answer(town.at("2026-03-10 08:20"), "都好，陈奶奶想申请轮椅")
    [one] = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open",)))
    assert "轮椅" in one.summary


@pytest.mark.parametrize("text", ["201也联系上了", "陈奶奶打通了，没事", "201电话接了"])
def test_who_was_left_is_ticked_off_when_reached_after_all(town: Town, text: str) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), "除了201和402")
    said = answer(town.at("2026-03-10 16:00"), text)
    assert said is not None and said[0].text == "好，1户都记上了，辛苦了。"
    assert open_doors(town, worker) == ["3-2-402"]
    assert answer(town, text) is None


@pytest.mark.parametrize("text", ["还没联系上陈奶奶，其他都好", "陈奶奶出门了，其他都好", "都好，陈奶奶出门了"])
def test_who_is_still_out_of_reach_is_not_counted(town: Town, text: str) -> None:
    worker = town.person("李敏")
    answer(town.at("2026-03-10 08:20"), text)
    assert open_doors(town, worker) == ["3-1-201"]
