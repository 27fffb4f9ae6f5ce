"""Rooms and speakers as Telegram has them: topics, hidden admins, channels, being let in, thrown out and blocked."""

from __future__ import annotations

import pytest

from domain.messages import Address
from tests.telegram.conftest import Play
from tests.telegram.fake_server import FakeServer
from tests.telegram.town import ADMIN, LIMIN, LIU, RESIDENTS, STAFF, START, ZHANG, Town

REPORT = "3幢2单元大门的门禁坏了，刷卡没反应"
OTHER = "3幢2单元的电梯坏了，停在5楼不动"


def test_a_topic_and_a_reply_survive_the_round_trip(play: Play) -> None:
    async def story(town: Town) -> None:
        forum = town.phones.group(-1001000000777, "云栖里大家庭", {ZHANG: "member"}, topics=[11])
        town.write(
            lambda store: store.areas.bind(
                Address("telegram", str(forum)), town.places["unit"], "unit", "residents", "大家庭", START
            )
        )
        began = town.phones.says(ADMIN, forum, forum_topic_created={"name": "报修", "icon_color": 1})
        said = town.phones.says(ZHANG, forum, REPORT, message_thread_id=11, is_topic_message=True, reply_to=began)
        await town.settle()
        [card] = town.server.said(chat=forum)
        assert card["message_thread_id"] == "11"
        assert card["reply_parameters"]["message_id"] == said
        # Said in reply to our card, in the topic: it is about that ticket.
        ours = max(town.server.chats[forum].messages)
        town.phones.says(ZHANG, forum, "不是报事", reply_to=ours, message_thread_id=11, is_topic_message=True)
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["rejected"]

    play(story)


def test_a_hidden_admin_and_a_channel_are_never_staff(play: Play) -> None:
    async def story(town: Town) -> None:
        hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        passed_on = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        room = town.server.chats[STAFF].shown
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        card = max(town.server.chats[STAFF].messages)
        # Somebody careless put Telegram's own accounts on the staff list by hand.
        for user in ("1087968824", "136817688", "777000"):

            def careless(store, user=user):  # type: ignore[no-untyped-def]
                account = store.people.account("telegram", user, "x", START)
                store.people.bind_account(account.id, town.places["limin"])

            town.write(careless)
        town.server.users[1] = hidden
        town.phones.says(1, STAFF, "接单 阳光1", sender_chat=room, reply_to=card)
        town.server.users[2] = passed_on
        channel = {"id": -1001000000999, "type": "channel", "title": "社区公告"}
        town.phones.says(2, STAFF, "接单 阳光1", sender_chat=channel, is_automatic_forward=True, reply_to=card)
        town.server.users[3] = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
        town.phones.says(3, STAFF, "接单 阳光1", sender_chat=channel, reply_to=card)
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["open"]
        # The same words of a worker are a command.
        town.phones.says(LIMIN, STAFF, "接单 阳光1", reply_to=card)
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["taken"]

    play(story)


def test_the_ok_sign_of_staff_on_a_line_registers_it(play: Play) -> None:
    async def story(town: Town) -> None:
        line = town.phones.says(ZHANG, RESIDENTS, "楼下那个灯好像暗了点")
        await town.settle()
        before = [ticket for ticket in town.tickets() if ticket.status == "open"]
        assert before == []
        town.phones.reacts(LIU, RESIDENTS, line, "👌")
        town.phones.reacts(LIMIN, RESIDENTS, line, "❤")
        await town.settle()
        assert [ticket for ticket in town.tickets() if ticket.status == "open"] == []
        town.phones.reacts(LIMIN, RESIDENTS, line, "👌")
        await town.settle()
        [ticket] = town.tickets()
        assert (ticket.status, ticket.reporter_name) == ("open", "张女士")
        assert town.server.said(chat=RESIDENTS)[0]["reply_parameters"]["message_id"] == line
        town.phones.reacts(LIMIN, RESIDENTS, line, "👌")
        await town.settle()
        assert len(town.tickets()) == 1

    play(story)


def test_ids_beyond_32_bits_are_kept(play: Play) -> None:
    async def story(town: Town) -> None:
        big = town.phones.person(7_345_678_901, "新来的")
        room = town.phones.group(-1009_876_543_210, "大号群", {big: "member"})
        address = Address("telegram", str(room))
        town.write(lambda store: store.areas.bind(address, town.places["unit"], "unit", "residents", "大号群", START))
        town.phones.says(big, room, OTHER)
        await town.settle()
        assert len(town.tickets()) == 1 and len(town.server.said(chat=room)) == 1

    play(story)


def test_the_bot_is_let_in_and_thrown_out(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.lets_bot_in(ADMIN, RESIDENTS)
        await town.settle()
        [notice] = town.server.shows(RESIDENTS)
        assert "72小时" in notice
        town.phones.throws_bot_out(ADMIN, RESIDENTS)
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        assert town.tickets() == []
        assert town.read(lambda store: store.areas.group_at(Address("telegram", str(RESIDENTS)))) is None

    play(story)


def test_who_blocks_us_is_not_written_to(play: Play) -> None:
    async def story(town: Town) -> None:
        def chat() -> str | None:
            return town.read(lambda store: store.people.accounts_of(town.places["limin"])[0].chat)

        assert chat() == str(LIMIN)
        town.phones.throws_bot_out(LIMIN, LIMIN)
        await town.settle()
        assert chat() is None
        town.server.chats[LIMIN].kicked = False
        town.phones.says(LIMIN, LIMIN, "今日")
        await town.settle()
        assert chat() == str(LIMIN)

    play(story)


def test_privacy_mode_is_told(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    def shy() -> FakeServer:
        server = FakeServer()
        server.reads_all = False
        return server

    async def story(town: Town) -> None:
        await town.until(lambda: town.parts.channels["telegram"].capabilities.reads == "mentions")

    play(story, server=shy)
    assert "/setprivacy" in capsys.readouterr().out


def test_asked_by_one_who_runs_the_group_it_says_goodbye_and_leaves(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.says(LIU, RESIDENTS, "/leave_group@minqing_bot")
        await town.settle()
        assert "leaveChat" not in town.server.methods() and "管理员" in town.server.shows(RESIDENTS)[-1]
        town.phones.says(ADMIN, RESIDENTS, "#退群")
        await town.until(lambda: "leaveChat" in town.server.methods())
        assert "已经删掉" in town.server.shows(RESIDENTS)[-1]
        assert town.server.methods()[-1] == "leaveChat"
        assert town.read(lambda store: store.areas.group_at(Address("telegram", str(RESIDENTS)))) is None

    play(story)
