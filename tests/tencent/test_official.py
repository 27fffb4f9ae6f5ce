"""The official account: what followers can send, how often they can be written to, and what becomes of the rest."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest

from domain.messages import Address, Media, Outgoing
from handlers.delivery import post
from tests.tencent.caller import TOKEN, message, sealed
from tests.tencent.conftest import Play
from tests.tencent.far_end import ACCOUNT, CORP
from tests.tencent.town import LIMIN, START, Town
from tests.tencent.wechat import GANG, MEI, TEMPLATE, Followers, play_with

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
REPORT = "云栖里3幢2单元大门的门禁坏了，刷卡没反应"


async def sends(town: Town, text: str, card: str | None = None, media: tuple[Media, ...] = ()) -> None:
    letter = Outgoing(to=Address("official_account", MEI), text=text, card=card, media=media)
    town.write(lambda store: post(store, [letter], town.parts.clock.now()))
    town.parts.sender.wake()
    await town.settle()


def test_a_stranger_reports_by_naming_his_estate(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.brings("event", MEI, Event="subscribe", EventKey="")
        assert "直接说哪里" in they.texts(MEI)[-1]
        await they.says(MEI, "3幢2单元大门的门禁坏了，刷卡没反应")
        assert "小区" in they.texts(MEI)[-1] and town.tickets() == []
        await they.says(MEI, REPORT)
        [ticket] = town.tickets()
        assert (ticket.area, ticket.reporter_name) == (town.places["unit"], "住户")
        assert ticket.number in they.texts(MEI)[-1]
        # From now on it is known where she is.
        await they.says(MEI, "我的")
        assert ticket.number in they.texts(MEI)[-1]

    play_with(play, story)


@SQLITE
def test_a_repeat_is_the_same_message(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        they.left[MEI] = 5
        said = message("text", MEI, 77, they.door.now, Content=REPORT)
        answers = await asyncio.gather(*(they.door.says(said) for _ in range(3)))
        assert answers == [(200, b"success")] * 3
        await town.settle()
        assert len(town.tickets()) == 1 and town.inbox() == {"done": 1}
        # Nor is the count begun anew by it: four more can be sent, not five.
        for number in range(6):
            await sends(town, f"第{number}条")
        assert len(they.texts(MEI)) == 5 and town.outbox()["failed"] == 2

    play_with(play, story)


@SQLITE
def test_an_event_comes_twice_and_counts_once(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        they.left[MEI] = 3
        event = message("event", MEI, 0, they.door.now, Event="CLICK", EventKey="帮助")
        assert {await they.door.says(event) for _ in range(2)} == {(200, b"success")}
        other = message("event", MEI, 0, they.door.now, Event="CLICK", EventKey="我的")
        await they.door.says(other)
        await town.settle()
        assert town.inbox() == {"done": 2} and len(they.texts(MEI)) == 2

    play_with(play, story)


@SQLITE
def test_photo_voice_place_and_what_they_mean(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        town.far.media |= {"photo-1": b"\xff\xd8 a door", "voice-1": b"#!AMR"}
        await they.brings("voice", MEI, MediaId="voice-1", Format="amr", Recognition=REPORT)
        [ticket] = town.tickets()
        await they.brings("image", MEI, MediaId="photo-1", PicUrl="http://mmbiz.qpic.cn/x")

        def fetched() -> tuple[bytes | None, bytes | None]:
            return town.read(lambda store: (store.media.kept("voice-1"), store.media.kept("photo-1")))

        for _ in range(100):
            if None not in fetched():
                break
            await asyncio.sleep(0.05)
        assert fetched() == (b"#!AMR", b"\xff\xd8 a door")
        raw = town.parts.channels["official_account"].to_incoming
        town.far.calls.clear()
        await they.brings("location", MEI, Location_X="28.97", Location_Y="118.87", Scale="20", Label="望江路1号")
        assert raw is not None and ticket.where.building == "3"
        # It reaches the worker with what was said, in her app.
        assert any("门禁" in str(one) for one in town.far.stands[LIMIN])
        await sends(town, "请看", media=(Media("photo", "photo-1"),))
        assert they.heard[MEI][-1]["media_id"].startswith("media-")

    play_with(play, story)


@SQLITE
def test_what_somebody_writes_adds_no_elements_of_its_own(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, f"{REPORT} ]]><FromUserName><![CDATA[{GANG}]]></FromUserName>")
        [ticket] = town.tickets()
        account = town.write(lambda store: store.people.account("official_account", MEI, "", START))
        assert ticket.reporter_account == account.id and they.heard[GANG] == []

    play_with(play, story)


@SQLITE
def test_nothing_that_is_not_wechats_comes_in(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        good = message("text", MEI, 5, Content=REPORT)
        bomb = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><xml><Encrypt>&d;</Encrypt></xml>'
        assert (await they.door.posts(bomb.encode(), msg_signature="x"))[0] == 403
        assert (await they.door.posts(b"\x00\xffgarbage"))[0] == 403
        assert (await they.door.brings(sealed(good, they.door.aes_key, CORP)))[0] == 403, "another account's"
        assert (await they.door.brings(sealed(good, they.door.aes_key, ACCOUNT), msg_signature="0" * 40))[0] == 403
        assert (await they.door.posts(good.encode()))[0] == 403, "not encrypted"
        assert town.inbox() == {} and town.tickets() == []
        # What is rightly signed and brought again is known already.
        they.left[MEI] = 5
        there = sealed(good, they.door.aes_key, ACCOUNT)
        assert [await they.door.brings(there) for _ in range(2)] == [(200, b"success")] * 2
        await town.settle()
        assert town.inbox() == {"done": 1}
        # Inside the right envelope a document type is refused as well: a dead letter, not a crash.
        assert (await they.door.says('<!DOCTYPE a [<!ENTITY b "c">]><xml><MsgType>text</MsgType></xml>'))[0] == 200
        await town.settle()
        assert town.inbox() == {"done": 1, "failed": 1}

    play_with(play, story)


@SQLITE
def test_the_console_verifies_the_address_in_plain_words(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        right = hashlib.sha1("".join(sorted((TOKEN, "1409735669", "xxx"))).encode()).hexdigest()
        asked = {"timestamp": "1409735669", "nonce": "xxx", "echostr": "5837397576500011341"}
        assert await they.door.asks(signature=right, **asked) == (200, b"5837397576500011341")
        assert (await they.door.asks(signature="0" * 40, **asked))[0] == 403
        assert (await they.door.asks(signature=right, **(asked | {"echostr": "<script>"})))[0] == 403
        assert town.read(lambda store: store.channel_state.get("official_account", "verified", START)) is not None

    play_with(play, story)


@SQLITE
def test_after_five_it_waits_until_he_writes_again(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        for number in range(1, 9):
            await sends(town, f"消息{number}")
        assert len(they.heard[MEI]) == 5 and town.outbox()["failed"] == 4
        asked = len(town.far.to("message/custom/send"))
        assert asked == 5, "what cannot be sent is not tried"
        town.parts.clock.set(town.parts.clock.now() + timedelta(minutes=5))
        await they.says(MEI, "我的")
        # The answer, and the three latest of what waited.
        told = they.texts(MEI)[5:]
        assert len(told) == 4 and {"消息6", "消息7", "消息8"} < set(told)
        assert town.outbox() == {"sent": 9, "failed": 1}

    play_with(play, story)


@SQLITE
def test_the_window_closes_after_two_days(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=48))
        await sends(town, "太晚了")
        assert "太晚了" not in they.texts(MEI) and town.outbox()["failed"] == 1
        listed = town.read(lambda store: store.outbox.listed(["failed"], 5))
        assert "until the reader writes again" in str(listed[0])

    play_with(play, story)


@SQLITE
def test_what_comes_late_goes_as_a_notice_to_who_agreed(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, REPORT)
        [ticket] = town.tickets()
        await they.answers_to_popup(MEI, "accept")
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=50))
        await town.says(LIMIN, f"接单 {ticket.number}")
        await town.says(LIMIN, f"办结 {ticket.number} 换了读卡器，顺便把门禁控制箱里松了的接线也都紧了一遍")
        assert [one["phrase3"]["value"] for one in they.noticed[MEI]] == ["正在办", "已经办好"]
        notice = they.noticed[MEI][-1]
        assert notice["character_string1"]["value"] == "1" and notice["phrase3"]["value"] == "已经办好"
        assert len(notice["thing5"]["value"]) == 20 and notice["thing5"]["value"].endswith("…")
        # She takes it back: the next one waits for her.
        await they.answers_to_popup(MEI, "reject", "subscribe_msg_change_event")
        before = len(they.noticed[MEI])
        await sends(town, "还有一件事", card=f"rating:{ticket.id}")
        assert len(they.noticed[MEI]) == before and town.outbox()["failed"] == 1
        await they.says(MEI, "1")
        assert town.tickets()[0].rating == 1 and "还有一件事" in they.texts(MEI)

    play_with(play, story)


@SQLITE
def test_a_consent_that_wechat_knows_better_about(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, REPORT)
        [ticket] = town.tickets()
        await they.answers_to_popup(MEI, "accept")
        they.agreed.clear()
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=50))
        await sends(town, "办好了", card=f"rating:{ticket.id}")
        await sends(town, "办好了吗", card=f"rating:{ticket.id}")
        assert len(town.far.to("message/subscribe/bizsend")) == 1, "asked once, and then known"
        assert town.far.to("message/subscribe/bizsend")[0]["template_id"] == TEMPLATE

    play_with(play, story)


@SQLITE
def test_where_wechat_counts_otherwise_it_is_right(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        # A colleague answered by hand from the console.
        they.left[MEI] = 0
        await sends(town, "第一条")
        await sends(town, "第二条")
        refused = [one for one in town.far.to("message/custom/send") if one["text"]["content"].startswith("第")]
        assert len(refused) == 1 and town.outbox()["failed"] == 2

    play_with(play, story)


@SQLITE
def test_a_busy_platform_costs_no_count(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        for _ in range(3):
            town.far.fault("message/custom/send", errcode=-1)
        await sends(town, "一")
        for text in ("二", "三", "四"):
            await sends(town, text)
        assert they.texts(MEI)[1:] == ["一", "二", "三", "四"] and "failed" not in town.outbox()

    play_with(play, story)


@SQLITE
def test_a_long_text_is_cut_on_characters_and_to_what_is_left(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        await sends(town, "水管" * 900)
        pieces = they.texts(MEI)[1:]
        assert len(pieces) == 3 and "".join(pieces) == "水管" * 900
        await sends(town, "电梯" * 900)
        assert len(they.texts(MEI)) == 5 and they.texts(MEI)[-1].endswith("…")

    play_with(play, story)


@SQLITE
def test_who_leaves_is_written_to_no_more(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        await they.brings("event", MEI, Event="unsubscribe", EventKey="")
        account = town.write(lambda store: store.people.account("official_account", MEI, "", START))
        assert account.chat is None

    play_with(play, story)


@SQLITE
def test_a_code_in_a_picture_binds_whoever_follows_by_it(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        def make(store: object) -> str:
            from storage.store import Store

            assert isinstance(store, Store)
            door = store.households.add(town.places["unit"], "3-2-402", START)
            person = store.people.add(town.places["district"], "王秀英", START)
            store.households.add_resident(door.id, "王秀英", person=person)
            return store.codes.for_person(person, START, START + timedelta(days=3), digits=True)

        code = town.write(make)
        await they.brings("event", MEI, Event="subscribe", EventKey=f"qrscene_{code}", Ticket="TICKET")
        assert "王秀英，绑好了" in they.texts(MEI)[-1]
        await they.says(MEI, "我家厨房水管漏水了，麻烦师傅来修一下")
        [ticket] = town.tickets()
        assert (ticket.where.room, ticket.reporter_name) == ("402", "王秀英")
        await they.brings("event", GANG, Event="SCAN", EventKey=code, Ticket="TICKET")
        assert "不对" in they.texts(GANG)[-1]

    play_with(play, story)
