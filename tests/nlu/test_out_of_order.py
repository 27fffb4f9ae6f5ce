"""What a thing does, as people tell it who have no word for the fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.out_of_order import out_of_order


@pytest.mark.parametrize(
    "text",
    [
        "厨房水下不去",
        "洗手池的水下得特别慢",
        "水龙头出来像酱油汤",
        "马桶冲不下去",
        "马桶一直在流水",
        "热水器出来的是凉水",
        "空调吹出来是热风",
        "楼道灯按了没动静",
        "楼道里的灯忽明忽暗",
        "单元门自己弹开",
        "钥匙插进去转不动",
        "电梯按了不来",
        "电梯门开了又合",
        "道闸抬不起来",
        "充电桩插上不走字",
        "洗澡水忽冷忽热",
        "健身器材踩上去晃",
        "自动扶梯不走了",
        "水压小得像尿尿",
        "快递柜柜门弹不开",
    ],
)
def test_a_thing_that_does_not_do_what_it_is_for(text: str) -> None:
    assert out_of_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "今天不走了，在我妈家吃饭",
        "我爬到六楼腿都抬不起来",
        "这个月工资发不下来",
        "电梯里遇到老王了",
        "门口的桂花开了",
        "灯是不是要换个亮点的",
        "热水器怎么调温度，不会用",
        "如果门锁转不动就抹点铅笔芯",
        "出一台电风扇，声音不大",
        "晚上睡不着，起来看球",
        "孩子作业写不完，我都不敢关灯",
        "别关门，我马上到",
    ],
)
def test_people_and_questions_are_not_out_of_order(text: str) -> None:
    assert not out_of_order(text)


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert out_of_order(text) in (True, False)
