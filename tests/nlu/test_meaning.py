"""What a line is about: shared characters by their rarity, and a direction that knows other words for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.meaning import closeness, grams, rarity
from tests.listening.story import Story


@pytest.mark.parametrize(
    ("said", "its_own", "another"),
    [
        ("亭子钉好了", "三号亭木板断了，猫都掉下去了", "楼上701浴缸漏下来"),
        ("坡道亮了，换了四盏", "5号坡道那排灯灭了", "22幢的电梯今天叫得像杀猪"),
        ("滤网糊死了，正拆洗", "大厅空调不凉", "门口有狗叫"),
    ],
)
def test_a_word_of_the_outcome_is_nearer_to_its_own_matter(said: str, its_own: str, another: str) -> None:
    assert closeness((said,), (its_own,)) > closeness((said,), (another,))


def test_what_people_seldom_write_weighs_more_than_what_all_write() -> None:
    assert rarity("坡道") > rarity("电梯") > rarity("电")


@given(st.text(max_size=40), st.text(max_size=40))
def test_closeness_has_its_bounds_and_no_order(one: str, other: str) -> None:
    close = closeness((one,), (other,))
    assert -1.001 <= close <= 1.001
    assert close == pytest.approx(closeness((other,), (one,)))
    assert closeness((one,), (one,)) == pytest.approx(1.0 if any(map(_known, grams(one))) else 0.0)


def _known(gram: str) -> bool:
    return closeness((gram,), (gram,)) > 0


def test_the_outcome_ends_the_matter_whose_thing_it_names() -> None:
    story = Story()
    story.say("老杭", "1幢1单元601，楼上701浴缸漏下来，灯都短路了")
    story.say("物业阿东", "上门看", role="property")
    story.say("爱喂猫", "三号亭的木板断了，猫都掉下去了，谁来修一下", after=60)
    story.say("物业阿东", "下午来钉", role="property")
    story.say("物业阿东", "亭子钉好了", role="property", after=240)
    assert [ticket.known.status for ticket in story.tickets] == ["taken", "done"]
