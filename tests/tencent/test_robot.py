"""WeCom's robot in a staff group: bound by a code, heard by name, one answer for each time it is named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from domain.areas import Group as Room
from domain.messages import Address, Button, Outgoing
from handlers.delivery import post
from storage.store import Store
from tests.tencent.caller import AES_KEY, sealed
from tests.tencent.conftest import Play
from tests.tencent.robot import ROBOT_KEY, STAFF, Group, play_group
from tests.tencent.town import LIMIN, START, WANG, ZHANG, Town

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)


def known(store: Store, town: Town) -> None:
    """As an import of the people sheet does it."""
    for user in (LIMIN, WANG):
        account = store.people.account("wecom_aibot", user, user, START)
        store.people.bind_account(account.id, town.places[user])


def bind(town: Town) -> None:
    def work(store: Store) -> None:
        known(store, town)
        store.areas.bind(Address("wecom_aibot", STAFF), town.places["estate"], "unit", "staff", "云栖里工作群", START)

    town.write(work)


def room(town: Town) -> Room | None:
    return town.read(lambda store: store.areas.group_at(Address("wecom_aibot", STAFF)))


async def sends(town: Town, text: str, buttons: tuple[Button, ...] = ()) -> None:
    letter = Outgoing(to=Address("wecom_aibot", STAFF), text=text, buttons=buttons)
    town.write(lambda store: post(store, [letter], town.parts.clock.now()))
    town.parts.sender.wake()
    await town.settle()


def test_a_group_is_bound_by_a_code_that_one_of_the_staff_says_there(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        town.write(lambda store: known(store, town))
        await town.says(WANG, "绑定 云栖里 工作群")
        told = town.far.texts(WANG)[-1]
        assert "请在要绑的群里发下面这一句" in told
        line = told.splitlines()[-1]
        assert line.startswith("@民情 绑定 ")
        # A member whom nobody knows cannot, and does not use it up.
        await group.says("stranger", line.removeprefix("@民情 "))
        assert room(town) is None and "工作人员" in group.texts()[-1]
        await group.says(LIMIN, line.removeprefix("@民情 "))
        bound = room(town)
        assert bound is not None and (bound.audience, bound.area) == ("staff", town.places["estate"])
        assert "绑好了" in group.texts()[-1]

    play_group(play, story)


def test_from_a_report_elsewhere_to_done_in_the_group(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        await group.says(LIMIN, "今日")
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        # Nobody has named it since: the card waits, and staff see that it does.
        assert town.outbox()["failed"] == 1
        await group.says(LIMIN, "帮助")
        waited, answer = group.texts()[-2:]
        assert waited.startswith("阳光1 ") and "接单：@民情 接单 阳光1" in waited and "帮助" in answer
        await group.says(LIMIN, "接单", quote={"msgtype": "text", "text": {"content": waited}})
        assert (town.tickets()[0].status, town.tickets()[0].assignee) == ("taken", town.places[LIMIN])
        await group.says(LIMIN, f"办结 {ticket.number} 换了读卡器")
        assert (town.tickets()[0].status, town.tickets()[0].result) == ("done", "换了读卡器")

    play_group(play, story)


@SQLITE
def test_its_name_is_taken_off_wherever_it_stands(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        for text in ("@民情 代报 3幢2单元大门的门禁坏了", "代报 地库入口的道闸抬不起来 @民情\u2005"):
            await group.brings(LIMIN, msgtype="text", text={"content": text})
        assert len(town.tickets()) == 2
        assert [one for one in town.tickets() if "民情" in one.summary or "@" in one.summary] == []

    play_group(play, story)


@SQLITE
def test_a_quote_says_which_ticket_is_meant_or_what_was_said(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        await group.says(LIMIN, "代报 3幢2单元大门的门禁坏了")
        await group.says(LIMIN, "代报 地库入口的道闸抬不起来了")
        first, second = town.tickets()
        await group.says(LIMIN, "接单", quote={"msgtype": "text", "text": {"content": f"{second.number} 公共维修\n…"}})
        states = {one.id: one.status for one in town.tickets()}
        assert states == {first.id: "open", second.id: "taken"}
        # Quoting a colleague and only naming the robot hands in what he said.
        quote = {"msgtype": "text", "text": {"content": "5幢3单元楼道灯全不亮了"}}
        await group.brings(LIMIN, msgtype="text", text={"content": "@民情"}, quote=quote)
        assert len(town.tickets()) == 3

    play_group(play, story)


@SQLITE
def test_a_photo_is_fetched_and_opened_with_the_key(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        photo = b"\xff\xd8 a door that does not open"
        padding = 32 - len(photo) % 32
        import base64

        key = base64.b64decode(ROBOT_KEY + "=")
        encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        group.files["good"] = encryptor.update(photo + bytes([padding]) * padding) + encryptor.finalize()
        # Whole blocks of another key: bytes by chance would open by chance, once in 256.
        other = Cipher(algorithms.AES(bytes(32)), modes.CBC(bytes(16))).encryptor()
        group.files["bad"] = other.update(b"a photo of somebody else's robot".ljust(64)) + other.finalize()
        base = f"{town.far.address}/cgi-bin/aibot-file/get?sign={'x' * 400}&name="
        items = [{"msgtype": "text", "text": {"content": "@民情 代报 3幢2单元大门的门禁坏了"}}]
        items += [{"msgtype": "image", "image": {"url": base + name}} for name in ("good", "bad")]
        await group.brings(LIMIN, msgtype="mixed", mixed={"msg_item": items})
        await town.parts.attachments.fetch_wanted()
        [ticket] = town.tickets()
        kept = town.read(lambda store: _photos(store, ticket.id))
        assert photo in kept and len([one for one in kept if one is not None]) == 1

    play_group(play, story)


def _photos(store: Store, ticket: int) -> list[bytes | None]:
    lines = store.tickets.lines_of(ticket)
    return [store.media.content(one) for line in lines for one, _ in store.media.of_line(line)]


@SQLITE
def test_one_answer_for_each_time_and_within_the_hour(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        await group.says(LIMIN, "帮助")
        await sends(town, "第一条")
        assert "第一条" not in group.texts() and town.outbox()["failed"] == 1
        await group.says(LIMIN, "帮助")
        # What waited is said along with the answer, which used up what came with it.
        assert group.texts()[-2] == "第一条" and "failed" not in town.outbox()
        before = len(group.texts())
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=2))
        await sends(town, "第二条")
        assert len(group.texts()) == before

    play_group(play, story)


@SQLITE
def test_a_repeat_does_nothing_twice(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        told = group.callback(LIMIN, msgtype="text", text={"content": "@民情 代报 3幢2单元大门的门禁坏了"})
        for _ in range(3):
            assert await group.door.says(told) == (200, b"")
        await town.settle()
        assert len(town.tickets()) == 1 and town.inbox() == {"done": 1}
        # Even after its card waits: a repeat is answered as the first was, and brings no second address to speak at.
        said, waits = len(group.texts()), town.outbox()["failed"]
        assert await group.door.says(told) == (200, b"")
        await sends(town, "又一条")
        assert len(group.texts()) == said and town.outbox()["failed"] == waits + 1

    play_group(play, story)


@SQLITE
def test_what_must_be_answered_at_once_is(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        entered = group.callback(LIMIN, LIMIN, msgtype="event", event={"eventtype": "enter_chat"}, create_time=1)
        hello = await group.asks(entered)
        assert hello["msgtype"] == "text" and "小助手" in hello["text"]["content"]
        polled = group.callback(LIMIN, msgtype="stream", stream={"id": "STREAM1"})
        assert (await group.asks(polled))["stream"] == {"id": "STREAM1", "finish": True, "content": ""}
        assert await group.door.verifies("echo") == (200, b"echo")
        await town.settle()
        assert town.inbox() == {}

    play_group(play, story)


@SQLITE
def test_nothing_that_is_not_the_platforms_comes_in(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        assert (await group.door.posts(b'{"encrypt": 5}'))[0] == 403
        assert (await group.door.posts(b"\x00garbage", msg_signature="x"))[0] == 403
        assert (await group.door.brings(sealed("{}", AES_KEY, "")))[0] == 403, "another robot's key"
        assert (await group.door.brings(sealed("{}", ROBOT_KEY, "someone")))[0] == 403, "for somebody else"
        assert town.inbox() == {}
        for odd in ("[]", "null", '{"msgtype": "text"}', '{"msgtype":"text","from":{"userid":"limin"},"text":7}'):
            assert (await group.door.says(odd))[0] == 200
        await town.settle()
        assert "done" not in town.inbox() or town.tickets() == []

    play_group(play, story)


@SQLITE
def test_an_address_that_is_not_wecoms_is_not_called(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        told = group.callback(LIMIN, msgtype="text", text={"content": "@民情 帮助"})
        assert (await group.door.says(told | {"response_url": "https://qyapi.weixin.qq.com.evil.example/x"}))[0] == 200
        await town.settle()
        assert group.texts() == [] and town.outbox()["failed"] == 1

    play_group(play, story)


@SQLITE
def test_a_card_that_is_too_long_has_its_commands_printed(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        await group.brings(LIMIN, msgtype="text", text={"content": "@民情 早"})
        await sends(town, "阳光1 公共维修\n" + "很长的一段话" * 30, (Button("接单", "接单 阳光1"),))
        [last] = [one for one in group.stands[STAFF] if one["msgtype"] == "markdown" and "很长" in str(one)]
        assert last["markdown"]["content"].endswith("接单：@民情 接单 阳光1")

    play_group(play, story)


@SQLITE
def test_what_waits_is_told_as_it_is_by_then_and_once(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        # She takes it in her app before anybody has named the robot.
        await town.says(LIMIN, f"接单 {ticket.number}")
        await group.says(WANG, "帮助")
        told = [text for text in group.texts() if "门禁" in text]
        assert len(told) == 1 and "李敏已接" in told[0]
        # What changes later only changes a card that stands there already: it is not said for its own sake.
        await town.says(LIMIN, f"办结 {ticket.number} 换了读卡器")
        await group.says(WANG, "帮助")
        assert len([text for text in group.texts() if "门禁" in text]) == 1

    play_group(play, story)


def test_what_no_database_keeps_in_a_text_is_taken_out(play: Play) -> None:
    """JSON can hold NUL and half an emoji, also in what a delivery is known by; and nesting without end."""

    async def story(town: Town, group: Group) -> None:
        bind(town)
        told = group.callback(LIMIN, msgtype="text", text={"content": "@民情 代报 3幢2单元大门的门禁坏了\0\ud83d"})
        odd = group.callback("no\0body", "wr\ud83dn\0", msgtype="text", text={"content": "@民情 早"})
        assert [await group.door.says(one) for one in (told, odd)] == [(200, b"")] * 2
        deep = group.callback(LIMIN, msgtype="text", text={"content": "@民情 早"}, more=[])
        bottomless = json.dumps(deep).replace('"more": []', '"more": ' + "[" * 30_000 + "]" * 30_000)
        assert (await group.door.says(bottomless))[0] == 200
        await town.settle()
        assert town.inbox() == {"done": 2, "failed": 1}
        [ticket] = town.tickets()
        assert "门禁" in ticket.summary

    play_group(play, story)
