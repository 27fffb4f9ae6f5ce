"""A door called on twice in one day has two entries; what is only added to the first call stays in its entry."""

from __future__ import annotations

import pytest

from nlu.diary import parse_visits, wish
from nlu.visit_pieces import Setting
from tests.listening.story import Story

ROUND_OF_TWO = "上午：青松苑 7-1-201 郝奶奶，血压稳；7-1-202门锁着，对门说去买菜了"


def entries(story: Story) -> list[tuple[str, list[int]]]:
    return [(entry["household"], entry["from"]) for entry in story.play.diary]


@pytest.mark.parametrize(
    ("later", "after"),
    [("电话问了7-1-202，人在女儿家，都好", 10), ("7-1-202打通了，人在外地，月底回", 200)],
)
def test_reached_after_nobody_was_in(later: str, after: float) -> None:
    story = Story()
    story.work(ROUND_OF_TWO, group="d")
    story.work(later, group="d", after=after)
    assert entries(story)[-2:] == [("青松苑-7-1-202", [1]), ("青松苑-7-1-202", [2])]


def test_sat_with_her_hours_later() -> None:
    story = Story()
    story.work(ROUND_OF_TWO, group="d")
    story.work("下午陪郝奶奶聊了半个钟头，精神蛮好", group="d", after=240)
    assert entries(story)[-1] == ("青松苑-7-1-201", [2])


@pytest.mark.parametrize("later", ["郝奶奶刚给我打电话，说睡得还行", "郝奶奶那水管换好了，她高兴得很"])
def test_word_of_the_first_call_or_of_work_done_there_is_no_second_call(later: str) -> None:
    story = Story()
    story.work(ROUND_OF_TWO, group="d")
    story.work(later, group="d", after=240)
    assert len(entries(story)) == 2


@pytest.mark.parametrize(
    ("note", "door"),
    [
        ("电话回访青松苑3-1-201邹阿姨，她腿好多了", "青松苑 3-1-201"),
        ("青松苑那排一楼看过了，3-1-101邹阿姨家都好", "青松苑 3-1-101"),
        ("桃园 12-3-301 廖奶奶不在家，邻居说去打牌了", "桃园 12-3-301"),
    ],
)
def test_the_estate_said_apart_from_the_door(note: str, door: str) -> None:
    visit = parse_visits(note, setting=Setting(several=True))[0]
    assert f"{visit.estate} {visit.household}" == door


def test_new_tenants_are_no_repair() -> None:
    assert [visit.household for visit in parse_visits("走了两户：2-3-204租户换了，姓仝；2-3-301都好")] == [
        "2-3-204",
        "2-3-301",
    ]


def test_met_in_a_shop() -> None:
    assert parse_visits("理发店碰到老文，问了，药按时吃") == ()


def test_a_promise_stands_for_the_trouble_before_it() -> None:
    story = Story()
    story.work("今天去了9-4-203马阿爹那里，精神蛮好，医保卡丢了，我陪他补")
    assert story.only.known.where.room == "203"
    assert wish("精神蛮好，医保卡丢了，我陪他补") == "医保卡丢了，我陪他补"


def test_an_estate_said_in_short_is_the_one_named_before() -> None:
    story = Story()
    story.work("桃园小区1-1-102丁奶奶在家，都好", group="d")
    story.work("桃园3-1-201陆大妈，血压正常", group="d", after=40)
    assert [door for door, _ in entries(story)] == ["桃园小区-1-1-102", "桃园小区-3-1-201"]


def test_a_firm_named_again_by_its_first_two_characters() -> None:
    story = Story()
    story.work("宏远面粉厂去了，老板在，灭火器过期，让他换", group="d")
    story.work("宏远又去看了，新的挂上了", group="d", after=200)
    assert entries(story) == [("宏远面粉厂", [1]), ("宏远面粉厂", [2])]
