"""One line that tells of two matters opens two tickets, and each is done and rated by itself."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

LAMP, GATE = "三号楼门口的路灯不亮", "东门道闸抬不起来"


@pytest.mark.parametrize(
    "text",
    [
        f"{LAMP}，另外{GATE}",
        f"跟您说两件事，一个是{LAMP}，再一个{GATE}",
        f"反映俩问题：{LAMP}，{GATE}",
        f"一是{LAMP}，二是{GATE}",
        "单元门关不上，路灯也不亮",
    ],
)
def test_each_becomes_a_ticket(text: str) -> None:
    story = Story()
    story.say("老范", text)
    assert len(story.tickets) == 2


def test_each_has_its_own_place_and_title() -> None:
    story = Story()
    story.say("老范", "反映两个事，一个南门井盖下沉了；再一个7幢2单元楼道里堆满纸箱")
    first, second = story.opened()
    assert (first.where.building, second.where.building) == (None, "7")
    assert "井盖" in first.summary
    assert "纸箱" in second.summary


def test_counted_up_a_question_beside_faults_is_raised_like_them() -> None:
    story = Story()
    story.say("老向", "问三个事：一是8栋2单元门禁刷不起了，二是水池那个泵半夜嗡嗡嗡，三是下个月物业费什么时候开始收")
    assert len(story.tickets) == 3


def test_staff_and_residents_speak_of_one_of_them() -> None:
    story = Story()
    story.say("老范", f"跟您说两件事，一个是{LAMP}，再一个{GATE}")
    lamp, gate = (ticket.known.id for ticket in story.tickets)
    story.work("路灯换好了", after=60)
    assert story.does() == [("done", lamp)]
    story.work("道闸修好了", after=60)
    assert story.does() == [("done", gate)]


def test_the_second_belongs_to_somebody_else_s_ticket() -> None:
    story = Story()
    story.say("老向", GATE)
    story.say("老范", f"{LAMP}，另外{GATE}", after=2)
    assert [len(ticket.voices) for ticket in story.tickets] == [1, 0]


def test_more_of_his_own_and_then_another() -> None:
    story = Story()
    story.say("阿琴", "三楼拐角那个灯坏了一个礼拜了", group="u")
    story.say("阿琴", "今天还是黑的。对了，一楼信箱的门掉下来挂着", group="u", after=240)
    assert [len(ticket.known.lines) for ticket in story.tickets] == [2, 1]


@pytest.mark.parametrize(
    "text",
    ["楼道里一股煤气味，另外三楼有人晕倒了", "电梯坏了，还有人困在里面", "三单元没水，还有两户也是"],
)
def test_danger_and_more_of_the_same_are_not_cut(text: str) -> None:
    story = Story()
    story.say("老范", text)
    assert len(story.tickets) == 1
