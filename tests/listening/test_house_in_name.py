"""In the estate's group a resident goes by his house. Where he tells of the inside of one, it is that."""

from __future__ import annotations

import pytest

from domain.reading import Where
from handlers.listening.places import whole_where
from tests.listening.story import Story


def house(who: str, text: str, group: str = "c") -> tuple[str | None, str | None]:
    story = Story()
    story.say(who, text, group=group)
    where = whole_where(story.play.lines[-1], Where("阳光花园"), "public_repair")
    return where.building, where.unit


@pytest.mark.parametrize(
    ("who", "text", "building", "unit"),
    [
        ("21幢叶子", "1单元电梯到了八楼门开一半又合上", "21", "1"),
        ("7-2-902", "电梯里按键按了不亮", "7", "2"),
        ("12-3陈伯", "三单元四楼半那扇窗合页断了", "12", "3"),
        ("11-1504小鹿", "楼上1604漏水到我家", "11", None),
        ("5-1孔先生", "门禁坏了，刷脸没反应", "5", "1"),
        ("10号楼顶楼住户", "楼顶有人养鸽子，一地的粪", "10", None),
        ("26幢薛", "西边电梯门开到一半就卡住", "26", None),
        ("11号楼曲姐", "我们楼的对讲没声音", "11", None),
        ("8-1-502", "三楼平台堆了旧沙发", "8", "1"),
        ("6号楼老贺", "2单元门口堆了旧沙发", "6", "2"),
    ],
)
def test_the_house_that_he_goes_by(who: str, text: str, building: str, unit: str | None) -> None:
    assert house(who, text) == (building, unit)


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("9幢骆先生", "南门岗亭的门弹不回来"),
        ("5幢阿根", "小区门口的道闸放不下来"),
        ("8栋林记", "地库电梯厅那边一直掉墙皮"),
        ("12幢阿鸣", "篮球场的灯灭了两盏"),
        ("8幢十一月", "会所一楼的舞蹈班天天放到十点"),
        ("6幢老李", "菜市场二楼的顶漏雨"),
        ("11号楼小韩", "电梯里贴满小卡片"),
        ("12栋外婆", "我孙子从电梯出去就不见了"),
        ("西关13幢", "夜市的油烟往楼上灌"),
        ("小陈", "1单元电梯不动了"),
    ],
)
def test_what_is_not_of_his_house(who: str, text: str) -> None:
    assert house(who, text)[0] is None


def test_what_the_line_says_counts_before_the_name() -> None:
    assert house("21幢叶子", "3幢1单元电梯不动了") == ("3", "1")
    assert house("7-2-902", "1单元的楼道灯不亮") == ("7", "1")


def test_a_unit_s_group_stands_for_its_own_house() -> None:
    story = Story()
    story.say("21幢叶子", "我们单元电梯不动了，按了没反应", group="u")
    assert (story.only.known.where.building, story.only.known.where.unit) == ("3", "2")


def test_staff_do_not_live_where_they_work() -> None:
    story = Story()
    story.say("5幢网格员小李", "2单元电梯不动了", "grid_worker")
    assert whole_where(story.play.lines[-1], Where(), "public_repair").building is None
