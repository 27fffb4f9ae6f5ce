"""A spot in free words: the whole name of it as people would find it, and none of the talk around it."""

from __future__ import annotations

import pytest

from nlu.normalize import fold
from nlu.place import where


def spot(text: str) -> str | None:
    return where(fold(text), text).place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Streets, bridges and villages by their names, at the head of a line too.
        ("安定路路面坑坑洼洼", "安定路"),
        ("望月桥的路灯全黑了", "望月桥"),
        ("金家弄路灯不亮", "金家弄"),
        ("白杨街要划停车位", "白杨街"),
        ("车停在中山北路", "中山北路"),
        ("畸山村村口的井盖没了", "畸山村"),
        ("护城河北岸的栏杆断了", "护城河北岸"),
        ("环城西路 路灯坏了", "环城西路"),
        ("有人在北塘桥下面睡", "北塘桥下面"),
        ("人民路的树倒了", "人民路"),
        ("滨江路188号门口积水", "滨江路188号门口"),
        # What tells it from others of its kind.
        ("育才小学门口的红绿灯不亮", "育才小学门口"),
        ("体育馆北门堵得进不去", "体育馆北门"),
        ("老年活动室门口的雨棚掉了", "老年活动室门口"),
        ("中医院门口的按钮按了没反应", "中医院门口"),
        ("城南停车场乱收费", "城南停车场"),
        ("镇东菜市场后门有野狗", "镇东菜市场后门"),
        ("儿童滑梯里有马蜂窝", "儿童滑梯里"),
        ("沿河步道的栏杆一靠就倒", "步道"),
        # What lies beside it and has no name.
        ("小区后面那条河死鱼好多", "小区后面那条河"),
        ("小区南边空地上野草过人头了", "小区南边空地"),
        # A spot within another.
        ("东区地库有浓烟", "东区地库"),
        ("顶楼平台堆满花盆", "顶楼平台"),
        ("地库的坡道结冰了", "地库的坡道"),
        ("幼儿园门口的人行道塌了", "幼儿园门口的人行道"),
        ("地库C区一排灯都灭了", "地库C区"),
        ("车在地库B2", "地库B2"),
    ],
)
def test_a_spot_by_its_whole_name(text: str, name: str) -> None:
    assert spot(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "这个我不会弄",
        "有师傅会弄吗",
        "帮查下线路",
        "店里一路跳闸",
        "猫粮撒一路",
        "我报街道了",
        "大家都在街道等",
        "先麻烦村里看看",
        "从那个电路板烧的",
        "路灯归路灯",
        "师傅在来的路上",
        "孩子走路不稳",
        "新手上路",
        "雪天路滑",
        "我妈做的心脏搭桥",
        "网上就能弄",
        "窗户是断桥铝的",
        "占了半边路",
        "血流成河",
        "老人迷路了",
    ],
)
def test_talk_that_is_no_spot(text: str) -> None:
    assert spot(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("清理楼道", "楼道"),
        ("占用消防通道", "消防通道"),
        ("荡秋千的时候摔了", "秋千"),
        ("把楼道堵了", "楼道"),
        ("我家门口的灯", "门口"),
        ("王师傅门口的灯", "门口"),
        ("流到马路边的人行道上", "人行道上"),
        ("篮球场下午能不能借", "篮球场"),
        ("公园上山的台阶坏了", "公园"),
        ("菜场后天休息吗", "菜场"),
        ("孩子学校停课了", "学校"),
        ("凌晨车库有人按喇叭", "车库"),
    ],
)
def test_the_words_before_and_behind_a_spot_are_none_of_it(text: str, name: str) -> None:
    assert spot(text) == name
