"""A plain report opens a ticket: said into a silent group, or by somebody who has just told of something else."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

# No word in these lines says in so many words that something is broken or asked for.
PLAIN = [
    "楼道里一股尿骚味，憋着气才走得过去",
    "单元门口的路灯暗得跟蜡烛一样",
    "有个男的每层都按门把手，试哪家没锁，现在到五楼了",
    "隔壁养了二十几只猫，走廊里全是猫毛",
    "电梯里的灯一闪一闪的",
    "宿舍楼后面死了只黄鼠狼，几天了",
    "请问丧葬补助去哪个窗口办",
    "奶奶的赡养费四个子女只有我爸出，能起诉另外三个吗",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_said_into_a_silent_group_needs_no_word_for_it(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert len(story.tickets) == 1


@pytest.mark.parametrize("text", ["今天菜场的杨梅不错", "谁家有多余的纸箱", "楼上小孩钢琴弹得真好听", "晚上吃什么呢"])
def test_talk_into_a_silent_group_opens_nothing(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert not story.tickets


@pytest.mark.parametrize("after", [2, 20, 90])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("楼下那个垃圾桶满出来好几天了 苍蝇乱飞", "3-2门口路灯也不亮"),
        ("单元门关不上了", "路灯也坏了"),
        ("我家厨房水管漏了", "楼下广场舞太吵了"),
        ("单元门关不上了", "对了 2单元楼道里堆了好多纸箱"),
        ("我家厨房水管漏了", "顺便问下居住证在哪办"),
    ],
)
def test_another_thing_that_fails_is_another_matter(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老刘", first)
    story.say("老刘", second, after=after)
    assert len(story.tickets) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("停电了，整栋都黑的", "电梯也不动了"),
        ("单元门关不上了", "门锁也松了"),
        ("我家厨房水管漏了", "灯也不亮了，水灌到灯里了"),
    ],
)
def test_what_the_same_trouble_brings_along_is_the_same_matter(first: str, second: str) -> None:
    story = Story()
    story.say("老刘", first)
    story.say("老刘", second, after=2)
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    "text",
    [
        "请问社区，宝宝落户要不要先开居住证明，我户口在娘家那边",
        "楼上又在搓麻将，哗啦哗啦到两点",
        "4栋架空层那几个人天天在打牌，吵得睡不着",
    ],
)
def test_a_word_of_tales_and_games_hides_no_report(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert len(story.tickets) == 1


@pytest.mark.parametrize("text", ["我娘家那边修路，天天堵", "昨晚打牌又输了，手气真背", "有人捡到钥匙吗 上面一个小熊"])
def test_tales_games_and_lost_things_open_nothing(text: str) -> None:
    story = Story()
    story.say("甲", text)
    assert not story.tickets


@pytest.mark.parametrize(
    "text", ["加一", "加一个", "+10086", "+2", "＋10086，我家老人晚上都不敢出去倒垃圾", "加一，我家也黑"]
)
def test_all_ways_of_counting_oneself_in(text: str) -> None:
    story = Story()
    story.say("甲", "从超市到卫生室那一段路灯全灭了")
    story.say("乙", text)
    assert [ticket.voices for ticket in story.tickets] == [["乙"]]
