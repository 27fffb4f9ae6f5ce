"""One way of writing, the same length as the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.normalize import fold


def test_width_script_and_misheard_words_are_put_right() -> None:
    assert fold("３棟２單元店梯停了，ＯＫ") == "3栋2单元电梯停了,ok"
    assert fold("屋业快来 煤汽漏了") == "物业快来 煤气漏了"


@given(st.text(max_size=200))
def test_positions_stay_where_they_were(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
