"""Staff groups that can only be pushed into: a robot's, and one that the app made."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
import structlog

from bot.channels.wecom_webhook import CHANNEL, keep_key
from domain.messages import Address, Button, Media, Outgoing, Priority
from domain.running import Budget, Outbox
from domain.settings import Settings
from domain.wecom import WecomAppchat, WecomWebhook
from handlers.delivery import post
from handlers.staff_rooms import bind_staff_room
from tests.tencent.conftest import Play
from tests.tencent.town import LIMIN, START, WANG, ZHANG, Town

ROBOT = "693a91f6-7a0c-4bc4-97a0-0ec2sifa5aaa"


def push_too(settings: Settings) -> Settings:
    wecom = replace(settings.wecom, webhook=WecomWebhook(on=True), appchat=WecomAppchat(on=True))
    return replace(settings, wecom=wecom)


async def with_robot(town: Town) -> Address:
    town.far.robots.add(ROBOT)

    def bind(store: object) -> Address:
        room = Address(CHANNEL, keep_key(store, ROBOT))  # type: ignore[arg-type]
        area = store.areas.get(town.places["estate"])  # type: ignore[attr-defined]
        bind_staff_room(store, room, area, "zh-CN", START)  # type: ignore[arg-type]
        return room

    room = town.write(bind)
    await town.settle()
    return room


async def with_group(town: Town) -> Address:
    town.far.chats["staff-1"] = {"userlist": [LIMIN, WANG]}
    room = Address("wecom_appchat", "staff-1")
    town.write(lambda store: bind_staff_room(store, room, store.areas.get(town.places["estate"]), "zh-CN", START))
    await town.settle()
    return room


async def sends(town: Town, *letters: Outgoing) -> None:
    town.write(lambda store: post(store, letters, town.parts.clock.now()))
    town.parts.sender.wake()
    await town.settle()


async def fetched(town: Town, kind: str, content: bytes, name: str = "") -> Media:
    """An attachment that a worker sent to the app; its bytes are ours by now."""
    ref = f"from-{LIMIN}-{len(town.far.media)}"
    town.far.media[ref] = content
    await town.brings(kind, LIMIN, MediaId=ref, FileName=name)
    for _ in range(100):
        if town.read(lambda store: store.media.kept(ref)) is not None:
            break
        await asyncio.sleep(0.05)
    return Media("photo" if kind == "image" else "file", ref, name or None)


@pytest.mark.parametrize(("with_room", "path"), [(with_robot, "webhook/send"), (with_group, "appchat/send")])
def test_a_ticket_goes_to_the_group_with_its_commands_printed(
    play: Play, with_room: Callable[..., object], path: str
) -> None:
    async def story(town: Town) -> None:
        await with_room(town)  # type: ignore[misc]
        assert "云栖里工作群" in town.far.to(path)[0]["text"]["content"]
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        card = town.far.to(path)[-1]["text"]["content"]
        assert "阳光1" in card and "接单：接单 阳光1" in card
        # The worker acts by the words he read there, in his own chat with the app.
        await town.says(LIMIN, "接单 阳光1")
        assert town.tickets()[0].status == "taken"
        assert "李敏" in town.far.to(path)[-1]["text"]["content"], "an edit is a new line there"
        assert "failed" not in town.outbox()

    play(story, changed=push_too)


def test_the_robots_key_is_nowhere_to_be_read(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    async def story(town: Town) -> None:
        room = await with_robot(town)
        assert ROBOT not in room.chat
        with structlog.testing.capture_logs() as lines:
            town.far.fault("webhook/send", errcode=45009, errmsg=f"api freq out of limit, key={ROBOT}")
            town.far.fault("webhook/send", status=500)
            town.far.fault("webhook/send", body=b"<html>")
            await town.far.stop()
            town.write(lambda store: post(store, [Outgoing(room, "您好")], town.parts.clock.now()))
            town.parts.sender.wake()
            await town.until(lambda: any(line["event"] == "not_sent" for line in lines))
        assert ROBOT not in str(lines)
        kept = town.read(lambda store: store.outbox.listed(("queued", "inflight", "failed", "sent"), 10))
        assert ROBOT not in str(kept)

    play(story, changed=push_too)
    assert ROBOT not in "".join(capfd.readouterr())


def test_what_the_robot_is_told_when_life_is_in_danger(play: Play) -> None:
    async def story(town: Town) -> None:
        room = await with_robot(town)
        await sends(town, Outgoing(room, "3幢2单元电梯困人", priority=Priority.EMERGENCY), Outgoing(room, "早上好"))
        loud, plain = town.far.to("webhook/send")[-2:]
        assert loud["text"]["mentioned_list"] == ["@all"] and "mentioned_list" not in plain["text"]

    play(story, changed=push_too)


def test_long_words_are_markdown_in_which_nothing_can_be_smuggled(play: Play) -> None:
    async def story(town: Town) -> None:
        room = await with_robot(town)
        evil = "[点我领奖](http://x.example) <@all> **急** `x`\n# 通知\n"
        text = evil + "\n".join(f"3-{number} 王奶奶，血压正常" for number in range(150))
        await sends(town, Outgoing(room, text))
        pieces = [one["markdown"]["content"] for one in town.far.to("webhook/send") if one["msgtype"] == "markdown"]
        assert pieces and all(len(piece.encode()) <= 4096 for piece in pieces)
        assert not any(sign in piece for piece in pieces for sign in "<>[]*`#")
        assert "".join(pieces).endswith("3-149 王奶奶，血压正常")

    play(story, changed=push_too)


def test_a_picture_stands_inside_the_message_and_a_file_is_handed_over(play: Play) -> None:
    async def story(town: Town) -> None:
        room = await with_robot(town)
        png = b"\x89PNG\r\n\x1a\n" + b"0" * 50
        photo = await fetched(town, "image", png)
        await sends(town, Outgoing(room, "换好的门锁", media=(photo,)))
        image = town.far.to("webhook/send")[-1]["image"]
        assert base64.b64decode(image["base64"]) == png and image["md5"] == hashlib.md5(png).hexdigest()
        paper = await fetched(town, "file", b"%PDF-1.7 a list", "名单.pdf")
        await sends(town, Outgoing(room, "名单", media=(paper,)))
        assert town.far.media[town.far.to("webhook/send")[-1]["file"]["media_id"]] == b"%PDF-1.7 a list"
        # What we have not got is left out; the words stand.
        await sends(town, Outgoing(room, "看照片", media=(Media("photo", "unknown"),)))
        assert town.far.to("webhook/send")[-1]["text"]["content"] == "看照片" and "failed" not in town.outbox()

    play(story, changed=push_too)


def test_the_apps_group_gets_photos_by_the_apps_own_hands(play: Play) -> None:
    async def story(town: Town) -> None:
        room = await with_group(town)
        await sends(town, Outgoing(room, "换好的门锁", media=(await fetched(town, "image", b"\xff\xd8 lock"),)))
        assert town.far.media[town.far.to("appchat/send")[-1]["image"]["media_id"]] == b"\xff\xd8 lock"
        assert town.far.fetched == 1, "one token for the app and its groups"

    play(story, changed=push_too)


def test_a_robot_that_was_removed_and_a_group_that_is_gone(play: Play) -> None:
    async def story(town: Town) -> None:
        robot, group = await with_robot(town), await with_group(town)
        town.far.robots.clear()
        town.far.chats.clear()
        await sends(
            town, Outgoing(robot, "您好"), Outgoing(group, "您好"), Outgoing(Address(CHANNEL, "robot-none"), "您好")
        )
        assert town.outbox()["failed"] == 3
        told = town.read(lambda store: store.outbox.listed(("failed",), 10))
        assert {one.attempts for one in told} == {1}
        assert any("the robot was removed" in (one.error or "") for one in told)

    play(story, changed=push_too)


def test_the_robots_budget_is_kept_before_the_platform_counts(play: Play) -> None:
    """20 a minute: the rest waits in the outbox, and is no failure."""

    def tight(settings: Settings) -> Settings:
        outbox = replace(settings.outbox, budgets=(Budget(CHANNEL, 0.0, 3),))
        return push_too(replace(settings, outbox=outbox))

    async def story(town: Town) -> None:
        room = await with_robot(town)
        town.write(lambda store: post(store, [Outgoing(room, f"第{n}条") for n in range(6)], town.parts.clock.now()))
        town.parts.sender.wake()
        await town.until(lambda: town.outbox() == {"sent": 3, "queued": 4})
        await asyncio.sleep(0.3)
        assert len(town.far.to("webhook/send")) == 3 and town.outbox() == {"sent": 3, "queued": 4}

    play(story, changed=tight)


def test_the_default_budgets_keep_below_the_platforms_limits(play: Play) -> None:
    budgets = {one.channel: one.per_chat_per_minute for one in Outbox().budgets}
    assert 0 < budgets["wecom_webhook"] < 20 and 0 < budgets["wecom_app"] < 30 and 0 < budgets["wecom_appchat"] < 200


def test_nothing_is_lost_where_the_platform_asks_for_a_pause(play: Play) -> None:
    async def story(town: Town) -> None:
        room = await with_robot(town)
        town.far.fault("webhook/send", errcode=45033)
        town.write(lambda store: post(store, [Outgoing(room, "您好", buttons=(Button("我的", "我的"),))], START))
        town.parts.sender.wake()
        await town.until(lambda: len(town.far.to("webhook/send")) == 2)
        await town.until(lambda: town.outbox() == {"sent": 1, "queued": 1})

    play(story, changed=push_too)
