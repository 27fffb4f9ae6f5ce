"""Staff answer the card in their own room in plain words, without quoting it and without its number."""

from __future__ import annotations

import pytest

from tests.commands.neighbourhood import Neighbourhood

LAMP = "楼道灯不亮了，晚上黑漆漆的"
LIFT = "3幢2单元电梯又坏了，老人被困在里面"


def _statuses(here: Neighbourhood) -> list[str]:
    return [ticket.status for ticket in here.tickets()]


@pytest.mark.parametrize(
    "words", ["我来", "我去看看", "收到，马上过去", "我马上过去", "我来处理", "在路上了", "好的，这就去"]
)
@pytest.mark.parametrize("report", [LAMP, LIFT])
def test_the_only_card_is_taken(here: Neighbourhood, report: str, words: str) -> None:
    here.say("张女士", report, "unit")
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["taken"]


@pytest.mark.parametrize(
    ("report", "words"),
    [(LAMP, "修好了"), (LAMP, "换了个灯头，亮了"), (LIFT, "人救出来了，没事"), (LIFT, "人出来了，已经送去医院")],
)
def test_and_told_done(here: Neighbourhood, report: str, words: str) -> None:
    here.say("张女士", report, "unit")
    here.say("李明", "我来", "unit-staff")
    here.wait(minutes=20)
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["done"] or _statuses(here) == ["closed"]


def test_of_two_cards_the_words_pick_one(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.wait(minutes=3)
    here.say("老刘", "3幢2单元门口垃圾堆了三天没人收", "unit")
    here.say("李明", "垃圾我叫保洁去", "unit-staff")
    assert _statuses(here) == ["open", "taken"]
    here.say("李明", "灯我来换", "unit-staff")
    assert _statuses(here) == ["taken", "taken"]
    here.wait(minutes=30)
    here.say("李明", "垃圾清走了", "unit-staff")
    assert _statuses(here) == ["taken", "done"]


@pytest.mark.parametrize("words", ["今天下午两点开会", "谁有梯子借一下", "中午吃啥", "收到请回复", "辛苦了"])
def test_other_talk_of_staff_takes_nothing(here: Neighbourhood, words: str) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("李明", words, "unit-staff")
    assert _statuses(here) == ["open"]


def test_handing_on_and_up(here: Neighbourhood) -> None:
    here.say("张女士", "水压很低，三楼以上早上都没水", "unit")
    here.say("李明", "这个归水务", "unit-staff")
    assert [ticket.department is not None for ticket in here.tickets()] == [True]
    here.say("老刘", LAMP, "unit")
    here.say("李明", "灯的事报上去吧", "unit-staff")
    assert here.tickets()[-1].tier == "community"


def test_what_hangs_in_another_room_is_not_meant(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("陈干事", "我来", "community-staff")
    assert _statuses(here) == ["open"]


TAKING = [
    "我来",
    "我去看看",
    "这就去",
    "马上安排",
    "好的收到，我联系电工",
    "我上午过去",
    "等下我绕过去看看",
    "我跟物业说一声",
    "叫师傅去了",
    "安排了",
    "收到，下午去",
    "已联系维保",
    "电工在路上",
    "行，我跑一趟",
    "交给我",
    "这个我跟",
    "我处理",
]
FINISHING = [
    "修好了",
    "换好了",
    "弄好了",
    "好了，灯亮了",
    "已处理",
    "已经解决",
    "搞定",
    "搞定了",
    "换了个灯泡",
    "修好了，试过了",
    "处理完毕",
    "灯已换新",
    "完事了",
    "师傅修好走了",
    "线接上了，亮了",
]
OFFICE = [
    "我来晚了",
    "我去吃饭了",
    "明天我去街道开会",
    "我马上到会议室",
    "昨天的表我交了",
    "表格填好了发群里了",
    "材料报上去了",
    "通知我发好了",
    "名单我来统计",
    "台账补好了",
    "今天谁值班",
    "照片我传上去了",
    "王主任找你",
    "下班了",
    "辛苦辛苦",
    "👍",
    "我在外面，一会儿回来",
    "打印机修好了",
    "群公告我来发",
    "我下午请假",
    "电费我交了",
    "我家灯坏了还没换呢",
    "会议改到三点",
    "上次那个电梯早修好了",
]


def _week_by_week(here: Neighbourhood, lines: list[str], *, taken: bool) -> dict[str, str]:
    """What the only card in the room has become after each of the lines, each in a week of its own."""
    became = {}
    for text in lines:
        here.say("张女士", LAMP, "unit")
        if taken:
            here.say("李明", "我来", "unit-staff")
        here.wait(minutes=30)
        before = here.tickets()[-1].status
        heard = here.say("李明", text, "unit-staff")
        last = here.tickets()[-1]
        became[text] = "asked" if last.status == before and heard.letters else last.status
        if last.status in ("open", "taken"):
            here.say("李明", f"办结 {last.number} 换了灯", "unit-staff")
        here.wait(days=7, minutes=-30)
    return became


def test_many_ways_of_taking_it(here: Neighbourhood) -> None:
    became = _week_by_week(here, TAKING, taken=False)
    assert {text: status for text, status in became.items() if status != "taken"} == {}


def test_many_ways_of_saying_that_it_is_done(here: Neighbourhood) -> None:
    became = _week_by_week(here, FINISHING, taken=True)
    assert {text: status for text, status in became.items() if status != "done"} == {}


@pytest.mark.parametrize("taken", [False, True])
def test_what_is_said_of_the_office_itself_does_nothing(here: Neighbourhood, taken: bool) -> None:
    became = _week_by_week(here, OFFICE, taken=taken)
    assert {text: status for text, status in became.items() if status != ("taken" if taken else "open")} == {}


def test_which_of_two_in_hand_is_asked_never_guessed(here: Neighbourhood) -> None:
    here.say("张女士", LIFT, "unit")
    here.say("李明", "我马上过去", "unit-staff")
    here.say("老刘", LAMP, "unit")
    here.say("李明", "灯我来换", "unit-staff")
    heard = here.say("李明", "都安顿好了，没事", "unit-staff")
    assert "哪一件" in heard.said_to("@李明") and _statuses(here) == ["taken", "taken"]


def test_who_was_freed_was_freed_from_the_lift_not_from_the_lamp(here: Neighbourhood) -> None:
    here.say("张女士", LIFT, "unit")
    here.say("李明", "我马上过去", "unit-staff")
    here.say("老刘", LAMP, "unit")
    here.say("李明", "灯我来换", "unit-staff")
    here.say("李明", "人救出来了，没事", "unit-staff")
    assert _statuses(here) == ["closed", "taken"]


def test_in_his_own_chat_it_is_the_card_that_came_to_him(here: Neighbourhood) -> None:
    heard = here.say("张女士", LIFT, "unit")
    assert heard.to("@李明")
    here.say("李明", "我马上过去")
    assert _statuses(here) == ["taken"]


def test_of_the_only_one_in_hand_it_is_asked_whether_it_is_meant(here: Neighbourhood) -> None:
    here.say("张女士", LIFT, "unit")
    here.say("李明", "我马上过去", "unit-staff")
    heard = here.say("李明", "水管接好了，不漏了", "unit-staff")
    assert "哪一件" not in heard.said_to("@李明") and "电梯" in heard.said_to("@李明")
    assert heard.buttons_for("@李明") == [f"办结 {here.tickets()[0].number}"]


def test_what_is_done_of_another_thing_is_asked_before_it_ends_the_only_card(here: Neighbourhood) -> None:
    here.say("张女士", "我家卫生间天花板滴水，应该是楼上漏的", "unit")
    here.say("李明", "我马上过去", "unit-staff")
    here.say("李明", "车库去看了 是有人烧纸 已经灭了", "unit-staff")
    assert _statuses(here) == ["taken"]
