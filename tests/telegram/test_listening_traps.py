"""What Telegram brings, and how it went wrong for others: poison, repeats, albums, edits, topics, moves, hidden admins."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from domain.messages import Address
from tests.telegram.conftest import Play
from tests.telegram.fake_server import FakeServer
from tests.telegram.phones import photo
from tests.telegram.town import ADMIN, LIMIN, LIU, RESIDENTS, STAFF, START, ZHANG, Town

REPORT = "3幢2单元大门的门禁坏了，刷卡没反应"
OTHER = "3幢2单元的电梯坏了，停在5楼不动"


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_an_update_that_makes_no_sense_is_one_dead_letter(play: Play, mode: str) -> None:
    async def story(town: Town) -> None:
        town.server.deliver(message={"message_id": "none", "chat": {"id": RESIDENTS, "type": "supergroup"}})
        town.server.deliver(message=["not", "a", "message"])
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        assert town.inbox() == {"done": 1, "failed": 2}
        assert len(town.tickets()) == 1
        dead = town.read(lambda store: store.inbox.kept(["failed"], 10))
        assert all(one.reference for one in dead) and "validation error" in (dead[0].error or "")
        assert town.server.pending == []

    play(story, mode=mode)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_what_is_brought_again_is_passed_over(play: Play, mode: str) -> None:
    async def story(town: Town) -> None:
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        again = town.server.delivered[-1]
        for _ in range(2):
            town.server.pending.append(again)
            await town.settle()
        assert town.server.delivered.count(again) >= 3
        assert town.inbox() == {"done": 1}
        assert len(town.tickets()) == 1

    play(story, mode=mode)


def test_the_offset_moves_on_only_after_our_commit(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        file = town.parts.database.engine.url.database
        other = sqlite3.connect(str(file), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.until(lambda: town.server.delivered)
        await asyncio.sleep(0.5)
        assert [one["update_id"] for one in town.server.pending] == [9001]
        other.execute("ROLLBACK")
        other.close()
        await town.settle(30)
        assert town.server.pending == []
        assert town.inbox() == {"done": 1}
        offset = town.read(lambda store: store.channel_state.get("telegram", "offset:4242", START))
        assert offset == "9002"

    play(story)


def test_all_kinds_of_updates_are_asked_for(play: Play) -> None:
    class Listening(FakeServer):
        async def _getUpdates(self, params: dict[str, object]) -> object:
            asked.append(params.get("allowed_updates"))
            return await super()._getUpdates(params)

    asked: list[object] = []

    async def story(town: Town) -> None:
        await town.until(lambda: asked)
        kinds = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
        assert asked[0] == kinds

    play(story, server=Listening)


def test_an_album_is_one_thing_said(play: Play) -> None:
    async def story(town: Town) -> None:
        for name in ("a-0", "a-1", "a-2"):
            town.server.files[f"photos/{name}.jpg"] = f"picture {name}".encode()
        parts = town.phones.album(ZHANG, RESIDENTS, "a", [None, REPORT, None])
        await town.settle()
        [ticket] = town.tickets()
        lines = town.read(lambda store: store.tickets.lines_of(ticket.id, ("report",)))
        assert len(lines) == 1
        await town.until(lambda: kept(town, lines[0]) == [b"picture a-0", b"picture a-1", b"picture a-2"])
        # An edit of the words is an edit of that line.
        town.phones.edits(ZHANG, RESIDENTS, parts[1], REPORT + "，进不了门")
        await town.settle()
        assert len(town.tickets()) == 1
        assert town.inbox() == {"done": 4}
        card = town.server.said(chat=RESIDENTS)[0]
        assert card["reply_parameters"]["message_id"] == parts[1]

    play(story)


def test_parts_of_an_album_in_several_deliveries_wait_for_each_other(play: Play) -> None:
    async def story(town: Town) -> None:
        first = town.phones.says(ZHANG, RESIDENTS, photo=photo("b-0"), media_group_id="b", caption=REPORT)
        await town.until(lambda: town.inbox() == {"new": 1})
        # Talk of others does not wait for it.
        town.phones.says(LIU, RESIDENTS, "早上好")
        await town.until(lambda: town.inbox().get("done") == 1)
        town.phones.says(ZHANG, RESIDENTS, photo=photo("b-1"), media_group_id="b")
        await town.settle()
        [ticket] = town.tickets()
        [line] = town.read(lambda store: store.tickets.lines_of(ticket.id, ("report",)))
        refs = town.read(lambda store: [media.ref for _, media in store.media.of_line(line)])
        assert refs == ["b-0", "b-1"]
        assert town.read(lambda store: store.lines.remote_of(line)) == str(first)

    play(story)


def test_an_edit_is_a_new_wording_and_no_second_ticket(play: Play) -> None:
    async def story(town: Town) -> None:
        said = town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        town.phones.edits(ZHANG, RESIDENTS, said, "3幢2单元大门的门禁坏了，刷卡刷脸都没反应")
        await town.settle()
        assert len(town.tickets()) == 1
        assert len(town.server.said(chat=RESIDENTS)) == 1

    play(story)


def test_a_topic_and_a_reply_survive_the_round_trip(play: Play) -> None:
    async def story(town: Town) -> None:
        forum = town.phones.group(-1001000000777, "云栖里大家庭", {ZHANG: "member"}, topics=[11])
        town.write(
            lambda store: store.areas.bind(
                Address("telegram", str(forum)), town.places["unit"], "unit", "residents", "大家庭", START
            )
        )
        began = town.phones.says(ADMIN, forum, forum_topic_created={"name": "报修", "icon_color": 1})
        said = town.phones.says(
            ZHANG, forum, REPORT, message_thread_id=11, is_topic_message=True, reply_to=began
        )
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


def test_a_voice_message_and_a_place_are_heard(play: Play) -> None:
    async def story(town: Town) -> None:
        voice = {"file_id": "v-1", "file_unique_id": "u-v-1", "duration": 4}
        said = town.phones.says(ZHANG, RESIDENTS, voice=voice)
        where = town.phones.says(ZHANG, RESIDENTS, location={"latitude": 30.0012, "longitude": 120.5821})
        await town.settle()
        lines = town.read(
            lambda store: [
                store.lines.get(store.lines.at("telegram", str(RESIDENTS), str(one)) or 0) for one in (said, where)
            ]
        )
        assert lines[0] is not None and lines[0].voice
        assert lines[1] is not None and lines[1].spot == "30.00120,120.58210"

    play(story)


def test_ids_beyond_32_bits_are_kept(play: Play) -> None:
    async def story(town: Town) -> None:
        big = town.phones.person(7_345_678_901, "新来的")
        room = town.phones.group(-1009_876_543_210, "大号群", {big: "member"})
        address = Address("telegram", str(room))
        town.write(
            lambda store: store.areas.bind(address, town.places["unit"], "unit", "residents", "大号群", START)
        )
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


def test_privacy_mode_is_told(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    def shy() -> FakeServer:
        server = FakeServer()
        server.reads_all = False
        return server

    async def story(town: Town) -> None:
        await town.until(lambda: town.parts.channels["telegram"].capabilities.reads == "mentions")

    play(story, server=shy)
    assert "/setprivacy" in capsys.readouterr().out


def kept(town: Town, line: int) -> list[bytes | None]:
    """The attachments of a line as they are kept with us."""
    return town.read(lambda store: [store.media.content(one) for one, _ in store.media.of_line(line)])
