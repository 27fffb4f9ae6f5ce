"""What Telegram brings, and how it went wrong for others: poison, repeats, albums, edits, rivals."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from tests.telegram.conftest import Play
from tests.telegram.fake_server import TOKEN, FakeServer
from tests.telegram.phones import photo
from tests.telegram.town import LIU, RESIDENTS, START, ZHANG, Town
from tests.telegram.wire import Fault

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
        assert all(one.reference for one in dead) and "no update that we know" in (dead[0].error or "")
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


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
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


def test_an_edit_does_not_overtake_its_album(play: Play) -> None:
    async def story(town: Town) -> None:
        parts = town.phones.album(ZHANG, RESIDENTS, "c", [REPORT, None])
        town.phones.edits(ZHANG, RESIDENTS, parts[0], REPORT + "，进不了门")
        await town.settle()
        [ticket] = town.tickets()
        assert len(town.server.said(chat=RESIDENTS)) == 1
        texts = town.read(lambda store: [line.text for one in (1, 2) if (line := store.lines.get(one)) is not None])
        assert texts == [REPORT, REPORT + "，进不了门"] and ticket.number == "阳光1"

    play(story)


@pytest.mark.parametrize("fault", [Fault(409), Fault(502), Fault(429, retry_after=1)], ids=["rival", "down", "flood"])
def test_polling_goes_on_after_a_rival_or_a_broken_server(
    play: Play, capsys: pytest.CaptureFixture[str], fault: Fault
) -> None:
    def troubled() -> FakeServer:
        server = FakeServer()
        server.faults["getUpdates"].append(fault)
        return server

    async def story(town: Town) -> None:
        town.phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        assert town.inbox() == {"done": 1}

    play(story, server=troubled)
    logged = capsys.readouterr().out
    told = {409: "another process polls with this token", 502: "telegram_away", 429: "telegram_busy"}
    assert told[fault.status] in logged and TOKEN not in logged


@pytest.mark.parametrize("fault", [Fault(502), Fault(401), Fault(429, retry_after=1)], ids=["down", "token", "flood"])
def test_a_photo_that_cannot_be_had_now_is_had_later(play: Play, fault: Fault) -> None:
    async def story(town: Town) -> None:
        town.server.files["photos/p.jpg"] = b"picture"
        town.server.faults["getFile"].append(fault)
        town.phones.says(ZHANG, RESIDENTS, photo=photo("p"), caption=REPORT)
        await town.settle()
        [ticket] = town.tickets()
        [line] = town.read(lambda store: store.tickets.lines_of(ticket.id, ("report",)))
        await town.until(lambda: kept(town, line) == [b"picture"])

    play(story)


def kept(town: Town, line: int) -> list[bytes | None]:
    """The attachments of a line as they are kept with us."""
    return town.read(lambda store: [store.media.content(one) for one, _ in store.media.of_line(line)])
