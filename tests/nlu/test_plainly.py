"""A cry of a few words that names who or where and what, and what is meant after "not this, but"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.contrast import after_contrast
from nlu.danger import seen
from nlu.normalize import fold
from nlu.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


PLACES = ("", "3幢2单元", "5号楼", "地下车库", "12栋楼道", "7楼阳台", "村口", "隔壁")
PEOPLE = ("我妈", "老伴", "我家孩子", "隔壁老人", "门口有个老头", "3楼李奶奶", "外卖小哥", "爷爷")
PLEAS = ("", "了", "了！！", "了，快来人", "了 怎么办", "了，打120")


@given(
    place=st.sampled_from(PLACES[1:]),
    burns=st.sampled_from(("冒烟", "着火", "起火", "失火")),
    plea=st.sampled_from(PLEAS),
)
def test_that_it_burns_somewhere_is_an_alarm_however_short(reader: Reader, place: str, burns: str, plea: str) -> None:
    assert reader.read(f"{place}{burns}{plea}").urgency == 3


@given(
    place=st.sampled_from(PLACES),
    who=st.sampled_from(PEOPLE),
    what=st.sampled_from(("中风", "心梗", "心脏病犯", "被车撞", "掉河里", "从楼上掉下来", "发烧抽过去", "要生")),
    plea=st.sampled_from(PLEAS[1:]),
)
def test_who_is_struck_and_by_what_is_an_alarm_however_short(
    reader: Reader, place: str, who: str, what: str, plea: str
) -> None:
    assert reader.read(f"{place}{who}{what}{plea}").urgency == 3


@pytest.mark.parametrize(
    "said",
    [
        "我妈去年中风了",
        "头顶冒烟",
        "嗓子冒烟了",
        "后院起火",
        "群里爆炸了",
        "我媳妇要生了吗",
        "隔壁着火了吗",
        "对门冒白烟 他们家在蒸馒头呢",
        "我家着火的那回",
    ],
)
def test_whatever_else_is_said_takes_the_cry_away(said: str) -> None:
    assert "直说" not in seen(fold(said))
    assert "直说" in seen(fold("我妈中风了"))


@pytest.mark.parametrize(
    "said",
    [
        "不是烧饭，是2单元地下室冒烟",
        "不是糊锅 3号楼一单元地下室冒烟",
        "以为是烧烤，其实是7楼阳台着火了",
        "不是放鞭炮，车棚起火了",
    ],
)
def test_danger_that_was_taken_for_something_else_is_heard(reader: Reader, said: str) -> None:
    assert reader.read(said).category == "emergency"


@pytest.mark.parametrize(
    "said",
    [
        "不是着火，是蒸馒头",
        "以为是着火，其实是烧烤",
        "不是煤气味，是楼下在炒辣椒",
        "是不是你家着火了",
        "以为家里着火了，结果是隔壁在熏腊肉，虚惊一场",
    ],
)
def test_danger_that_turned_out_to_be_none_is_not(reader: Reader, said: str) -> None:
    assert reader.read(said).urgency < 3


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不是烧饭，是地下室冒烟", "地下室冒烟"),
        ("还以为是放炮，结果是楼塌了", "楼塌了"),
        ("不是糊锅 楼道里有烟", "楼道里有烟"),
        ("是不是停水了，几点来", None),
        ("楼道灯坏了", None),
        ("不是我", None),
    ],
)
def test_what_is_meant_stands_after_what_it_is_not(said: str, meant: str | None) -> None:
    assert after_contrast(said) == meant
