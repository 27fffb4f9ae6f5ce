"""What people do that no guide tells them to: the place in a message of its own, a card pressed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.messages import Address, Outgoing
from handlers.delivery import post
from tests.tencent.caller import message
from tests.tencent.conftest import Play
from tests.tencent.robot import STAFF, Group, play_group
from tests.tencent.test_robot import bind
from tests.tencent.town import LIMIN, ZHANG, Town
from tests.tencent.wechat import MEI, Followers, play_with

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)


@SQLITE
@pytest.mark.parametrize(
    ("first", "second", "building", "summary"),
    [
        ("楼道灯坏了好几天了", "云栖里3-2", "3", "楼道灯坏了"),
        ("3幢2单元门禁坏了，刷不开", "云栖里", "3", "门禁坏了"),
        ("卫生间一直漏水", "我住云栖里3幢2单元402，麻烦快点", "3", "漏水"),
        ("云栖里3幢2单元", "楼道灯不亮了", "3", "楼道灯不亮"),
        ("云栖里的", "小区大门的道闸坏了", None, "道闸"),
    ],
)
def test_where_and_what_may_come_one_after_the_other(
    play: Play, first: str, second: str, building: str | None, summary: str
) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, first)
        assert town.tickets() == [] and len(they.texts(MEI)) == 1
        assert any(one in they.texts(MEI)[0] for one in ("您是哪个小区的", "请再说一句是什么事"))
        await they.says(MEI, second)
        [ticket] = town.tickets()
        assert summary in ticket.summary and ticket.where.building == building
        assert ticket.number in they.texts(MEI)[-1]

    play_with(play, story)


@SQLITE
def test_a_report_that_names_another_house_is_heard_by_itself(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "楼道灯坏了好几天了")
        await they.says(MEI, "云栖里5幢1单元的水管爆了，水流得到处都是")
        [ticket] = town.tickets()
        assert ticket.where.building == "5" and "水管" in ticket.summary

    play_with(play, story)


@SQLITE
def test_danger_is_answered_before_it_is_known_where(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "电梯里困了人")
        [told] = they.texts(MEI)
        assert "警铃" in told and "119" in told and "哪个小区" in told
        await they.says(MEI, "云栖里3幢2单元")
        [ticket] = town.tickets()
        assert ticket.category == "emergency" and (ticket.where.building, ticket.where.unit) == ("3", "2")
        assert ticket.area == town.places["unit"]

    play_with(play, story)


@SQLITE
def test_a_place_alone_is_asked_about_and_then_counts(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.brings("location", MEI, Location_X=23.1, Location_Y=113.3, Scale=15, Label="云栖里3幢2单元")
        assert "位置收到了" in they.texts(MEI)[-1]
        await they.says(MEI, "楼道灯不亮了")
        [ticket] = town.tickets()
        assert ticket.area == town.places["unit"]
        await town.brings("location", LIMIN, Location_X=23.1, Location_Y=113.3, Scale=15, Label="")
        assert "位置收到了" in town.far.texts(LIMIN)[-1]

    play_with(play, story)


@SQLITE
def test_a_photo_first_and_the_words_a_minute_later_are_one_report(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        town.far.media["p-1"] = b"\xff\xd8\xff a photo"
        await they.brings("image", MEI, MediaId="p-1", PicUrl="http://p.example/1")
        town.parts.clock.set(town.parts.clock.now() + timedelta(minutes=1))
        await they.says(MEI, "云栖里3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        lines = town.read(lambda store: store.tickets.lines_of(ticket.id))
        assert sum(len(town.read(lambda store, line=line: store.media.of_line(line))) for line in lines) == 1

    play_with(play, story)


@SQLITE
def test_a_voice_message_without_its_words_is_asked_about_once(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        town.far.media["v-1"] = b"#!AMR"
        for _ in range(2):
            await they.brings("voice", MEI, MediaId="v-1", Format="amr")
            await town.brings("voice", LIMIN, MediaId="v-1", Format="amr")
        assert [len(some) for some in (they.texts(MEI), town.far.texts(LIMIN))] == [1, 1]
        assert "请写一句" in they.texts(MEI)[0] and "请写一句" in town.far.texts(LIMIN)[0]
        assert town.tickets() == []

    play_with(play, story)


@SQLITE
def test_with_the_quota_used_up_one_is_tried_and_all_are_told_later(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "你好")
        # A colleague has written by hand, which only WeChat knows.
        they.left[MEI] = 0
        before = len(town.far.to("message/custom/send"))
        letters = [Outgoing(Address("official_account", MEI), f"第{number}封") for number in range(3)]
        town.write(lambda store: post(store, letters, town.parts.clock.now()))
        town.parts.sender.wake()
        await town.settle()
        assert town.outbox()["failed"] == 3
        assert len(town.far.to("message/custom/send")) == before + 1, "45047 once, and then nothing is tried"
        await they.says(MEI, "在吗")
        await town.settle()
        assert they.texts(MEI)[-3:] == ["第0封", "第1封", "第2封"] and "failed" not in town.outbox()

    play_with(play, story)


@SQLITE
def test_a_card_in_the_group_pressed_by_a_stranger_and_then_again(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        for _ in range(2):
            await group.says(LIMIN, "大家早上好")
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        card = group.stands[STAFF][-1]["template_card"]
        await group.presses("stranger", "接单")
        assert town.tickets()[0].status == "open" and "工作人员" in group.texts()[-1]
        await group.presses(LIMIN, "接单")
        assert town.tickets()[0].status == "taken"
        # The card as it was on a colleague's screen: pressed once more it takes nothing from anybody.
        [key] = [one["key"] for one in card["button_list"] if one["text"] == "接单"]
        event = {"event_key": key, "task_id": card["task_id"]}
        again = {"eventtype": "template_card_event", "template_card_event": event}
        said = len(group.texts())
        await group.brings(LIMIN, msgtype="event", event=again, create_time=group.door.now + 9)
        assert town.tickets()[0].status == "taken" and len(group.texts()) <= said + 1
        assert town.inbox() == {"done": town.inbox()["done"]}

    play_group(play, story)


@SQLITE
def test_a_card_in_the_app_pressed_three_times(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.says(LIMIN, "代报 张女士 3幢2单元大门的门禁坏了，刷卡没反应")
        card = town.far.card(LIMIN)
        [key] = [one["key"] for one in card["button_list"] if one["text"] == "接单"]
        await town.press_with(LIMIN, card["task_id"], key)
        [ticket] = town.tickets()
        assert ticket.status == "taken"
        said = len(town.far.texts(LIMIN))
        for _ in range(2):
            town.app.now += 1
            press = message(
                "event", LIMIN, 0, town.app.now, Event="template_card_event", EventKey=key, TaskId=card["task_id"],
                ResponseCode=f"code-{town.app.now}",
            )  # fmt: skip
            assert await town.app.says(press) == (200, b"")
            await town.settle()
        assert town.tickets() == [ticket]
        assert all("已经在您手上了" in one for one in town.far.texts(LIMIN)[said:])

    play(story)
