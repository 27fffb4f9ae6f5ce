"""Handed on, sent up, filed anew in free words; and tales with which somebody asks not to be named."""

from __future__ import annotations

import pytest

from nlu.filing import refiled
from nlu.handing import hands_on, receiver, sends_up
from nlu.staff_acts import staff_acts
from tests.listening.story import Story


@pytest.mark.parametrize(
    ("line", "to"),
    [
        ("井盖的我报排水所，他们管", "排水所"),
        ("护栏交河道所老邓，他先围起来", "河道所老邓"),
        ("这种叫调解队的汪老师上门", "调解队的汪老师"),
        ("让供电所小柳今天去看", "供电所小柳"),
        ("路灯不是社区的，发给城建办小裴了", "城建办小裴"),
        ("已经转给市政的小耿了", "市政的小耿"),
    ],
)
def test_the_receiver_is_a_name_or_an_office_and_no_clause(line: str, to: str) -> None:
    assert hands_on(line)
    assert receiver(line) == to
    assert [(act.does, act.to) for act in staff_acts(line, False)][:1] == [("transfer", to)]


@pytest.mark.parametrize(
    "line", ["再犯就报消防", "今天把快递全挪到驿站", "我听说交给派出所了", "师傅来了", "我跟老张去看看"]
)
def test_what_hands_nothing_on(line: str) -> None:
    assert not hands_on(line)


@pytest.mark.parametrize("line", ["我打报告给街道", "已经报县里了", "这堵墙村里鉴不了", "我写个情况往街道交"])
def test_sent_up(line: str) -> None:
    assert sends_up(line)
    assert [act.does for act in staff_acts(line, False)][:1] == ["escalate"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("这不是修的事，是两家谁出钱，改成调解吧", "legal_dispute"),
        ("那这条别按维修走，按安全隐患走", "community_report"),
        ("你挂在居家里面不对，换到投诉那边", "complaint"),
        ("这个不叫维修了，算你们两家的纠纷", "legal_dispute"),
        ("那一栏不合适，这是动了结构，放到装修里去", "renovation"),
        ("这个归邻里纠纷，不是物业投诉", "legal_dispute"),
        ("要不要改成投诉？", None),
        ("我去投诉他", None),
        ("装修队明天来", None),
    ],
)
def test_filed_anew_in_free_words(line: str, kind: str | None) -> None:
    assert refiled(line) == kind


@pytest.mark.parametrize("plea", ["她不让提名", "别写她名字", "别记名字", "她怕女儿知道"])
def test_a_need_told_for_somebody_who_must_not_be_named(plea: str) -> None:
    story = Story()
    story.work(f"我打了2-1-301的电话，女主人说公公瘫了三年她一个人扛，想要有人能替她半天，{plea}", group="d")
    assert [ticket.known.private for ticket in story.tickets] == [True]


def test_a_tale_with_a_plea_is_a_report() -> None:
    story = Story()
    story.say("小阮", "昨天来我屋里修龙头的那个，一身酒味，还问我一个人住不，你们莫给他说是我讲的")
    assert story.only.known.private


def test_a_plea_alone_opens_nothing() -> None:
    story = Story()
    story.say("小阮", "别说是我讲的啊")
    story.say("小阮", "在吗，有个事想反映，但别说是我讲的")
    assert not story.tickets


def test_a_matter_handed_to_somebody_by_name() -> None:
    story = Story()
    story.say("402杜姐", "后门那段围栏倒了一片，钢筋都戳出来了，小孩天天从那里过")
    assert story.tickets
    story.work("围栏我拿给河道所老邓了", after=5)
    assert story.does() == [("transfer", story.only.known.id)]
    assert story.action("to") == "河道所老邓"
