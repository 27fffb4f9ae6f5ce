"""The app's own ways: what a worker can send, what a card can carry, and what happens where WeCom says no."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from domain.messages import Address, Button, Media, Outgoing
from domain.settings import Settings
from domain.tickets import Ticket
from handlers.delivery import post
from tests.tencent.conftest import Play
from tests.tencent.far_end import Call, Refuse
from tests.tencent.town import LIMIN, WANG, ZHANG, Town

ROOM = Address("wecom_app", LIMIN)


async def sends(town: Town, *letters: Outgoing) -> None:
    town.write(lambda store: post(store, letters, town.parts.clock.now()))
    town.parts.sender.wake()
    await town.settle()


async def tells(town: Town) -> Ticket:
    """A ticket that the worker hands in for somebody."""
    await town.says(LIMIN, "代报 张女士 3幢2单元大门的门禁坏了，刷卡没反应")
    [ticket] = town.tickets()
    return ticket


def test_a_worker_reports_for_a_resident_and_sees_the_ticket(play: Play) -> None:
    async def story(town: Town) -> None:
        ticket = await tells(town)
        assert ticket.status == "open" and "门禁" in ticket.summary
        assert any(ticket.number in text for text in town.far.texts(LIMIN))

    play(story)


def test_a_photo_is_fetched_and_can_be_shown_again(play: Play) -> None:
    async def story(town: Town) -> None:
        town.far.media["photo-1"] = b"\xff\xd8 the lock"
        await town.brings("image", LIMIN, PicUrl="http://p.example/x", MediaId="photo-1")
        for _ in range(100):
            if town.read(lambda store: store.media.kept("photo-1")):
                break
            await asyncio.sleep(0.05)
        assert town.read(lambda store: store.media.kept("photo-1")) == b"\xff\xd8 the lock"
        # Ids live for three days; what we kept is handed over anew.
        del town.far.media["photo-1"]
        await sends(town, Outgoing(ROOM, "门锁的照片", media=(Media("photo", "photo-1"),)))
        shown = town.far.stands[LIMIN][-1]
        assert town.far.media[shown["media_id"]] == b"\xff\xd8 the lock"
        assert town.far.texts(LIMIN)[-2] == "门锁的照片"

    play(story)


def test_a_photo_that_is_gone_does_not_repeat_the_words(play: Play) -> None:
    async def story(town: Town) -> None:
        await sends(town, Outgoing(ROOM, "已经换好", media=(Media("photo", "long-gone"),)))
        assert town.far.texts(LIMIN) == ["已经换好"] and town.outbox() == {"sent": 1}

    play(story)


def test_place_voice_file_and_menu_are_understood(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.brings("location", LIMIN, Location_X="30.1", Location_Y="120.2", Scale="15", Label="东门岗亭")
        await town.brings("voice", LIMIN, MediaId="voice-1", Format="amr")
        await town.brings("file", LIMIN, MediaId="file-1", FileName="名单.xlsx")
        await town.brings("event", LIMIN, Event="enter_agent", EventKey="")
        await town.brings("event", LIMIN, Event="click", EventKey="我的")
        assert set(town.inbox()) == {"done"}
        assert len(town.far.stands[LIMIN]) >= 1, "the menu's command was answered"

    play(story)


def test_a_long_command_comes_back_whole_and_a_foreign_button_is_refused(play: Play) -> None:
    async def story(town: Town) -> None:
        ticket = await tells(town)
        words = f"备注 {ticket.number} " + "物业说配件周三到货，" * 60
        await sends(town, Outgoing(ROOM, "要不要记下来", buttons=(Button("记下", words), Button("我的", "我的"))))
        card = town.far.card(LIMIN)
        keys = [one["key"] for one in card["button_list"]]
        assert all(len(key.encode()) <= 1024 for key in keys) and "配件" not in keys[0]
        await town.presses(LIMIN, "记下")
        notes = town.read(lambda store: store.tickets.events(ticket.id))
        assert any("配件周三到货" in str(one.event) for one in notes)
        # A key of another's chat, or one made up, is nobody's command.
        before = len(town.far.stands[WANG])
        await town.press_with(WANG, card["task_id"], keys[1])
        await town.press_with(WANG, card["task_id"], "=我的")
        assert len(town.far.stands[WANG]) == before + 2
        assert all("我的" not in text for text in town.far.texts(WANG)[before:])

    play(story)


def test_an_edit_without_a_code_is_said_anew_and_one_without_buttons_shuts_the_card(play: Play) -> None:
    async def story(town: Town) -> None:
        first = Outgoing(ROOM, "阳光9 门禁\n等人接", card="ticket:9:person:1", buttons=(Button("接单", "接单 阳光9"),))
        await sends(town, first)
        task = town.far.card(LIMIN)["task_id"]
        edit = Outgoing(
            ROOM, "阳光9 门禁\n李敏在办", card="ticket:9:person:1", mode="edit", buttons=(Button("办结", "办结 阳光9"),)
        )
        await sends(town, edit)
        card = town.far.card(LIMIN)
        assert (card["task_id"], card["sub_title_text"]) == (task, "李敏在办")
        # The code was good for one change; nobody has pressed since.
        await sends(
            town,
            Outgoing(
                ROOM,
                "阳光9 门禁\n配件在路上",
                card="ticket:9:person:1",
                mode="edit",
                buttons=(Button("办结", "办结 阳光9"),),
            ),
        )
        newer = town.far.card(LIMIN)
        assert newer["task_id"] != task and newer["sub_title_text"] == "配件在路上"
        await sends(town, Outgoing(ROOM, "阳光9 门禁\n办好了", card="ticket:9:person:1", mode="edit"))
        last = town.far.card(LIMIN)
        assert last["task_id"] == newer["task_id"] and last["replace_text"] == "已更新"
        assert last["sub_title_text"] == "办好了"

    play(story)


def test_a_card_that_wecom_will_not_change_is_said_anew(play: Play) -> None:
    async def story(town: Town) -> None:
        button = (Button("接单", "接单 阳光9"),)
        await sends(town, Outgoing(ROOM, "阳光9 门禁", card="ticket:9:person:1", buttons=button))
        town.far.codes.clear()
        await sends(town, Outgoing(ROOM, "阳光9 门禁\n李敏在办", card="ticket:9:person:1", mode="edit", buttons=button))
        assert len(town.far.stands[LIMIN]) == 2 and town.outbox() == {"sent": 2}

    play(story)


def test_a_busy_platform_does_not_use_up_the_code(play: Play) -> None:
    async def story(town: Town) -> None:
        button = (Button("接单", "接单 阳光9"),)
        await sends(town, Outgoing(ROOM, "阳光9 门禁", card="ticket:9:person:1", buttons=button))
        town.far.fault("message/update_template_card", errcode=-1)
        await sends(town, Outgoing(ROOM, "阳光9 门禁\n李敏在办", card="ticket:9:person:1", mode="edit", buttons=button))
        assert len(town.far.stands[LIMIN]) == 1 and town.far.card(LIMIN)["sub_title_text"] == "李敏在办"

    play(story)


def test_more_buttons_than_a_card_takes_and_more_words(play: Play) -> None:
    async def story(town: Town) -> None:
        buttons = tuple(Button(f"部门{number}", f"转办 阳光9 部门{number}") for number in range(9))
        await sends(town, Outgoing(ROOM, "转给谁\n" + "请选一个。" * 60, buttons=buttons))
        shown = town.far.stands[LIMIN]
        assert [len(one.get("button_list", ())) for one in shown] == [0, 6, 3]
        assert shown[0]["content"].startswith("转给谁\n请选一个。") and "sub_title_text" not in shown[1]

    play(story)


def test_a_long_text_is_cut_at_lines(play: Play) -> None:
    async def story(town: Town) -> None:
        text = "\n".join(f"3-{number} 王奶奶，血压正常，明天送药" for number in range(120))
        await sends(town, Outgoing(ROOM, text))
        pieces = town.far.texts(LIMIN)
        assert "".join(pieces) == text and len(pieces) > 1
        assert all(len(piece.encode()) <= 2048 for piece in pieces)

    play(story)


def test_who_may_not_see_the_app_costs_no_second_try(play: Play) -> None:
    async def story(town: Town) -> None:
        town.far.members.remove(LIMIN)
        await sends(town, Outgoing(ROOM, "您好"))
        assert town.outbox() == {"failed": 1} and len(town.far.to("message/send")) == 1

    play(story)


def test_a_yes_of_the_platform_that_is_a_no_is_told(play: Play) -> None:
    """A member without licence: errcode 0, and nothing arrives."""

    async def story(town: Town) -> None:
        town.far.unlicensed.add(LIMIN)
        await sends(town, Outgoing(ROOM, "您好"))
        assert town.outbox() == {"failed": 1} and town.far.stands[LIMIN] == []

    play(story)


def test_a_member_who_leaves_is_not_written_to(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.brings("event", LIMIN, Event="unsubscribe", EventKey="")
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        assert town.far.stands[LIMIN] == []

    play(story)


def test_resident_words_reach_the_worker_as_they_were_said(play: Play) -> None:
    """What looks like markup stays text: the app is sent text and cards, never markdown or XML."""

    async def story(town: Town) -> None:
        evil = "3幢2单元电梯坏了]]><MsgType>event</MsgType><![CDATA[ **急** [点我](http://x.example)"
        await town.brings("text", LIMIN, Content="代报 张女士 " + evil)
        [ticket] = town.tickets()
        assert "电梯" in ticket.summary
        [line] = town.read(lambda store: store.lines.many(store.tickets.lines_of(ticket.id, ("report",))))
        assert "]]><MsgType>event" in line.text

    play(story)


def test_the_platform_may_take_what_it_does_not_answer(play: Play) -> None:
    """Silence after the request went out: it is sent again, as the outbox promises at least once."""

    async def story(town: Town) -> None:
        town.far.fault("message/send", seconds=2.5, done=True)
        await sends(town, Outgoing(ROOM, "您好"))
        assert town.outbox() == {"sent": 1} and town.far.texts(LIMIN) == ["您好", "您好"]

    play(story)


def test_the_far_end_is_as_strict_as_the_documents() -> None:
    """The stand-in itself refuses what the platform would, or the tests above would prove nothing."""
    from tests.tencent.far_end import FarEnd

    far = FarEnd()
    far.members.add(LIMIN)
    bad: list[dict[str, Any]] = [
        {"msgtype": "text", "text": {"content": "长" * 700}},
        {"msgtype": "text", "text": {"content": " "}},
        {"msgtype": "image", "image": {"media_id": "none"}},
        {
            "msgtype": "template_card",
            "template_card": {
                "card_type": "button_interaction",
                "main_title": {"title": "x"},
                "button_list": [],
                "task_id": "t",
            },
        },
    ]
    for message in bad:
        try:
            far._message(Call("message/send", {}, {"touser": LIMIN} | message))
        except Refuse:
            continue
        raise AssertionError(message)


def with_markdown(settings: Settings) -> Settings:
    return replace(settings, wecom=replace(settings.wecom, app=replace(settings.wecom.app, markdown=True)))


def test_where_all_use_wecoms_app_numbers_of_tickets_are_bold(play: Play) -> None:
    async def story(town: Town) -> None:
        ticket = await tells(town)
        await sends(town, Outgoing(ROOM, f"{ticket.number} <配件>周三到 *加急*"))
        said = town.far.to("message/send")[-1]
        assert said["msgtype"] == "markdown"
        assert said["markdown"]["content"] == f"**{ticket.number}** ＜配件＞周三到 ＊加急＊"
        # The line for the group is copied as it stands, and a card is a card.
        paste = [one for one in town.far.to("message/send") if "可以贴回群里" in str(one)]
        assert paste and {one["msgtype"] for one in paste} <= {"text", "template_card"}

    play(story, changed=with_markdown)


def test_otherwise_nothing_goes_out_as_markdown(play: Play) -> None:
    async def story(town: Town) -> None:
        ticket = await tells(town)
        await sends(town, Outgoing(ROOM, f"{ticket.number} <配件>周三到 *加急*"))
        sent = town.far.to("message/send")
        assert sent[-1]["text"]["content"] == f"{ticket.number} <配件>周三到 *加急*"
        assert "markdown" not in {one["msgtype"] for one in sent}

    play(story)


def test_numbers_under_a_name_are_bold_too_where_nobody_gave_a_label(play: Play) -> None:
    async def story(town: Town) -> None:
        town.write(lambda store: store.areas.add(town.places["district"], "community", "hehua", "荷花社区"))
        await sends(town, Outgoing(ROOM, "荷花社区7、阳光8、云栖里9"))
        assert town.far.to("message/send")[-1]["markdown"]["content"] == "**荷花社区7**、**阳光8**、云栖里9"

    play(story, changed=with_markdown)
