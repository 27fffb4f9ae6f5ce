"""What stands right beside a matter and is not about it: a price, thanks in another group."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def test_the_price_of_cabbage_is_no_more_of_the_water() -> None:
    story = Story()
    story.say("孙阿姨", "六楼没水了，龙头滴滴答答", group="u")
    story.say("孙阿姨", "今天菜场的青菜三块五了", group="u", after=0.1)
    assert story.only.known.lines == (1,)


def test_what_a_fee_comes_to_is_more_of_the_fee() -> None:
    story = Story()
    story.say("孙阿姨", "物业又多收了我家停车费，没人解释", group="u")
    story.say("孙阿姨", "多收了五十块", group="u", after=0.5)
    assert story.only.known.lines == (1, 2)


def test_thanks_for_an_answer_in_another_group_end_nothing_here() -> None:
    story = Story()
    story.say("孙阿姨", "我还以为就我家，六楼也是滴滴答答", group="u", after=0.1)
    story.work("我问下水厂", group="u", after=0.1)
    story.work("水厂说主管在抢修，晚上八点恢复", group="u", after=0.1)
    story.say("孙阿姨", "跳跳舞也好，热闹", group="c", after=0.1)
    story.say("孙阿姨", "请问老年卡在哪里办", group="c", after=0.1)
    story.work("老年卡带身份证到社区一楼3号窗", group="c", after=0.1)
    story.say("孙阿姨", "好的谢谢", group="c", after=0.1)
    [water] = [ticket.known for ticket in story.tickets if ticket.known.group == 2]
    assert water.status == "taken"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我家那层也黑", "楼道灯坏了，三楼黑漆漆的"),
        ("我昨晚摸黑上来的", "楼道灯坏了，三楼黑漆漆的"),
        ("我家这边也打不开", "快递柜打不开了"),
        ("我快递也拿不出来", "快递柜打不开了"),
    ],
)
def test_of_two_matters_told_in_a_row_a_neighbour_means_the_one_whose_words_he_shares(said: str, meant: str) -> None:
    story = Story()
    story.say("张女士", "楼道灯坏了，三楼黑漆漆的", group="u")
    story.say("张女士", "快递柜打不开了", group="u")
    story.say("老刘", said, group="u")
    lamp, locker = story.play.tickets.values()
    with_him = [one.known.texts[0] for one in (lamp, locker) if "老刘" in one.voices]
    assert with_him == [meant]
