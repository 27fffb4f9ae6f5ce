"""What a line says of a trouble that was told: over, or still there; in words that tell neither, neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.undone import goes_on, undone


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("热了", "家里暖气一点都不热"),
        ("嗯能锁了", "单元门不锁，谁都能进来"),
        ("不夹了", "电梯门老是夹人"),
        ("没味了，谢谢", "楼道里一股味道"),
        ("亮了", "三楼的灯不亮"),
        ("关上了，严丝合缝", "窗户关不上"),
        ("不滴啦", "水龙头一直滴"),
    ],
)
def test_the_trouble_is_over(text: str, told: str) -> None:
    assert undone(text, (told,))
    assert not goes_on(text, (told,))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("还是不热啊", "家里暖气一点都不热"),
        ("又夹了一下", "电梯门老是夹人"),
        ("左边那个还是没电", "充电桩没电"),
        ("今天还滴", "水龙头一直滴"),
    ],
)
def test_the_trouble_goes_on(text: str, told: str) -> None:
    assert goes_on(text, (told,))
    assert not undone(text, (told,))


@pytest.mark.parametrize("text", ["谢谢", "几点来", "好的", "我下班去拿", "不知道了"])
def test_other_talk_says_neither(text: str) -> None:
    assert not undone(text, ("灯不亮", "楼道黑"))
    assert not goes_on(text, ("灯不亮", "楼道黑"))


@given(st.text(alphabet="不没还又亮热水了得到灯一,，。 能上", max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_without_a_trouble_nothing_is_over(text: str, told: list[str]) -> None:
    """Whatever is said: of words that complain of nothing nothing is over, and nothing goes on."""
    plain = tuple("今天天气真好" for _ in told)
    assert not undone(text, plain)
    assert not goes_on(text, plain)
