"""The room in a speaker's name is where his own flat's trouble is; what he asks or claims of others is not there."""

from __future__ import annotations

import pytest

from domain.listening import Line
from domain.reading import Category, Where
from handlers.listening.places import whole_where
from tests.listening.story import Story


def room(text: str, category: Category) -> str | None:
    story = Story()
    story.say("302阿光", text, group="u")
    line: Line = story.play.lines[-1]
    return whole_where(line, Where("阳光花园", "3", "2"), category).room


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("阳台我想封起来，要备案吗", "consultation"),
        ("我妈八十了，高龄补贴怎么还没到", "consultation"),
        ("我老伴那个补贴找谁问", "consultation"),
        ("我家燃气表读数不对，找谁改", "consultation"),
        ("我儿子落户要什么材料", "consultation"),
        ("卫生间想装扶手，社区有补助吗", "consultation"),
        ("我们家的房产证怎么办", "consultation"),
        ("我外婆想申请送餐", "consultation"),
        ("房东说厨房漆旧了不退押金", "legal_dispute"),
        ("楼上漏水泡了我家地板，不肯赔", "legal_dispute"),
        ("我卫生间一直滴水", "home_repair"),
    ],
)
def test_of_his_own_flat(text: str, category: Category) -> None:
    assert room(text, category) == "302"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("低保户暖气费有没有补", "consultation"),
        ("车位月租多少，外地牌可以吗", "consultation"),
        ("想问一下空开是谁的产权", "consultation"),
        ("煤改电的补贴怎么申请，社区哪个窗口", "consultation"),
        ("小区水箱今年啥时候洗", "consultation"),
        ("这几幢什么时候装充电桩", "consultation"),
        ("老年食堂几点开饭", "consultation"),
        ("社区周末上班吗", "consultation"),
        ("老板欠我两个月工资，找谁要", "legal_dispute"),
        ("催收的天天打电话给我妈，怎么办", "legal_dispute"),
        ("厂里不给交社保，去哪里告", "legal_dispute"),
    ],
)
def test_asked_from_home_not_about_it(text: str, category: Category) -> None:
    assert room(text, category) is None
