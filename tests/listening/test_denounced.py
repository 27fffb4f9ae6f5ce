"""What he says in private of his own complaint is about that, and no second one."""

from __future__ import annotations

import pytest

from tests.listening.story import Story

TOLD = "我要投诉物业，保安骂人，态度恶劣"


def test_a_complaint_is_taken_back_in_private() -> None:
    story = Story()
    story.say("甲", TOLD, private=True)
    story.say("甲", "投诉物业的事不用了，撤回吧", private=True)
    assert [does for does, _ in story.does()] == ["withdraw"]


@pytest.mark.parametrize(
    "text", ["我投诉物业的那件事解决了，谢谢", "投诉物业那件处理得很满意", "投诉物业的事还是没解决，不满意"]
)
def test_a_complaint_that_is_done_is_rated_in_private(text: str) -> None:
    story = Story()
    story.say("甲", TOLD, private=True)
    story.work("投诉物业的事已经处理好了，保安换了")
    story.say("甲", text, private=True)
    assert [does for does, _ in story.does()] == ["rate"] and len(story.play.tickets) == 1


@pytest.mark.parametrize("text", ["我投诉物业的事怎么样了", "投诉物业的事就算了"])
def test_who_only_speaks_of_his_complaint_makes_no_second_one(text: str) -> None:
    story = Story()
    story.say("甲", TOLD, private=True)
    story.work("投诉物业的事已经处理好了，保安换了")
    story.say("甲", text, private=True)
    assert len(story.play.tickets) == 1
