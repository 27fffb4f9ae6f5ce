"""One way of writing, the same length as the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.normalize import TABLES, fold


def test_width_script_and_misheard_words_are_put_right() -> None:
    assert fold("３棟２單元店梯停了，ＯＫ") == "3栋2单元电梯停了,ok"
    assert fold("屋业快来 煤汽漏了") == "物业快来 煤气漏了"


def test_words_that_are_meant_stay_as_they_are_however_they_sound() -> None:
    for said in ("电箱在冒烟", "无障碍厕位堵着", "屋顶漏顶了", "大雪压塌了棚", "他一人独住", "笑翻了", "那间空铺"):
        assert fold(said) == said


def test_no_word_of_our_own_tables_is_turned_into_another() -> None:
    lines = (TABLES / "topics.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.partition(": ")[2].split()]
    words += (TABLES / "meant.txt").read_text(encoding="utf-8").split()
    assert {word: fold(word) for word in words if fold(word) != word} == {}


@given(st.text(max_size=200))
def test_positions_stay_where_they_were(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
