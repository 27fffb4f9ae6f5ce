"""One speaker, one breath, two reports: another thing is another matter, and going on about the first is not."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

ANOTHER = [
    ("楼道灯坏了", "快递柜打不开了"),
    ("电梯坏了", "垃圾没人收"),
    ("单元门关不上", "三楼有人在楼道里养鸡，臭得很"),
    ("路灯不亮", "井盖松了"),
    ("门禁刷不了卡", "楼道堆满纸箱"),
    ("5号楼楼道漆黑", "广场舞太吵了"),
    ("滑梯裂了", "有狗没拴绳"),
    ("楼顶漏水", "快递被偷了"),
    ("天花板漏水", "消防通道停满车"),
    ("电梯里有尿味", "路面有个大坑"),
    ("小孩秋千链子断了", "地库灯不亮"),
    ("暖气不热", "单元门口有狗屎"),
    ("道闸不识别车牌", "楼上半夜打麻将"),
    ("井盖翘起来了", "有人在过道养鸽子"),
    ("垃圾没分类箱", "道闸一直响"),
    ("儿童滑梯有个洞", "东门门禁刷不开"),
]
GOES_ON = [
    ("楼道灯坏了", "黑漆漆的看不见台阶"),
    ("电梯坏了", "我妈七十多了爬不动"),
    ("门禁坏了", "大门一直敞着，小偷随便进"),
    ("快递柜打不开了", "我的药在里面"),
    ("大门玻璃碎了", "一地的碎渣没人扫"),
    ("电梯卡在五楼", "门打不开"),
    ("5号楼楼道漆黑", "三个灯全坏了"),
    ("停电了", "电梯也停了"),
    ("水压太小", "热水器都打不着"),
    ("天花板漏水", "灯里都进水了"),
    ("有人把床垫扔门口", "挡着路轮椅过不去"),
    ("路面有个大坑", "下雨积水看不见"),
    ("外墙砖掉下来", "砸到我车顶了"),
    ("消防通道停满车", "救护车都进不来"),
    ("垃圾没人收", "门口全是老鼠"),
    ("树枝压到电线了", "风一吹冒火星"),
]


@pytest.mark.parametrize(("first", "second"), ANOTHER)
@pytest.mark.parametrize("after", [1, 8])
def test_another_thing_is_another_matter(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老向", first)
    story.say("老向", second, after=after)
    assert [texts[0] for texts in (ticket.known.texts for ticket in story.play.tickets.values())] == [first, second]


@pytest.mark.parametrize(("first", "second"), GOES_ON)
@pytest.mark.parametrize("after", [1, 8])
def test_what_it_does_and_how_it_is_stays_with_it(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老向", first)
    story.say("老向", second, after=after)
    assert len(story.play.tickets) == 1


@pytest.mark.parametrize(
    ("scrap", "rest"),
    [
        ("篮球场这里", "有条大黑狗没拴"),
        ("水表那里", "裂了 喷得满地"),
        ("12层走廊", "两个灯都不亮"),
        ("电梯", "按钮失灵"),
    ],
)
def test_the_rest_of_a_scrap_is_no_other_matter(scrap: str, rest: str) -> None:
    story = Story()
    story.say("老向", scrap)
    story.say("老向", rest, after=0.5)
    assert len(story.play.tickets) == 1
