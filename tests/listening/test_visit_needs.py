"""What a worker finds or is asked for on a visit becomes a ticket; what was seen to on the spot does not."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    ("note", "room"),
    [
        ("3-1-203刘阿姨一个人，说厨房水龙头关不严一直滴，我叫物业去换", "203"),
        ("6-1-102李大爷家窗户关不上漏风，屋里才14度，他说弄不了", "102"),
        ("5-2-102老两口跑风那小阀门锈死拧不开，让给换一个", "102"),
        ("2-1-301瞎奶奶灶屋那根电线皮都化了，挨着柴火，得叫电工来换", "301"),
        ("1-2-502易大爷家电视没信号，我下午带人去看", "502"),
        ("4-2-304小周轮椅电瓶不行，我报残联", "304"),
        ("6-2-101吉大娘提了个事，高龄补贴十月起没到账，问过两回没下文", "101"),
        ("6-2-103小黄进卫生间要爬，前年装的扶手两颗螺丝松脱了，他不肯说，我看见的", "103"),
        ("6-2-102冯嫂问失业补助几月份到卡，人都好", "102"),
        ("3-2-601阿婆一个人，煤气软管硬得像树枝，一掰就裂", "601"),
        ("3-1-101邱奶奶平时六点就坐门口，今早没下来，敲门没应声，电视是开的", "101"),
        ("6-2-304刚出院，家里没人做饭，想订社区食堂送餐", "304"),
    ],
)
def test_a_need_told_with_a_visit_is_a_ticket(note: str, room: str) -> None:
    story = Story()
    story.work(note)
    assert len(story.play.diary) == 1
    assert story.only.known.where.room == room


@pytest.mark.parametrize(
    "note",
    [
        "正隆塑胶，灭火器六个过期，通知书开了",
        "3-1-202魏师傅，门口鞋柜占道，自己搬进去了",
        "6-1-302回访，报警器响不响试了，响的，老太太会按了",
        "喜来旺烤肉，后厨气罐跟灶挨着，我让挪了，老板答应今天接防爆管",
        "5-1-201敲门没人，门口贴了春联还没撕",
        "5-1-202敲了三遍没应，灯亮着，应该是睡着了，下午再来",
        "好运来理发店二楼隔了个板间住人，电线乱接，叫老板三天拆完",
        "亮堂眼镜验光室灯管坏了一根，问了说自己换，别的没啥",
        "2-1-304马桶皮碗烂了，我买了一只给装上，不漏了",
    ],
)
def test_what_was_seen_to_needs_nobody(note: str) -> None:
    story = Story()
    story.work(note, group="d")
    assert story.tickets == []


def test_the_next_line_about_a_need_goes_into_its_ticket() -> None:
    story = Story()
    story.work("6-1-102李大爷家窗户关不上漏风，他说弄不了")
    story.work("老龄办那边我给他申请")
    assert len(story.only.known.lines) == 2


def test_he_is_named_again_after_a_quarter_of_an_hour() -> None:
    story = Story()
    story.work("上午去了两家：3-1-102老两口都在；6-1-301小余家，透析回来，脸色还行")
    story.work("小余还提了一件事，爬三楼吃力，问能不能借爬楼机", after=14)
    assert [len(entry["from"]) for entry in story.play.diary] == [1, 2]
    assert story.only.known.where.room == "301"


@pytest.mark.parametrize(
    "call",
    ["汤奶奶刚给我打电话，说厨房水龙头关不严，一宿一盆，求个人给拧拧", "下午霍伯又打来，说卫生间扶手松了，一撑就晃"],
)
def test_a_call_that_a_worker_took(call: str) -> None:
    story = Story()
    story.work(call)
    assert story.only.known.category == "home_repair"


def test_what_he_says_of_a_neighbours_matter_is_no_need_of_the_last_door() -> None:
    story = Story()
    story.work("3-1-302、3-1-402都没人，条贴了", group="u")
    story.say("401章医生", "三楼上四楼的扶手一拉就晃，焊口裂了", group="u")
    story.work("刚摸了，是裂了，喊物业焊", group="u")
    assert len(story.only.known.lines) >= 1
