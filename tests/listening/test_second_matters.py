"""The smaller matter beside a big one: the same elsewhere, what the fault has spoilt, a request in plain words."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


@pytest.mark.parametrize(
    "line",
    [
        "我家21号楼那也宽，拳头都过得去",
        "2号楼的栏杆也晃，好几根",
        "德仔，五巷的也松，走上去咣当咣当",
        "西边那个也松",
    ],
)
def test_the_same_at_another_place_is_a_ticket_of_its_own(line: str) -> None:
    story = Story()
    story.say("老向", "30号楼二单元的栏杆松了，一推就晃，缝还宽")
    story.say("老冉", line)
    assert len(story.tickets) == 2


@pytest.mark.parametrize("line", ["我家那边也看到了，好大一摊", "去年的也是这样", "楼上的也听见了"])
def test_whoever_has_seen_it_too_opens_no_second(line: str) -> None:
    story = Story()
    story.say("老向", "东门栏杆松了，一推就晃")
    story.say("老冉", line)
    assert len(story.tickets) == 1


@pytest.mark.parametrize("line", ["但是吊顶谁赔", "是不滴了，地板谁管", "我那个床咋办"])
def test_what_the_leak_has_spoilt_is_settled_apart_and_in_private(line: str) -> None:
    story = Story()
    story.say("周姨", "5楼往下滴水，厨房顶都湿了", group="u")
    story.work("我上去关阀", group="u")
    story.work("换好了，开水吧", group="u", after=40)
    story.say("周姨", line, group="u")
    second = story.tickets[1].known
    assert (second.category, second.private) == ("legal_dispute", True)


def test_a_tyre_in_jest_is_no_dispute() -> None:
    story = Story()
    story.say("大壮", "三巷井盖翘起来了，绊人")
    story.work("换了新的，踩着不响了", after=40)
    story.say("大壮", "那我的胎谁赔，开玩笑的")
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    "line",
    [
        "小李，我问下，居住证到期了在哪续",
        "7号楼墙根堆沙子，挡着盲道了",
        "1栋走火通道的门又锁了",
    ],
)
def test_faults_and_requests_in_plain_words(line: str) -> None:
    story = Story()
    story.say("高高", line)
    assert len(story.tickets) == 1
