"""A visit at which something was looked at or handed over, and work at a door or a plan, which are none."""

from __future__ import annotations

import pytest

from nlu.diary import parse_visits
from tests.listening.story import Story


@pytest.mark.parametrize(
    "note",
    [
        "12-1-1508去过了，三个程序员合租，熬夜多，电热毯我劝换了新的",
        "5-2-304走访过了，两个姑娘合租，门禁卡换了",
        "3-1-1206去了，小倪和男朋友两个人，煤气关了，猫一只",
        "3-1-102，独居的王婶，冬衣收下了，煤气报警器亮的绿灯",
        "5-2-101章阿姨一个人住，煤气阀关好了，药够吃",
        "6-1-402郝大爷，煤气管新换的，胃口还行",
    ],
)
def test_gas_and_goods_looked_at_on_a_visit_are_no_work(note: str) -> None:
    story = Story()
    story.work(note)
    assert len(story.play.diary) == 1


@pytest.mark.parametrize(
    "line",
    [
        "5-2-101厨房煤气味大，师傅马上到",
        "5-2-101煤气漏了，燃气公司换了软管",
        "5-2-101去过了，马桶疏通了，换了皮碗",
        "5-2-101的龙头去看过，换了芯子",
        "我明天打算去5-2-101那户看看，今天先不去了",
        "5-2-101还没去过，明天上门",
        "5-2-101没去看，先弄水管",
    ],
)
def test_work_at_a_door_and_plans_are_no_visits(line: str) -> None:
    assert parse_visits(line) == ()


def test_more_of_a_door_by_its_room_alone_is_of_its_first_call() -> None:
    story = Story()
    story.work("3-2-706走访过了，老两口加孙女，儿子在非洲，家里干净", group="u")
    story.work("706门口那截扶手晃，奶奶走路要扶，报给物业上紧", group="u", after=2)
    assert [(entry["household"], entry["from"]) for entry in story.play.diary] == [("3-2-706", [1, 2])]
