"""He who has just reported something reports something else: a ticket of its own, also where he does not say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.two_matters import FILES, judged, read_rows
from tests.listening.story import Story, reader

NEXT = [
    ("垃圾桶满出来两天了", "我家马桶冲不下去"),
    ("楼梯扶手松了", "我家空调外机上有个马蜂窝"),
    ("广场舞声音太吵", "我们这层的声控灯不亮"),
    ("北门闸机坏了抬不起来", "邻居家狗半夜叫个不停"),
    ("有人高空扔瓜皮", "健身器材那个转盘断了"),
    ("晚上工地还在打桩", "我家厕所墙上冒水珠"),
]
GOES_ON = [
    ("楼上天天拖椅子", "半夜一点还在砸东西 我血压都高了"),
    ("我家厨房水龙头关不紧", "一晚上接了一盆"),
    ("外墙瓷砖掉了一块", "差点砸到人"),
    ("我家下水道反味", "地漏用塑料袋堵着"),
    ("南门保安夜里不在岗", "外卖随便进"),
]
TURNED = [
    ("送外卖的把我鞋架撞烂不认账", "还有个事 后门那条路全是坑"),
    ("1栋门口水沟盖板断了", "还有哈 岗亭那个摄像头歪起的"),
    ("隔壁在公共走道装了个铁门", "再说个事 楼下烧柴火熏得慌"),
    ("电梯轿厢地板烂了个洞", "再报一个 顶楼避雷针好像断了"),
]


def _in_a_row(first: str, second: str) -> tuple[Story, list[tuple[str, ...]]]:
    """Both by one speaker, and what was told of each matter, also of those that only staff are shown."""
    story = Story()
    story.say("老向", first, group="u")
    story.say("老向", second, group="u")
    return story, [ticket.known.texts for ticket in story.play.tickets.values()]


@pytest.mark.parametrize(("first", "second"), NEXT)
def test_his_next_matter_is_no_more_of_his_first(first: str, second: str) -> None:
    assert _in_a_row(first, second)[1] == [(first,), (second,)]


@pytest.mark.parametrize(("first", "second"), GOES_ON)
def test_what_his_trouble_does_is_more_of_it(first: str, second: str) -> None:
    assert _in_a_row(first, second)[1] == [(first, second)]


@pytest.mark.parametrize(("first", "second"), TURNED)
def test_who_says_that_he_comes_to_something_else_is_believed(first: str, second: str) -> None:
    story, told = _in_a_row(first, second)
    assert told == [(first,), (second,)]
    assert story.tickets[-1].known.texts == (second,)


@pytest.mark.parametrize(
    "line",
    ["对了，今晚谁去打球", "再说一句 大家辛苦了", "另外谁家有多的葱", "对了 我家猫自己回来了", "顺便问下 谁会修自行车"],
)
def test_the_lead_alone_makes_no_matter_of_talk(line: str) -> None:
    story, _ = _in_a_row("楼道灯坏了", line)
    assert len(story.tickets) == 1


def test_what_goes_with_nothing_of_his_is_shown_to_staff() -> None:
    story, told = _in_a_row("楼下装修周末还在敲", "我家下水道反味")
    assert told == [("楼下装修周末还在敲",), ("我家下水道反味",)]
    assert len(story.tickets) == 1


@pytest.mark.parametrize(("path", "sunk", "split"), [(FILES[0], 66, 7), (FILES[1], 46, 6)])
def test_of_strangers_pairs_no_more_sink_than_before(path: Path, sunk: int, split: int) -> None:
    """Two writers' pairs: 110 and 73 of those that are two matters sank before this was learned, 61 and 41 since."""
    found = judged(read_rows(path), reader())
    assert found[True]["joined"] <= sunk
    assert found[True]["nothing"] <= 3
    assert found[False]["opened"] <= split
