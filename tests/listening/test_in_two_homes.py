"""What fails in two homes is the house's: who says 我家也是 to cold water makes it a public repair. What comes down
from one home into another, and a tap or a lamp of one's own, stays where it is."""

from __future__ import annotations

import pytest

from handlers.listening.in_two_homes import fails_in_two_homes
from tests.listening.story import Story


def told(first: str, *others: str, name: str = "402秦姐") -> Story:
    story = Story()
    story.say("302阿光", first, group="u")
    for text in others:
        story.say(name, text, group="u")
    return story


@pytest.mark.parametrize(
    ("first", "too"),
    [
        ("我家厨房龙头没水了", "我家也没有"),
        ("水龙头一开全是黄锈", "我家也黄"),
        ("卫生间地漏往上冒脏水，臭得很", "我家也冒了，马桶咕噜咕噜响"),
        ("我家马桶返水了，冲不下去", "一样，刚拖干净又冒"),
        ("家里暖气片冰凉，穿着羽绒服", "我屋里也冷，孩子手都红了"),
        ("我家洗澡水一下烫一下冰", "我家也是，忽冷忽热"),
        ("我家网断了，上不了课", "我这也断了"),
        ("我家水压小得热水器点不着", "+1"),
        ("我家厨房下水道反水，臭死了", "同款，我家厨房也返"),
        ("我家厨房烟道倒灌，一屋子烟", "我家也灌进来了"),
    ],
)
def test_what_two_homes_have_is_a_public_repair(first: str, too: str) -> None:
    assert told(first).only.known.category == "home_repair"
    story = told(first, too)
    assert story.only.voices == ["402秦姐"]
    assert story.only.known.category == "public_repair"


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        ("我家厨房下面的水管喷了，关不住", "我家天花板开始滴了，快点"),
        ("我家卫生间顶上滴水", "我家墙也湿了一片"),
        ("我家厨房龙头关不紧，滴答一夜", "我家的也滴，换个阀芯就好"),
        ("我家卧室灯不亮了", "我家也不亮过，换个灯泡"),
        ("我家窗户把手断了", "我家也断了"),
        ("我家马桶堵了，水下不去", "我也不懂，叫个师傅通通"),
        ("我家马桶堵了，水下不去", "我帮你问问物业"),
        ("我家地漏返水了", "我家没有，是不是你家堵了"),
        ("我家没热水了", "热水器打得着火吗"),
        ("我家地漏返水了", "我也来看看"),
    ],
)
def test_what_one_home_has_stays_a_repair_at_home(first: str, answer: str) -> None:
    assert "public_repair" not in [ticket.known.category for ticket in told(first, answer).tickets]


def test_another_of_the_same_home_only_says_it_again() -> None:
    story = told("我家厨房龙头没水了", "我家也没有热水", name="302阿光媳妇")
    assert [ticket.known.category for ticket in story.tickets] == ["home_repair"]


def test_staff_and_the_reporter_do_not_make_it_two_homes() -> None:
    story = told("我家地漏返水了")
    story.work("我也去看看")
    story.say("302阿光", "我家马桶也冒了", group="u")
    assert story.only.known.category == "home_repair"
    assert not fails_in_two_homes(story.play.lines[-1], story.only.known)
