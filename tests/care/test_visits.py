"""A visit told in a worker's words: the entry, the tick, the door, and the ticket that comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.archive import Resident
from domain.diary import Entry, Subject
from domain.errors import Refused
from domain.listening import Notes
from domain.messages import Outgoing
from domain.tickets import Ticket
from handlers.care.entries import Round, answer_round, write
from handlers.care.today import due_today, today
from handlers.command import parse
from handlers.command import run as run_command
from handlers.context import Context, Speaker
from nlu.people import tells_of_health
from tests.care.conftest import Town

WHEELCHAIR = "#走访 3-2-402 王奶奶血压偏高，要申请轮椅"


def command(town: Town, text: str, user: str = "u:limin", chat: str | None = None) -> list[Outgoing]:
    parsed = parse(text, addressed=chat is None or chat.startswith("s:"))
    assert parsed is not None, text
    return town.says(user, text, lambda ctx, speaker: run_command(ctx, speaker, parsed), chat=chat)


def note(town: Town, notes: Notes, text: str, user: str = "u:limin", chat: str | None = None) -> list[Outgoing]:
    def told(ctx: Context, speaker: Speaker) -> list[Outgoing]:
        return answer_round(ctx, speaker, Round({0: write(ctx, speaker, notes, speaker.line)}))

    return town.says(user, text, told, chat=chat)


def entries(town: Town) -> list[Entry]:
    return town.do(lambda ctx: ctx.store.diary.all())


def tickets(town: Town) -> list[Ticket]:
    return town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open", "taken", "proposed")))


def open_doors(town: Town, user: str = "李敏") -> list[str]:
    worker = town.person(user)
    return town.do(lambda ctx: [visit.plan.household for visit in due_today(ctx, worker, today(ctx))])


# the story of the issue


def test_the_wheelchair(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), WHEELCHAIR)
    [entry] = entries(town)
    assert (entry.household, entry.person_name, entry.kind) == ("3-2-402", "王奶奶", "resident")
    assert "血压偏高" in entry.text
    assert "3-2-402" not in open_doors(town)
    [ticket] = tickets(town)
    assert ticket.on_behalf_of == "王奶奶"
    assert ticket.private and ticket.category == "consultation"
    assert "轮椅" in ticket.summary
    assert (ticket.where.building, ticket.where.unit, ticket.where.room) == ("3", "2", "402")
    assert entry.ticket == ticket.id
    answer = said[-1].text
    assert ticket.number in answer and "走访" in answer


def test_health_never_reaches_a_residents_room(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), WHEELCHAIR, chat="g:unit:3-2")
    residents = town.do(
        lambda ctx: {group.chat for group in ctx.store.areas.all_groups() if group.audience == "residents"}
    )
    assert said
    assert [one for one in said if getattr(one.to, "chat", None) in residents] == []


def test_a_visit_without_a_wish_is_a_note(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), "#走访 3-1-201 陈奶奶一切都好，药按时吃")
    assert tickets(town) == []
    assert len(entries(town)) == 1
    assert "3-1-201 陈奶奶" in said[-1].text


def test_the_entry_is_sealed_and_found_from_both_sides(town: Town) -> None:
    command(town.at("2026-03-10 10:00"), WHEELCHAIR)
    raw = b"".join(
        town.do(lambda ctx: [row[0] for row in ctx.store.connection.exec_driver_sql("select text from diary_entries")])
    )
    assert "血压".encode() not in raw

    def both(ctx: Context) -> tuple[list[Entry], Resident]:
        [door] = ctx.store.households.find("/", "3-2-402", "云栖里")
        [resident] = ctx.store.households.residents_of(door.id)
        return ctx.store.diary.of_household(door.id), resident

    by_door, resident = town.do(both)
    assert len(by_door) == 1 and Subject("resident", resident.id) in by_door[0].subjects


# which door


def test_an_unknown_door_gets_a_file_in_his_own_area(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), "#走访 5-2-501 新搬来的小夫妻，一切都好")
    assert "5-2-501原来没有档案，已经建好" in said[-1].text

    def door(ctx: Context) -> tuple[str, str]:
        [household] = ctx.store.households.find("/", "5-2-501")
        return household.estate, ctx.store.areas.get(household.area).name

    assert town.do(door) == ("云栖里", "云栖里5幢2单元")


def test_a_door_that_several_estates_have_is_asked_about(town: Town) -> None:
    town.do(lambda ctx: ctx.store.households.add(_estate(ctx, "锦园"), "3-1-101", ctx.now))
    said = command(town.at("2026-03-10 10:00"), "#走访 3-1-101 老人一切都好", user="u:zhouli")
    assert "云栖里3-1-101" in said[-1].text and "锦园3-1-101" in said[-1].text
    # Said again with the estate, it stands once in the diary, at its door.
    command(town.at("2026-03-10 10:05"), "#走访 锦园3-1-101 老人一切都好", user="u:zhouli")
    [entry] = entries(town)
    assert entry.subjects and entry.household == "锦园3-1-101"


def test_the_door_alone_is_the_answer_to_which_door_it_was(town: Town) -> None:
    town.do(lambda ctx: ctx.store.households.add(_estate(ctx, "锦园"), "3-1-101", ctx.now))
    command(town.at("2026-03-10 07:50"), "#走访 3-1-101 老人血压160，头晕，要申请轮椅", user="u:zhouli")
    said = command(town.at("2026-03-10 08:10"), "#走访 锦园3-1-101", user="u:zhouli")
    [entry], [ticket] = entries(town), tickets(town)
    assert entry.household == "锦园3-1-101" and "血压160，头晕" in entry.text
    assert "轮椅" in ticket.summary and ticket.number in said[-1].text


def test_a_visit_to_the_same_number_elsewhere_takes_no_words_from_the_first(town: Town) -> None:
    town.do(lambda ctx: ctx.store.households.add(_estate(ctx, "锦园"), "3-1-101", ctx.now))
    command(town.at("2026-03-10 10:00"), "#走访 3-1-101 老人血压160，头晕", user="u:zhouli")
    command(town.at("2026-03-10 15:00"), "#走访 锦园3-1-101 小两口刚搬来，一切都好", user="u:zhouli")
    assert [(one.household, "血压" in one.text) for one in entries(town)] == [("3-1-101", True), ("锦园3-1-101", False)]


def test_a_wish_behind_a_doubtful_door_is_registered_once(town: Town) -> None:
    town.do(lambda ctx: ctx.store.households.add(_estate(ctx, "锦园"), "3-1-101", ctx.now))
    command(town.at("2026-03-10 10:00"), "#走访 3-1-101 老人要申请轮椅", user="u:zhouli")
    assert tickets(town) == []
    command(town.at("2026-03-10 10:05"), "#走访 锦园3-1-101 老人要申请轮椅", user="u:zhouli")
    [ticket] = tickets(town)
    assert ticket.where.estate == "锦园"


def test_words_that_name_no_door_are_refused_with_an_example(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        command(town.at("2026-03-10 10:00"), "#走访 今天天气不错")
    assert refused.value.key == "care.visit_how"


def test_a_colleagues_visit_counts(town: Town) -> None:
    command(town.at("2026-03-10 10:00"), "#走访 3-2-402 王奶奶精神不错", user="u:zhouli")
    assert "3-2-402" not in open_doors(town)


def test_residents_have_no_diary(town: Town) -> None:
    with pytest.raises(Refused):
        note(town.at("2026-03-10 10:00"), Notes("3-2-402", "resident", "看过了"), "看过了", user="u:zhang")
    assert entries(town) == []


# told in talk


def test_talk_among_residents_is_kept_without_a_word(town: Town) -> None:
    told = Notes("3-2-402", "resident", "刚看过王奶奶，精神不错", person="王奶奶")
    assert note(town.at("2026-03-10 10:00"), told, told.note, chat="g:unit:3-2") == []
    assert "3-2-402" not in open_doors(town)


def test_a_photo_afterwards_belongs_to_the_same_entry(town: Town) -> None:
    first = "走访3-2-402王奶奶，精神不错"
    note(town.at("2026-03-10 10:00"), Notes("3-2-402", "resident", first), first, chat="s:grid:yunqi")
    line = town.do(lambda ctx: ctx.store.diary.lines_of(ctx.store.diary.all()[0].id)[0])
    more = Notes("3-2-402", "resident", first, lines=(line,))
    assert note(town.at("2026-03-10 10:02"), more, "她说下周去体检", chat="s:grid:yunqi") == []
    [entry] = entries(town)
    assert entry.text == f"{first}\n她说下周去体检"
    assert len(town.do(lambda ctx: ctx.store.diary.lines_of(entry.id))) == 2


def test_a_firm_is_noted_by_its_name(town: Town) -> None:
    told = Notes("顺和面馆", "enterprise", "顺和面馆生意不错", person="老板")
    note(town.at("2026-03-10 10:00"), told, told.note, chat="s:grid:yunqi")
    [entry] = entries(town)
    assert (entry.household, entry.kind, entry.subjects) == ("顺和面馆", "enterprise", ())


# the commands around it


def test_the_diary_lists_a_door_and_the_week(town: Town) -> None:
    assert "还没有日记" in command(town.at("2026-03-10 09:00"), "#日记")[-1].text
    command(town.at("2026-03-10 10:00"), WHEELCHAIR)
    command(town.at("2026-03-10 20:00"), "#日记 晚上在小区走了一圈，路灯都亮")
    week = command(town.at("2026-03-10 20:05"), "#日记")[-1].text
    assert "2条" in week and "路灯都亮" in week and "3-2-402" in week
    assert "1条" in command(town, "#日记 3-2-402")[-1].text


def test_to_ask_for_the_diary_of_a_door_is_no_visit(town: Town) -> None:
    command(town.at("2026-03-09 10:00"), WHEELCHAIR)
    assert "1条" in command(town.at("2026-03-17 20:05"), "#日记 云栖里3-2-402")[-1].text
    assert len(entries(town)) == 1 and "3-2-402" in open_doors(town)
    for name in ("云栖里", "锦园"):
        town.do(lambda ctx, name=name: ctx.store.households.add(_estate(ctx, name), "9-1-101", ctx.now))
    which = command(town, "#日记 9-1-101", user="u:zhouli")[-1].text
    assert "云栖里9-1-101" in which and "锦园9-1-101" in which


def test_the_diary_of_another_area_is_not_shown(town: Town) -> None:
    command(town.at("2026-03-10 10:00"), WHEELCHAIR)
    said = command(town, "#日记 3-2-402", user="u:hejing")
    assert "血压" not in said[-1].text


def test_today_lists_and_says_when_there_is_nothing(town: Town) -> None:
    assert "走访4户" in command(town.at("2026-03-10 10:00"), "今日")[-1].text
    assert "今天没有要走访的" in command(town, "今日", user="u:mazg")[-1].text


def test_leave_for_three_days(town: Town) -> None:
    command(town.at("2026-03-10 08:00"), "请假 3天")
    assert [one.last for one in town.leaves("李敏")] == [date(2026, 3, 12)]


def _estate(ctx: Context, name: str) -> int:
    return ctx.store.areas.find("/", name=name)[0].id


# who reads it


def consents(ctx: Context, on: date | None) -> None:
    [door] = ctx.store.households.find("/", "3-2-402", "云栖里")
    for resident in ctx.store.households.residents_of(door.id):
        ctx.store.households.consent(resident.id, on)


def test_health_is_told_in_a_staff_group_only_of_those_who_agreed(town: Town) -> None:
    town.do(lambda ctx: consents(ctx, None))
    command(town.at("2026-03-10 10:00"), "#走访 3-2-402 王奶奶血压偏高，药快吃完了")
    command(town.at("2026-03-10 10:05"), "#走访 3-1-101 门口灯坏了自己换好了")
    in_group = command(town.at("2026-03-10 10:10"), "#日记", chat="s:grid:yunqi")[-1].text
    assert "3-2-402" in in_group and "血压" not in in_group and "私聊" in in_group
    assert "灯坏了" in in_group
    assert "血压" not in command(town, "#日记 3-2-402", chat="s:grid:yunqi")[-1].text
    assert "血压" in command(town, "#日记 3-2-402")[-1].text

    town.do(lambda ctx: consents(ctx, town.now.date()))
    assert "血压" in command(town, "#日记 3-2-402", chat="s:grid:yunqi")[-1].text


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("王奶奶血压偏高", True),
        ("老周上周住院了，刚回来", True),
        ("最近记性差，出门忘了关火", True),
        ("要申请轮椅", True),
        ("电梯有毛病，老是停", False),
        ("路灯坏了，晚上看不清", False),
        ("想办居住证，材料说了", False),
    ],
)
def test_what_tells_of_somebody_s_health(text: str, tells: bool) -> None:
    assert tells_of_health(text) is tells
