"""Visits told in passing, as one tells a colleague: by the name alone, several doors at once, with a wish."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from domain.messages import Address, Edited, Outgoing, Said, Sender
from handlers.context import Context
from handlers.dispatch import handle
from storage.tables import visits
from tests.care.conftest import Town
from tests.care.test_visits import entries, open_doors, tickets

STAFF_ROOM = "s:grid:yunqi"
MORNING = "2026-03-10 10:00"
WHERE = pytest.mark.parametrize("chat", [None, STAFF_ROOM], ids=["in private", "in the staff's room"])


def tells(
    town: Town,
    text: str,
    user: str = "u:limin",
    chat: str | None = None,
    *,
    message: str | None = None,
    edit: bool = False,
) -> list[str]:
    """Says it in private or in a room, or edits a message; what we answer there."""
    at = Address("playground", chat or f"private:{user}")

    def work(ctx: Context) -> list[Outgoing]:
        said = (Edited if edit else Said)(
            at=at,
            id=message or f"{town.now}:{text}",
            sender=Sender(user, ctx.store.people.account("playground", user, "", town.now).name),
            sent_at=town.now,
            private=chat is None,
            text=text,
        )
        return handle(ctx, said)

    return [one.text for one in town.do(work) if one.to == at and one.card is None]


@WHERE
@pytest.mark.parametrize(
    ("text", "door", "person"),
    [
        ("刚去看了陈奶奶，挺精神的", "3-1-201", "陈奶奶"),
        ("走访 陈奶奶 在家，都好", "3-1-201", "陈奶奶"),
        ("#走访 陈奶奶 在家，都好", "3-1-201", "陈奶奶"),
        ("陈奶奶家敲门没人应，电话打通了，在菜场", "3-1-201", "陈奶奶"),
        ("老周不在家，电话打了，说在女儿家", "5-1-101", "老周"),
        ("周德福今天气色不错，药按时吃", "5-1-101", "周德福"),
        ("王阿姨那边上门了，在睡午觉", "3-2-402", "王阿姨"),
    ],
)
def test_somebody_on_his_list_is_known_by_name(town: Town, text: str, door: str, person: str, chat: str | None) -> None:
    [answer] = tells(town.at(MORNING), text, chat=chat)
    assert answer == f"记下了：{door} {person}，这次走访算上了。"
    [entry] = entries(town)
    assert (entry.household, entry.person_name) == (door, person)
    assert door not in open_doors(town)
    assert tickets(town) == []


@WHERE
@pytest.mark.parametrize(
    "text", ["王奶奶家去过了，血压有点高，想要个轮椅", "3-2-402王奶奶家去过了，血压有点高，想要个轮椅"]
)
def test_what_was_wished_for_becomes_a_ticket(town: Town, text: str, chat: str | None) -> None:
    [answer] = tells(town.at(MORNING), text, chat=chat)
    [ticket] = tickets(town)
    assert answer == f"记下了：3-2-402 王奶奶，这次走访算上了。\n要办的事登记了：{ticket.number}。"
    assert (ticket.category, ticket.urgency, ticket.private) == ("consultation", 1, True)
    assert ticket.summary == "王奶奶想要个轮椅"
    assert (ticket.where.building, ticket.where.unit, ticket.where.room) == ("3", "2", "402")
    assert [entry.ticket for entry in entries(town)] == [ticket.id]
    assert "3-2-402" not in open_doors(town)


@pytest.mark.parametrize(
    "text",
    [
        "明天去看陈奶奶",
        "陈奶奶今天谁去看",
        "王奶奶的轮椅到了吗",
        "老周你来一下居委会",
        "谢谢老周帮忙搬东西",
        "陈奶奶家的水管修好了",
        "老周面馆看了吗",
    ],
)
def test_a_name_alone_is_no_visit(town: Town, text: str) -> None:
    tells(town.at(MORNING), text, chat=STAFF_ROOM)
    assert entries(town) == []
    assert len(open_doors(town)) == 4


@pytest.mark.parametrize(
    "text",
    ["今天没空去看陈奶奶", "忘了去看陈奶奶了", "来不及去陈奶奶家了", "我忘了给陈奶奶打电话", "听说陈奶奶身体不太好"],
)
def test_whom_nobody_has_seen_is_still_due(town: Town, text: str) -> None:
    tells(town.at(MORNING), text)
    assert "3-1-201" in open_doors(town)
    assert entries(town) == []


@pytest.mark.parametrize("text", ["给陈奶奶打了电话，没接", "陈奶奶没接电话，等会再打"])
def test_who_did_not_pick_up_is_still_due(town: Town, text: str) -> None:
    tells(town.at(MORNING), text)
    assert "3-1-201" in open_doors(town)


@pytest.mark.parametrize(
    "text", ["昨天去看了陈奶奶，挺好的", "前天走访了3-1-201，都好", "上周去看过陈奶奶，还不错", "昨天去了3-1-201，都好"]
)
def test_a_visit_told_late_leaves_today_due(town: Town, text: str) -> None:
    tells(town.at("2026-03-18 10:00"), text)
    assert len(entries(town)) == 1 and "3-1-201" in open_doors(town)
    due = town.do(lambda ctx: ctx.store.connection.execute(select(visits.c.due_on)).scalars().all())
    assert len(due) == 1 and due[0] < date(2026, 3, 18)


def test_a_visit_told_late_can_be_put_right(town: Town) -> None:
    tells(town.at("2026-03-18 10:00"), "昨天去看了陈奶奶，挺好的", message="late")
    tells(town, "昨天去看了王奶奶，挺好的", message="late", edit=True)
    plans = select(visits.c.plan_id)
    [plan] = town.do(lambda ctx: [ctx.store.visits.get(one) for one in ctx.store.connection.execute(plans).scalars()])
    assert plan.household == "3-2-402"


@pytest.mark.parametrize(
    "text",
    [
        "看了陈奶奶，昨天去看了医生，血压好些了", "去看了陈奶奶，她昨天去了超市，挺好的",
        "看了陈奶奶，她女儿昨天去看了她，一切正常", "看了陈奶奶，老人家前天去了趟银行，都好",
    ],
)  # fmt: skip
def test_what_she_did_yesterday_is_told_of_today(town: Town, text: str) -> None:
    tells(town.at(MORNING), text)
    assert "3-1-201" not in open_doors(town)


def test_whom_another_worker_looks_after_is_not_guessed_at(town: Town) -> None:
    assert tells(town.at(MORNING), "刚去看了陈奶奶，挺精神的", user="u:zhaoqiang") == []
    assert entries(town) == []


def test_a_resident_who_tells_of_his_own_call_is_not_taken_for_a_worker(town: Town) -> None:
    tells(town.at(MORNING), "我刚去看了陈奶奶，挺精神的", user="u:zhang", chat="g:unit:3-2")
    assert entries(town) == []


def test_of_two_who_may_be_meant_he_is_asked(town: Town) -> None:
    def another(ctx: Context) -> None:
        area = next(one for one in ctx.store.areas.below("/", "estate") if one.name == "云栖里")
        door = ctx.store.households.add(area.id, "6-1-101", ctx.now)
        resident = ctx.store.households.add_resident(door.id, "陈小英", called="陈奶奶")
        ctx.store.visits.plan(door.id, limin, "daily", ctx.now.date(), resident=resident)

    limin = town.at(MORNING).person("李敏")
    town.do(another)
    [answer] = tells(town, "刚去看了陈奶奶，挺精神的")
    assert "云栖里3-1-201" in answer and "云栖里6-1-101" in answer
    assert "3-1-201" in open_doors(town)
    town.at("2026-03-10 10:05")
    tells(town, "#走访 云栖里6-1-101 陈奶奶，挺精神的")
    assert [(one.person_name, bool(one.subjects)) for one in entries(town)] == [("陈奶奶", True)]
    assert "6-1-101" not in open_doors(town) and "3-1-201" in open_doors(town)


@WHERE
def test_a_round_is_answered_in_one_line(town: Town, chat: str | None) -> None:
    [answer] = tells(town.at(MORNING), "3-1-201陈奶奶挺好，3-2-402没人，5-1-302在", chat=chat)
    assert answer == (
        "记下了3户：3-1-201、3-2-402、5-1-302。算上走访2次。\n"
        "3-2-402没见到人，走访还留着，方便时再去看看，或者打个电话。"
    )
    assert sorted(one.household for one in entries(town)) == ["3-1-201", "3-2-402", "5-1-302"]
    assert open_doors(town) == ["3-2-402", "5-1-101"]


@WHERE
@pytest.mark.parametrize(
    "text",
    [
        "陈奶奶家敲门没人应",
        "3-1-201没人在家",
        "#走访 3-1-201 敲了门没人应，打电话也不接",
        "陈奶奶电话打不通",
        "给陈奶奶打了电话，关机",
        "微信联系了陈奶奶，没回",
        "3-1-201敲门没应，陈奶奶三天没下楼了",
    ],
)
def test_a_door_that_stays_shut_is_written_down_and_still_due(town: Town, text: str, chat: str | None) -> None:
    [answer] = tells(town.at(MORNING), text, chat=chat)
    assert answer.endswith("3-1-201没见到人，走访还留着，方便时再去看看，或者打个电话。")
    assert [entry.household for entry in entries(town)] == ["3-1-201"]
    assert "3-1-201" in open_doors(town)


@WHERE
@pytest.mark.parametrize("text", ["她女儿说在医院复查", "3-1-201又去了，陈奶奶在家，刚买菜回来"])
def test_whoever_is_reached_afterwards_counts(town: Town, text: str, chat: str | None) -> None:
    tells(town.at(MORNING), "3-1-201陈奶奶家敲门没人应", chat=chat)
    tells(town.at("2026-03-10 10:04"), text, chat=chat)
    assert len(entries(town)) == 1
    assert "3-1-201" not in open_doors(town)


def test_each_of_a_round_keeps_its_own_words_and_wish(town: Town) -> None:
    tells(town.at(MORNING), "#走访 陈奶奶在家都好，王奶奶想申请轮椅")
    [chen, wang] = entries(town)
    assert ("陈奶奶" in chen.text, "轮椅" in chen.text, "轮椅" in wang.text) == (True, False, True)
    [ticket] = tickets(town)
    assert (chen.ticket, wang.ticket) == (None, ticket.id)


def test_a_door_called_at_again_has_one_entry(town: Town) -> None:
    tells(town.at(MORNING), "3-2-402敲门没人应，3-1-201陈奶奶在", chat=STAFF_ROOM)
    tells(town.at("2026-03-10 15:00"), "402又去了，王奶奶在家，去配眼镜了", chat=STAFF_ROOM)
    told = {one.household: one.text for one in entries(town)}
    assert set(told) == {"3-1-201", "3-2-402"}
    assert "配眼镜" in told["3-2-402"] and "配眼镜" not in told["3-1-201"]


def test_the_estate_said_afterwards_puts_the_entry_to_its_door(town: Town) -> None:
    def same_number(ctx: Context) -> int:
        garden = ctx.store.areas.find("/", name="锦园")[0]
        return ctx.store.households.add(garden.id, "3-1-101", ctx.now).id

    there = town.at(MORNING).do(same_number)
    assert "锦园3-1-101" in tells(town, "3-1-101 老人血压160，头晕", user="u:zhouli")[0]
    tells(town.at("2026-03-10 10:03"), "锦园3-1-101老人血压160", user="u:zhouli")
    [entry] = entries(town)
    assert "头晕" in entry.text
    assert town.do(lambda ctx: [one.id for one in ctx.store.diary.of_household(there)]) == [entry.id]


def test_a_visit_is_no_emergency_but_somebody_found_lying_is(town: Town) -> None:
    tells(town.at(MORNING), "3-1-201陈奶奶家敲门没人应", chat=STAFF_ROOM)
    assert tickets(town) == []
    tells(town.at("2026-03-10 10:20"), "3-1-201陈奶奶家去了，老人晕倒在地上叫不醒", chat=STAFF_ROOM)
    assert [(one.category, one.urgency) for one in tickets(town)] == [("emergency", 3)]


def test_a_door_put_right_by_an_edit_is_the_one_that_counts(town: Town) -> None:
    tells(town.at(MORNING), "3-1-201敲了门，人在家，都好", chat=STAFF_ROOM, message="one")
    assert "3-1-201" not in open_doors(town)
    tells(town.at("2026-03-10 10:02"), "3-2-402敲了门，人在家，都好", chat=STAFF_ROOM, message="one", edit=True)
    assert [entry.household for entry in entries(town)] == ["3-2-402"]
    assert "3-1-201" in open_doors(town) and "3-2-402" not in open_doors(town)


def test_a_door_of_an_estate_that_nobody_has_entered_is_not_ours(town: Town) -> None:
    tells(town.at(MORNING), "刚去看了水院宿舍3-1-201的钱阿姨，腿消肿了，自己能下床")
    [entry] = entries(town)
    assert entry.household == "水院宿舍3-1-201"


ASKED = "是出门了、搬走了，还是过世了"


@WHERE
@pytest.mark.parametrize("text", ["王奶奶走了", "3-2-402王奶奶走了", "王奶奶昨晚走了", "王奶奶不在了"])
def test_of_somebody_gone_it_is_asked_what_is_meant_and_no_visit_counted(
    town: Town, text: str, chat: str | None
) -> None:
    [answer] = tells(town.at(MORNING), text, chat=chat)
    assert ASKED in answer and "算上了" not in answer
    assert [entry.text for entry in entries(town)] == [text] or "3-2-402" in entries(town)[0].household
    assert "3-2-402" in open_doors(town)


@pytest.mark.parametrize(
    "text", ["王奶奶过世了", "王奶奶昨天去世了", "王奶奶走了，家里在办后事", "王奶奶搬走了", "老周搬去儿子家了"]
)
def test_who_is_gone_for_good_is_no_visit(town: Town, text: str) -> None:
    [answer] = tells(town.at(MORNING), text)
    assert "走访没有算上" in answer and ASKED not in answer
    assert len(entries(town)) == 1 and len(open_doors(town)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "王奶奶过世老伴的抚恤金还没办下来，心情还好",
        "王奶奶去世三年的丈夫单位来慰问了，她挺高兴",
        "王奶奶搬家具，我帮了一把，身体不错",
        "王奶奶搬到客厅睡了，说暖和",
        "王奶奶搬走了一些杂物，楼道清爽了",
    ],
)
def test_who_lost_somebody_or_moved_things_is_there(town: Town, text: str) -> None:
    said = "".join(tells(town.at(MORNING), text))
    assert "走访没有算上" not in said and ASKED not in said


@pytest.mark.parametrize("reply", ["王奶奶过世了", "王奶奶搬走了"])
def test_what_was_meant_is_written_to_the_same_entry(town: Town, reply: str) -> None:
    tells(town.at(MORNING), "王奶奶走了")
    [answer] = tells(town.at("2026-03-10 10:02"), reply)
    assert "走访没有算上" in answer
    [entry] = entries(town)
    assert reply in entry.text and "3-2-402" in open_doors(town)


@pytest.mark.parametrize(
    "text",
    ["王奶奶走了，挺精神的", "走了王奶奶家，都好", "刚看了王奶奶走了", "王奶奶家走了一趟", "3-2-402走了，都好"],
)
def test_walking_there_is_a_visit(town: Town, text: str) -> None:
    [answer] = tells(town.at(MORNING), text)
    assert "算上了" in answer and "3-2-402" not in open_doors(town)


def test_beside_all_well_too_somebody_gone_is_not_ticked_off(town: Town) -> None:
    first, second = tells(town.at("2026-03-10 08:20"), "都好，王奶奶走了")
    assert "3户都记上了" in first and ASKED in second
    assert open_doors(town) == ["3-2-402"]
