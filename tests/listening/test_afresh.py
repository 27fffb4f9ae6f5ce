"""A plain report that has nothing to do with the talk around it opens a ticket as if the group had been silent."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

BESIDE = [
    ("8幢楼下垃圾房天天溢出来 酸水流到车位", "大堂的吊顶中间鼓了个包，越来越大，摸着是潮的"),
    ("换滤芯的师傅还在吗 接头那里一直渗 我拿盆接着", "幼儿园门口的斑马线磨没了 车子都不停"),
    ("楼上晾衣杆上的铁夹子三天两头往下掉，昨天擦着孩子耳朵", "一只鸽子死在喷泉里了，谁来捞一下"),
    ("外来车把地面车位都占光了，保安抬杆不问", "想问问困难家庭助学补助今年什么时候申请，表在哪"),
    ("单元门密码按了没用 我站门口快半小时", "楼上新搬来的租户半夜拖家具跺脚，我家老人有高血压"),
]


@pytest.mark.parametrize(("first", "second"), BESIDE)
@pytest.mark.parametrize("after", [1, 5, 60])
def test_somebody_else_comes_with_another_matter(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老向", first)
    story.say("阿芬", second, after=after)
    assert [ticket.reporter for ticket in story.tickets] == ["老向", "阿芬"]


@pytest.mark.parametrize(("first", "second"), BESIDE)
@pytest.mark.parametrize("after", [25, 90])
def test_he_comes_with_another_matter_later(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老向", first)
    story.say("老向", second, after=after)
    assert len(story.tickets) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("热水没了，洗到一半", "中午了还是没热水 滴答都没有"),
        ("停电了？空调突然全灭", "我奶奶的制氧机要插电，能不能快点"),
        ("后面山坡在掉石头 刚才咚一声", "又掉了，墙裂了一条缝 能伸手指"),
        ("3号楼有人把电瓶车推上楼充电", "9楼过道 插座接出来的"),
        ("东门道闸不抬杆，后面堵到马路上了", "都四十分钟了，还堵着，到底有没有人管"),
    ],
)
@pytest.mark.parametrize("after", [2, 25])
def test_he_goes_on_about_his_matter(first: str, second: str, after: int) -> None:
    story = Story()
    story.say("老向", first)
    story.say("老向", second, after=after)
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("水小得像猫尿，三楼洗澡洗到一半没了", "我家也小，冲厕所冲不下去"),
        ("楼道灯不亮，黑得看不见台阶", "六楼一层都黑，开门先摸墙"),
        ("楼下烧烤摊的烟又往家里灌", "窗户关了都没用，油烟倒灌进来，被子全是孜然味"),
    ],
)
def test_neighbours_tell_the_same_trouble(first: str, second: str) -> None:
    story = Story()
    story.say("老向", first)
    story.say("阿芬", second)
    assert len(story.tickets) == 1


def test_amid_an_alarm_witnesses_are_no_new_matter() -> None:
    story = Story()
    story.say("轩轩妈", "各位看到我儿子没有，五岁半，刚刚还在沙坑那边玩，找不到了")
    story.say("老向", "六点四十看到个光头小孩跟着一只狗往2号地库口走")
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("802在敲墙，是客厅到阳台那道，我家顶上裂了一条", "我就在他正上头，站在客厅脚底板都麻"),
        ("巷口又给摩托塞死了，我三轮推不出来", "我家门也被堵了，轮椅出不去"),
        ("沿街那家小炒的排风机对着我家吹，一开火全是油味", "门口衣服都不能晾"),
        ("六号楼怎么突然没水了，饭做到一半", "六号楼高层低层都没有？我们二楼也干了"),
    ],
)
def test_a_neighbour_tells_what_the_same_trouble_does_to_him(first: str, second: str) -> None:
    story = Story()
    story.say("老向", first)
    story.say("阿芬", second)
    assert [ticket.voices for ticket in story.tickets] == [["阿芬"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一辆没牌照的面包车停在7号门三个月了，占着位置", "钥匙伸进去转不动，对讲也没声音，这个大门到底谁管"),
        ("水池里的鱼翻肚皮了十几条，水都绿了", "喷泉边有碎玻璃一大片，小朋友光脚玩水的，快来扫"),
        ("保洁只扫到六楼，七楼以上靠风", "有人从上面扔酸奶瓶下来，在我脚边炸开了"),
    ],
)
def test_his_new_report_after_days_does_not_sink_into_his_old_one(first: str, second: str) -> None:
    story = Story()
    story.say("老向", first)
    story.say("老向", second, after=6 * 24 * 60)
    assert second in {text for ticket in story.play.tickets.values() for text in ticket.known.texts[:1]}
