"""What owners dispute among themselves, their rights and who agreed to what, is no matter for the community."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    "said",
    [
        "四期的凭什么停我们三期的车位，你们交过一分钱没有",
        "停车费改成按月，谁同意了？",
        "新章程谁投的票",
        "物业费又要涨 谁签的字",
    ],
)
def test_a_dispute_of_owners_is_not_put_before_the_group(said: str) -> None:
    story = Story()
    story.say("老章", said)
    assert story.tickets == []


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("物业凭什么收我们两次停车费，我有收据，请帮忙查一下", "complaint"),
        ("地库3号位天天被外来车停，没人管", "complaint"),
    ],
)
def test_what_somebody_is_to_mend_is_heard_all_the_same(said: str, category: str) -> None:
    story = Story()
    story.say("老章", said)
    assert [ticket.known.category for ticket in story.tickets] == [category]
