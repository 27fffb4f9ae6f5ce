"""我的信息, 更正, 删除我的信息: what is kept of somebody is shown to him, put right, and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from handlers.texts import say
from storage.cipher import WrongKey
from storage.store import Store
from storage.tables import accounts, audit_log, metadata, residents
from tests.commands.neighbourhood import CHANNEL, START, Neighbourhood

PHONE = "13812345678"
WORDS = "阳光花园3幢2单元楼道灯坏了，晚上看不见路"


@pytest.fixture
def home(here: Neighbourhood) -> Neighbourhood:
    """张女士 is bound to 3-2-501, where her file has her phone and her health."""

    def bind(store: Store) -> None:
        person = store.people.add(here.areas["district"], "张丽华", START)
        here.people["张女士"] = person
        store.people.bind_account(store.people.account(CHANNEL, "张女士", "张女士", START).id, person)
        door = store.households.add(here.areas["unit"], "3-2-501", START)
        store.households.add_resident(
            door.id, "张丽华", phone=PHONE, health="糖尿病", consent_on=START.date(), person=person
        )

    here.database.write(bind)
    return here


def ended(here: Neighbourhood, text: str = WORDS, room: str | None = "unit") -> str:
    """She says it, it is done and rated; its number."""
    here.say("张女士", text, room)
    number = here.tickets()[-1].number
    here.say("李明", f"接单 {number}")
    here.say("李明", f"办结 {number} 换了灯泡")
    here.say("张女士", f"评价 {number} 1 张丽华谢谢你们")
    return number


def everything(here: Neighbourhood) -> str:
    """Every value of every table, opened where it is sealed."""

    def read(store: Store) -> str:
        found: list[str] = []
        for table in metadata.sorted_tables:
            for row in store.connection.execute(select(table)).mappings():
                found += [_opened(store, f"{table.name}.{name}", value) for name, value in row.items()]
        return "\n".join(found)

    return here.read(read)


def _opened(store: Store, field: str, value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return store.cipher.open_text(value, field)
    except (WrongKey, UnicodeDecodeError):
        return value.hex()


# shown


def test_one_is_shown_what_is_kept_and_nobody_else_is(home: Neighbourhood) -> None:
    number = ended(home)
    told = home.say("张女士", "我的信息").said_to("@张女士")
    for word in (
        "张丽华",
        "138****5678",
        "3-2-501",
        f"1件（{number}），0件还在办",
        "身体情况：有记录",
        "不记我：没开",
        "72小时",
    ):
        assert word in told, word
    assert PHONE not in told and "糖尿病" not in told
    assert "138" not in home.say("老刘", "我的信息").said_to("@老刘")
    assert say("own.no_tickets") in home.say("老刘", "mydata").said_to("@老刘")


@pytest.mark.parametrize("command", ["我的信息", "更正 电话 13911112222", "删除我的信息", "删除我的信息 确认"])
def test_never_in_a_group(home: Neighbourhood, command: str) -> None:
    before = everything(home)
    for room in ("unit", "unit-staff"):
        heard = home.say("张女士", f"#{command}", room)
        assert heard.texts == [say("command.in_private")]
    assert PHONE in before and PHONE in everything(home)


def test_staff_see_their_posts(home: Neighbourhood) -> None:
    assert "一网格网格员" in home.say("李明", "我的信息").said_to("@李明")


# put right


def test_a_phone_and_a_name_on_which_nothing_hangs_one_changes_oneself(home: Neighbourhood) -> None:
    assert "139****2222" in home.say("张女士", "更正 电话 13911112222").said_to("@张女士")
    assert "张丽花" in home.say("张女士", "更正 姓名：张丽花").said_to("@张女士")
    told = home.say("张女士", "我的信息").said_to("@张女士")
    assert "139****2222" in told and "张丽花" in told and "张丽华" not in told


def test_the_phone_of_a_worker_stays_his(home: Neighbourhood) -> None:
    """By the list of people a worker is known: no resident gets into it by giving out a worker's number as hers."""
    home.database.write(lambda store: store.people.add(home.areas["district"], "何工", START, "13700000001"))
    home.say("张女士", "更正 电话 13700000001")
    found = home.read(lambda store: store.people.by_phone("13700000001"))
    assert found is not None and found.name == "何工"


def test_a_door_is_for_the_community_to_check(home: Neighbourhood) -> None:
    heard = home.say("张女士", "更正 门牌是3-2-502，不是501")
    [asked] = heard.to("@陈干事")
    assert "3-2-501" in asked.text and "门牌是3-2-502，不是501" in asked.text
    assert "陈干事" in heard.said_to("@张女士") and len(heard.letters) == 2
    assert home.tickets() == [] and home.read(lambda store: _door(store, home.people["张女士"])) == "3-2-501"
    # What she says next is a matter of its own.
    home.say("张女士", "我家厨房下水道堵了")
    assert [one.summary for one in home.tickets()] == ["我家厨房下水道堵了"]


def _door(store: Store, person: int) -> str:
    found = store.households.home_of(person)
    return found.key if found is not None else ""


def test_who_is_away_is_not_asked_and_a_stranger_is_asked_where_he_lives(home: Neighbourhood) -> None:
    home.say("陈干事", "请假")
    assert home.say("张女士", "更正 信息不对").to("@王芳")
    assert home.say("新来的", "更正 我的电话不对").texts == [say("listening.where_do_you_live")]


def test_what_puts_a_report_right_is_for_the_listener(home: Neighbourhood) -> None:
    home.say("张女士", "更正，是5幢2单元")
    assert home.tickets() == []


def test_a_name_on_which_care_hangs_is_not_hers_to_change(home: Neighbourhood) -> None:
    def look_after(store: Store) -> None:
        [door] = store.households.find("/", "3-2-501")
        [resident] = store.households.residents_of(door.id)
        store.visits.plan(door.id, home.people["李明"], "weekly", START.date(), resident=resident.id)

    home.database.write(look_after)
    home.say("张女士", "更正 姓名 张三")
    assert "张丽华" in home.say("张女士", "我的信息").said_to("@张女士")


# erased


def test_asked_once_then_nothing_leads_to_her_and_the_figures_stay(home: Neighbourhood) -> None:
    number = ended(home)
    home.say("张女士", "今天天气真好", "unit")
    home.say("张女士", "备注 阳光1 我是张丽华，谢谢", None)
    [asked] = home.say("张女士", "删除我的信息").to("@张女士")
    assert "找不回来" in asked.text and [button.command for button in asked.buttons] == ["删除我的信息 确认"]
    assert "张丽华" in everything(home)
    told = home.press("张女士", asked.buttons[0].command).said_to("@张女士")
    assert "删好了" in told
    after = everything(home)
    # Our answer itself has to be told where to go.
    assert after.count("@张女士") == 1
    for trace in (PHONE, "糖尿病", "张丽华谢谢", "晚上看不见路", "今天天气真好", "我是张丽华"):
        assert trace not in after, trace
    # What is left of the name stands in the household file, which is the community's.
    assert after.count("张丽华") == 1
    assert home.read(lambda store: store.connection.execute(select(residents.c.name, residents.c.person_id)).one()) == (
        "张丽华",
        None,
    )
    [ticket] = home.tickets()
    assert (ticket.number, ticket.status, ticket.rating, ticket.reporter_name) == (number, "closed", 1, "居民")
    assert ticket.reporter_account is None and ticket.reporter_person is None
    assert (ticket.summary, ticket.where.building, ticket.result) == (
        "阳光花园3幢2单元楼道灯坏了",
        "3",
        "换了灯泡",
    )


def test_the_audit_says_that_it_was_done_and_nothing_more(home: Neighbourhood) -> None:
    home.say("张女士", "删除我的信息 确认")
    rows = home.read(lambda store: store.connection.execute(select(audit_log)).mappings().all())
    [row] = [row for row in rows if row["action"] == "erase_me"]
    assert row["data"] == {} and row["subject"] == f"account:{row['account_id']}" and row["person_id"] is None


def test_whoever_writes_again_is_a_stranger(home: Neighbourhood) -> None:
    ended(home)
    home.say("张女士", "删除我的信息 确认")
    told = home.say("张女士", "我的信息").said_to("@张女士")
    assert say("own.unbound") in told and say("own.no_tickets") in told


def test_what_is_open_must_end_first(home: Neighbourhood) -> None:
    home.say("张女士", WORDS, "unit")
    told = home.say("张女士", "删除我的信息 确认").said_to("@张女士")
    assert "撤回 阳光1" in told and PHONE in home.read(lambda store: _phones(store))
    home.say("张女士", "撤回 阳光1")
    assert "删好了" in home.say("张女士", "删除我的信息 确认").said_to("@张女士")
    assert PHONE not in home.read(lambda store: _phones(store))


def _phones(store: Store) -> list[str]:
    return [store.cipher.open_text(row.phone, "residents.phone") for row in store.connection.execute(select(residents))]


def test_the_words_of_ones_own_home_go_with_the_place(home: Neighbourhood) -> None:
    ended(home, "我家卫生间水管漏了，在3幢2单元501", None)
    home.say("张女士", "删除我的信息 确认")
    [ticket] = home.tickets()
    assert ticket.summary == say("own.erase.blank") and ticket.where.room is None and ticket.where.building == "3"
    assert "卫生间" not in everything(home)


def test_done_and_not_rated_is_closed_and_nobody_is_asked_or_called(home: Neighbourhood) -> None:
    home.say("张女士", WORDS, "unit")
    home.say("李明", "办结 阳光1 换了灯泡")
    home.say("张女士", "删除我的信息 确认")
    assert [one.status for one in home.tickets()] == ["closed"]
    assert "张" not in "".join(home.wait(hours=80).texts)


def test_a_card_held_for_the_morning_is_not_said_any_more(home: Neighbourhood) -> None:
    home.wait(hours=13.5)  # 22:30
    ticket = home.report(summary="3幢2单元201漏水，我家老人摔了", category="home_repair")
    home.say("张女士", f"撤回 {ticket.number}")
    home.say("张女士", "删除我的信息 确认")
    assert home.wait(hours=12).said_to("unit-staff") == ""
    after = everything(home)
    assert "老人摔了" not in after and after.count("张女士") == 1


def test_a_card_that_hangs_changes_though_a_change_of_it_is_on_its_way(home: Neighbourhood) -> None:
    """The sender has the withdrawn card in hand, with her name, when she is erased."""
    ticket = home.report(summary="3幢2单元201漏水，我家老人摔了", category="home_repair")
    home.do("张女士", f"撤回 {ticket.number}")
    going = home.claim()
    assert any("老人摔了" in letter.text for letter in going)
    home.do("张女士", "删除我的信息 确认")
    home.database.write(lambda store: [store.outbox.again(one, home.now, "no answer") for one in going] and None)
    last = home.deliver().to("unit-staff")[-1]
    assert last.mode == "edit" and "居民" in last.text and say("own.erase.blank") in last.text
    after = everything(home)
    assert "老人摔了" not in after and "张女士9:00" not in after


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_what_could_not_be_delivered_is_not_tried_again(home: Neighbourhood, state: str) -> None:
    ticket = home.report(summary="3幢2单元201漏水，我家老人摔了", category="home_repair")
    home.do("张女士", f"撤回 {ticket.number}")
    going = home.claim()
    home.database.write(lambda store: [store.outbox.give_up(one.id, state, "no answer") for one in going] and None)
    home.say("张女士", "删除我的信息 确认")
    assert home.database.write(lambda store: store.outbox.retry(None)) == 0
    assert "老人摔了" not in everything(home)


def test_whoever_was_told_of_a_private_matter_reads_no_word_of_it_any_more(home: Neighbourhood) -> None:
    home.say("张女士", "私聊 我家卫生间水管漏了，在3幢2单元501")
    [number] = [one.number for one in home.tickets()]
    home.say("李明", f"接单 {number}")
    home.say("李明", f"办结 {number} 换了管子")
    heard = home.say("张女士", "删除我的信息 确认")
    assert say("own.erase.blank") in heard.said_to("@李明") and "卫生间" not in heard.said_to("@李明")
    assert "卫生间" not in everything(home)


def test_not_to_be_recorded_outlives_the_erasing(home: Neighbourhood) -> None:
    home.say("张女士", "不记我")
    assert "不记我" in home.say("张女士", "删除我的信息 确认").said_to("@张女士")
    rows = home.read(lambda store: store.connection.execute(select(accounts).where(accounts.c.opted_out)).all())
    assert [(row.user_id, row.person_id, row.private_chat) for row in rows] == [("张女士", None, None)]
    assert home.say("张女士", WORDS, "unit").texts == [] and home.tickets() == []


def test_a_worker_cannot_make_himself_unknown(home: Neighbourhood) -> None:
    assert home.say("李明", "删除我的信息 确认").texts == [say("own.erase.staff")]
    assert home.read(lambda store: store.people.get(home.people["李明"])).name == "李明"


def test_the_words_of_a_button_go_with_whose_they_are(home: Neighbourhood) -> None:
    """A platform too narrow for the command carries an id of ours, and we keep the words."""
    for text in (WORDS, "3幢2单元电梯停了"):
        home.report(summary=text)
    asked = home.say("张女士", "撤回 是我自己看错了，其实是我家201的灯，实在对不起")
    commands = asked.buttons_for("@张女士")
    assert len(commands) == 2
    others = ["转办 阳光1 滨江区综合行政执法局长河中队", "绑定码 3-2-501 张丽华 家属"]

    def give(store: Store) -> list[int]:
        return [store.button_texts.keep(command, home.now) for command in (*commands, *others)]

    ids = home.database.write(give)
    for number in ("阳光1", "阳光2"):
        home.say("张女士", f"撤回 {number}")
    assert "删好了" in home.say("张女士", "删除我的信息 确认").said_to("@张女士")
    left = home.read(lambda store: [store.button_texts.get(one) for one in ids])
    assert left == [None, None, others[0], None]
