"""What Telegram refuses, delays or loses: floods, moved groups, being thrown out, broken gateways, silence."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.telegram_bot import channel
from bot.channels.telegram_bot.menus import changed
from domain.messages import Address, Button, Media, Outgoing
from tests.telegram.conftest import Play
from tests.telegram.town import ADMIN, LIMIN, RESIDENTS, STAFF, START, ZHANG, Town
from tests.telegram.wire import Fault

REPORT = "3幢2单元大门的门禁坏了，刷卡没反应"
MOVED = -1001000000888


def queue(town: Town, *messages: Outgoing) -> None:
    def work(store):  # type: ignore[no-untyped-def]
        for message in messages:
            assert isinstance(message.to, Address)
            store.outbox.put(message, message.to, START)

    town.write(work)
    town.parts.sender.wake()


def room(chat: int, thread: str | None = None) -> Address:
    return Address("telegram", str(chat), thread)


def failed(town: Town) -> list[str | None]:
    return [one.error for one in town.read(lambda store: store.outbox.listed(["failed", "unknown"], 10))]


def test_told_to_wait_it_waits_and_so_does_all_else_for_that_room(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendMessage"].append(Fault(429, retry_after=2))
        began = time.monotonic()
        queue(town, Outgoing(room(RESIDENTS), "一"), Outgoing(room(RESIDENTS), "二"), Outgoing(room(STAFF), "三"))
        await town.until(lambda: town.server.shows(STAFF) == ["三"])
        assert time.monotonic() - began < 1.5
        await town.until(lambda: len(town.server.shows(RESIDENTS)) == 2)
        assert time.monotonic() - began >= 2
        assert sorted(town.server.shows(RESIDENTS)) == ["一", "二"]
        # One call was refused, none was made in vain while we had to wait.
        assert len(town.server.said()) == 4
        assert failed(town) == []

    play(story)


def test_being_told_to_wait_is_never_a_reason_to_give_up(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendMessage"].append(Fault(429, retry_after=1))
        queue(town, Outgoing(room(STAFF), "一"))
        await town.until(lambda: town.server.shows(STAFF) == ["一"])
        await town.settle()
        [row] = town.read(lambda store: store.outbox.listed(["sent"], 10))
        assert row.attempts == 1

    play(story)


@pytest.mark.parametrize("fault", [Fault(502), Fault(500)], ids=["bad gateway", "server error"])
def test_a_broken_gateway_is_tried_again(play: Play, fault: Fault) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendMessage"].extend([fault, fault])
        queue(town, Outgoing(room(STAFF), "一"))
        await town.until(lambda: town.server.shows(STAFF) == ["一"])
        assert len(town.server.said()) == 3

    play(story)


def test_silence_after_it_was_taken_means_said_at_least_once(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendMessage"].append(Fault(done=True, hang=True))
        queue(town, Outgoing(room(STAFF), "一", card="morning:1:x"))
        await town.until(lambda: len(town.server.shows(STAFF)) == 2)
        await town.settle()
        assert town.server.shows(STAFF) == ["一", "一"]
        # The card is the second one: that is edited, and replies to it are understood.
        assert town.read(lambda store: store.outbox.remotes("telegram", str(STAFF), "morning:1:x")) == ("2",)

    play(story)


def test_silence_after_an_edit_was_taken_ends_well(play: Play) -> None:
    async def story(town: Town) -> None:
        queue(town, Outgoing(room(STAFF), "一", card="morning:1:x"))
        await town.settle()
        town.server.faults["editMessageText"].append(Fault(done=True, hang=True))
        queue(town, Outgoing(room(STAFF), "二", card="morning:1:x", mode="edit"))
        await town.until(lambda: len(town.server.said("editMessageText")) == 2)
        await town.settle()
        assert town.server.shows(STAFF) == ["二"] and failed(town) == []

    play(story)


def test_thrown_out_it_gives_up_and_does_not_try_again(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.met()
        town.server.chats[RESIDENTS].kicked = True
        queue(town, Outgoing(room(RESIDENTS), "一"), Outgoing(room(STAFF), "二"))
        await town.settle()
        await asyncio.sleep(1.2)
        assert len(town.server.said(chat=RESIDENTS)) == 1
        assert failed(town) == ["Forbidden: bot was kicked from the supergroup chat"]
        assert town.server.shows(STAFF) == ["二"]

    play(story)


def test_a_deleted_card_is_said_anew_and_edited_there(play: Play) -> None:
    async def story(town: Town) -> None:
        queue(town, Outgoing(room(STAFF), "一", card="morning:1:x"))
        await town.settle()
        town.server.chats[STAFF].messages.clear()
        queue(town, Outgoing(room(STAFF), "二", card="morning:1:x", mode="edit"))
        await town.settle()
        queue(town, Outgoing(room(STAFF), "三", card="morning:1:x", mode="edit"))
        await town.settle()
        assert town.server.shows(STAFF) == ["三"]

    play(story)


@pytest.mark.parametrize("told", [True, False], ids=["told by a message", "found out by error 400"])
def test_a_group_that_becomes_a_supergroup_keeps_everything(play: Play, told: bool) -> None:
    async def story(town: Town) -> None:
        phones = town.phones
        town.server.chats[RESIDENTS].type = "group"
        phones.says(ZHANG, RESIDENTS, REPORT)
        await town.settle()
        # Something waits for the group while it moves.
        town.server.faults["sendMessage"].append(Fault(429, retry_after=1))
        queue(town, Outgoing(room(RESIDENTS), "还在等的一句"))
        await town.until(lambda: not town.server.faults["sendMessage"])
        phones.upgrades(ADMIN, RESIDENTS, MOVED, tell=told)
        await town.until(lambda: town.server.shows(MOVED) == ["还在等的一句"])
        group = town.read(lambda store: store.areas.group_at(room(MOVED)))
        assert group is not None and group.id == 1
        assert town.read(lambda store: store.areas.group_at(room(RESIDENTS))) is None
        # The card of before cannot be edited any more: it is said anew, once, and edited there from then on.
        card = max(town.server.chats[STAFF].messages)
        phones.presses(LIMIN, STAFF, card, "接单")
        await town.settle()
        assert any("李敏已经接了" in text for text in town.server.shows(MOVED))
        phones.says(LIMIN, STAFF, "办结 换了读卡器", reply_to=card)
        await town.settle()
        cards = [text for text in town.server.shows(MOVED) if text.startswith("阳光1 ") and "换了读卡器" not in text]
        assert len(cards) == 1 and "已经办好" in cards[0]
        # And its people are heard where they are now.
        phones.says(ZHANG, MOVED, "3幢2单元的电梯坏了，停在5楼不动")
        await town.settle()
        assert len(town.tickets()) == 2
        assert failed(town) == []

    play(story)


def test_a_topic_that_is_gone_does_not_silence_us(play: Play) -> None:
    async def story(town: Town) -> None:
        queue(town, Outgoing(room(STAFF, "99"), "一"))
        await town.settle()
        assert town.server.shows(STAFF) == ["一"]

    play(story)


def test_a_long_text_is_cut_and_its_buttons_stand_under_the_last_piece(play: Play) -> None:
    async def story(town: Town) -> None:
        text = "今天要走访的人家很多。😀\n" * 500
        queue(town, Outgoing(room(STAFF), text, card="morning:1:x", buttons=(Button("都好", "都好"),)))
        await town.settle()
        shown = town.server.shows(STAFF)
        assert len(shown) == 2 and "".join(shown) == text
        sent = town.server.said()
        assert "reply_markup" not in sent[0] and "reply_markup" in sent[1]
        assert len(town.read(lambda store: store.outbox.remotes("telegram", str(STAFF), "morning:1:x"))) == 2

    play(story)


def test_pictures_follow_the_words(play: Play) -> None:
    async def story(town: Town) -> None:
        one, two = Media("photo", "p-1"), Media("photo", "p-2")
        queue(town, Outgoing(room(STAFF), "修好了", media=(one, two)))
        await town.settle()
        queue(town, Outgoing(room(STAFF), "修好了", media=(one,), silent=True))
        await town.settle()
        assert town.server.methods() == ["sendMessage", "sendMediaGroup", "sendMessage", "sendPhoto"]
        assert [one["media"] for one in town.server.said("sendMediaGroup")[0]["media"]] == ["p-1", "p-2"]
        assert town.server.said("sendPhoto")[0]["disable_notification"] == "true"

    play(story)


def test_what_came_as_a_file_is_shown_as_one_and_beside_photos(play: Play) -> None:
    """A photo that somebody sent uncompressed is a document for ever, and does not stand in an album with photos."""

    async def story(town: Town) -> None:
        as_file = Media("photo", "doc-1")
        queue(town, Outgoing(room(STAFF), "修好了", media=(as_file,)))
        await town.settle()
        assert town.server.said("sendDocument", STAFF)[0]["document"] == "doc-1"
        some = (Media("photo", "p-1"), as_file, Media("voice", "voice-1"), Media("file", "doc-2"))
        queue(town, Outgoing(room(STAFF), "又修好了", media=some))
        await town.settle()
        shown = [one for one in town.server.chats[STAFF].messages.values() if "text" not in one]
        kinds = [next(kind for kind in ("photo", "document", "voice") if kind in one) for one in shown]
        assert kinds == ["document", "photo", "document", "voice", "document"]
        assert failed(town) == []

    play(story)


def test_one_picture_of_several_that_cannot_be_shown_costs_the_others_nothing(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendMediaGroup"].append(Fault(400, why="Bad Request: wrong file identifier"))
        town.server.faults["sendPhoto"].append(Fault(400, why="Bad Request: wrong file identifier"))
        queue(town, Outgoing(room(STAFF), "修好了", media=(Media("photo", "gone"), Media("photo", "p-2"))))
        await town.settle()
        assert town.server.said("sendPhoto", STAFF)[-1]["photo"] == "p-2"
        assert "photo" in town.server.chats[STAFF].messages[2] and failed(town) == []

    play(story)


def test_a_picture_that_cannot_be_shown_costs_nothing_but_itself(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.settle()
        town.server.faults["sendPhoto"].append(Fault(400))
        queue(town, Outgoing(room(STAFF), "修好了", card="morning:1:x", media=(Media("photo", "gone"),)))
        await town.settle()
        assert town.server.shows(STAFF) == ["修好了"] and failed(town) == []
        assert town.read(lambda store: store.outbox.remotes("telegram", str(STAFF), "morning:1:x")) == ("1",)

    play(story)


def test_at_most_eighteen_a_minute_go_into_one_group(play: Play) -> None:
    async def story(town: Town) -> None:
        queue(town, *(Outgoing(room(STAFF), f"第{number}句") for number in range(25)))
        await town.until(lambda: len(town.server.said(chat=STAFF)) == 18)
        queue(town, Outgoing(room(RESIDENTS), "别的群"))
        await town.until(lambda: town.server.shows(RESIDENTS) == ["别的群"])
        await asyncio.sleep(0.5)
        assert len(town.server.said(chat=STAFF)) == 18
        waiting = town.read(lambda store: store.outbox.listed(["queued"], 30))
        assert len(waiting) == 7 and {one.attempts for one in waiting} == {0}
        assert town.server.shows(STAFF) == [f"第{number}句" for number in range(18)]

    play(story)


def test_menus_are_set_for_residents_and_staff_and_only_when_they_change(play: Play) -> None:
    async def story(town: Town) -> None:
        def menus() -> dict[str, set[str]]:
            calls = [call.params for call in town.server.calls if call.method == "setMyCommands"]
            assert len({str(one["scope"]) for one in calls}) == len(calls), "set twice"
            return {
                str(one["scope"].get("chat_id", one["scope"]["type"])): {
                    command["command"] for command in one["commands"]
                }
                for one in calls
            }

        await town.until(lambda: len(menus()) == 4)
        assert set(menus()) == {"all_private_chats", "all_group_chats", str(STAFF), str(LIMIN)}
        assert menus()["all_group_chats"] == {"mine", "forget_me", "help"}
        assert "rate" in menus()["all_private_chats"] and "claim" not in menus()["all_private_chats"]
        assert {"claim", "done", "today"} <= menus()[str(STAFF)]
        # What is set is remembered: after a restart nothing is asked for again.
        await town.until(lambda: town.read(lambda store: changed(store, "zh-CN", START)) == [])

    play(story, menus=True)


def test_menus_are_kept_on_after_the_database_was_away(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "MENU_SECONDS", 0.05)

    async def story(town: Town) -> None:
        def times() -> int:
            return len([call for call in town.server.calls if call.method == "setMyCommands"])

        await town.until(lambda: times() == 4)
        asked: list[int] = []

        def away(store: object, *_: object) -> None:
            asked.append(1)
            raise OperationalError("SELECT", {}, Exception("the server closed the connection"))

        with monkeypatch.context() as there:
            there.setattr(channel.menus, "changed", away)
            await town.until(lambda: asked)
        town.write(lambda store: store.channel_state.delete("telegram", "menu:groups"))
        await town.until(lambda: times() == 5)

    play(story, menus=True)
