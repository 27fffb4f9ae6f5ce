"""Danger told at the door: who is called, in how many letters, what the group is told, what it is not."""

from __future__ import annotations

import pytest

from handlers.texts import say
from tests.commands.neighbourhood import Neighbourhood

CALLED = {"unit", "unit-staff", "@李明", "@赵师傅"}


def called(heard: object) -> set[str]:
    return {str(letter.to.chat) for letter in heard.letters}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("电梯停在五楼，里面有位老太太在拍门", "lift"),
        ("楼道里一股臭鸡蛋味，怕是漏气", "gas"),
        ("602阳台往外窜火", "fire"),
        ("外公下楼时摔倒了，满头是血", "hurt"),
        ("孩子放学没到家，老师说早走了，电话关机", "missing"),
        ("后面池塘有小孩掉进水里", "water"),
        ("有人拎着菜刀在楼道里骂", "violence"),
        ("车棚积水带电，我腿都麻了", "electric"),
        ("楼道里好大的烟", "fire"),
        ("充电棚冒火花", "fire"),
        ("我妈洗澡晕过去了", "hurt"),
        ("水从门缝进来了，已经到膝盖", "water"),
        ("有人撬我家门", "violence"),
        ("四楼小孩爬到窗台外面去了，家里没大人", "height"),
    ],
)
def test_each_kind_calls_the_same_and_says_what_to_do(here: Neighbourhood, told: str, kind: str) -> None:
    heard = here.say("老刘", told, "unit")
    assert called(heard) == CALLED
    assert len(heard.letters) == len(CALLED), "nobody gets two"
    first_words = say(f"emergency.{kind}", phones="119").partition("：")[0]
    assert first_words in heard.said_to("unit")


@pytest.mark.parametrize(
    ("who", "room"), [("李明", "unit"), ("赵师傅", "unit"), ("赵师傅", "unit-staff"), ("王芳", "unit-staff")]
)
@pytest.mark.parametrize("told", ["3幢着火了，大家先下楼", "有人晕倒在楼下", "二单元电梯困人了，我马上到"])
def test_danger_that_staff_tell_is_raised_like_anybodys(here: Neighbourhood, who: str, room: str, told: str) -> None:
    heard = here.say(who, told, room)
    assert called(heard) >= {"unit-staff", "@李明"} - {f"@{who}"}
    assert ("unit" in called(heard)) == (room == "unit")


@pytest.mark.parametrize(
    "told",
    [
        "下午3点在3幢做电梯困人演练，请勿惊慌",
        "油锅起火千万别浇水，盖上锅盖",
        "楼下炒辣椒，楼道里都是油烟",
        "昨天困在电梯里的王奶奶已经救出来了，人没事",
        "【通知】燃气泄漏怎么办，请看附件",
        "火灭了，人都安全，回去吧",
    ],
)
def test_drills_notices_and_what_is_over_call_nobody(here: Neighbourhood, told: str) -> None:
    assert here.say("李明", told, "unit").letters == []


def test_the_same_fire_told_again_calls_nobody_twice(here: Neighbourhood) -> None:
    here.say("老刘", "5楼阳台冒黑烟", "unit")
    here.wait(minutes=1)
    again = here.say("张女士", "501着火了，烟都飘上来了", "unit")
    assert all(letter.mode == "edit" for letter in again.letters)
    from_staff = here.say("李明", "5楼着火了，我在楼下带消防", "unit")
    assert "@赵师傅" not in called(from_staff) or all(letter.mode == "edit" for letter in from_staff.to("@赵师傅"))


def test_whoever_is_beaten_is_heard_and_the_group_learns_nothing(here: Neighbourhood) -> None:
    heard = here.say("张女士", "老公打我，我躲在厕所里不敢出去", "unit")
    assert not heard.to("unit") and not heard.to("unit-staff")
    assert heard.said_to("@张女士") == say("sensitive.reporter")
    assert {"@王芳", "@吴主任"} <= called(heard)


def test_violence_that_comes_out_in_the_second_line_takes_back_the_first_card(here: Neighbourhood) -> None:
    here.say("老刘", "502又在摔东西，吵得没法睡", "unit")
    here.wait(seconds=40)
    heard = here.say("老刘", "502女的在喊救命，他在扇她耳光", "unit")
    assert {"@王芳", "@吴主任"} <= called(heard)
    for letter in (*heard.to("unit"), *heard.to("unit-staff")):
        assert letter.mode == "edit" and "耳光" not in letter.text and "摔东西" not in letter.text


def test_staff_ask_for_silence_and_the_card_no_longer_says_where(here: Neighbourhood) -> None:
    first = here.say("老刘", "有个男的在踹401的门，里面的姑娘不敢开", "unit")
    assert first.to("unit")
    here.wait(seconds=50)
    heard = here.say("李明", "我和民警上来了，群里先别说是哪一户", "unit")
    for letter in heard.to("unit"):
        assert letter.mode == "edit" and "401" not in letter.text
    later = here.say("李明", "人带走了，没事了", "unit")
    assert "401" not in later.said_to("unit")


def test_the_card_says_what_made_it_an_emergency(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯坏了", "unit")
    heard = here.say("张女士", "里面有人，老人被困在里面了", "unit")
    [ticket] = here.tickets()
    assert ticket.urgency == 3
    assert "老人被困在里面了" in heard.said_to("unit-staff")
    assert "电梯坏了" in heard.said_to("unit-staff")
