"""A cut that a notice has told of beforehand is no report; one that lasts longer, or hurts somebody, is."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

NOTICES = [
    ("【停电通知】因检修，明天8点到17点1-6幢停电", "secretary"),
    ("【通知】明天上午8:00-17:00因线路检修，阳光花园1-6幢停电，请提前做好准备", "resident"),
]


@pytest.mark.parametrize(("notice", "role"), NOTICES)
@pytest.mark.parametrize("said", ["又停电", "又停", "没电了", "停电了，热死了"])
def test_grumbling_at_a_notice_opens_nothing(notice: str, role: str, said: str) -> None:
    story = Story()
    story.say("徐", notice, role)  # type: ignore[arg-type]
    story.say("阿翠", said)
    assert not story.play.tickets


@pytest.mark.parametrize(
    "said", ["说好十七点来的，怎么还没电", "等等！我爸上呼吸机，不能停电", "我们7幢也停电了，没通知我们啊", "停水了"]
)
def test_what_goes_beyond_the_notice_is_heard(said: str) -> None:
    story = Story()
    story.say("徐", NOTICES[0][0], "secretary")
    story.say("阿翠", said, after=60)
    assert story.play.tickets


def test_without_a_notice_it_is_a_report() -> None:
    story = Story()
    story.say("徐", "明天上午9点到11点清洗水箱，停水，请提前储水", "secretary")
    story.say("阿翠", "又停电了")
    assert story.only.known.category == "public_repair"
