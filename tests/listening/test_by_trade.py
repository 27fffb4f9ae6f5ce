"""Of several open matters the one whose trade the words of staff name."""

from __future__ import annotations

from dataclasses import replace

from handlers.listening.by_trade import by_trade
from tests.listening.story import Story

LIFT = "3幢2单元的电梯卡在五楼不动了"
RUBBISH = "垃圾桶满了三天没人收，臭得要命"


def _marks(said: str) -> list[dict[str, float]]:
    story = Story()
    story.say("老徐", LIFT)
    story.say("小顾", RUBBISH, after=20)
    first, second = (ticket.known for ticket in story.tickets)
    return [dict(marks) for marks in by_trade(said, [first, replace(second)])]


def test_the_part_names_the_lift() -> None:
    lift, rubbish = _marks("接触器换了，空跑十趟没事")
    assert "its trade" in lift and "trade of another" not in lift
    assert "trade of another" in rubbish and "strange trade" in rubbish


def test_the_tool_names_the_rubbish() -> None:
    lift, rubbish = _marks("环卫的车来过，桶也冲了")
    assert "its trade" in rubbish and "trade of another" in lift


def test_a_bare_word_names_neither() -> None:
    assert all(marks == {"trades": 0.0} for marks in _marks("弄好了"))


def test_a_trade_of_neither_is_strange_to_both() -> None:
    assert all("strange trade" in marks for marks in _marks("狗牵走了，绳也给他拴上"))
