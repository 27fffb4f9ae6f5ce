"""A platform that says plainly that a room is gone is believed; one that is busy, or whose room has moved, is not."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import beat
from bot.channels.telegram_bot.acquaintance import meet
from bot.channels.telegram_bot.deliveries import CHANNEL
from domain.messages import Outgoing
from storage.store import Store
from tests.telegram.conftest import Play
from tests.telegram.fake_server import BOT
from tests.telegram.test_sending_traps import MOVED, failed, queue, room
from tests.telegram.town import LIMIN, RESIDENTS, STAFF, START, WANG, ZHANG, Town
from tests.telegram.wire import Fault

FIRE = "3幢2单元着火了，楼道里全是烟"


def bound(town: Town, chat: int = RESIDENTS) -> bool:
    return town.read(lambda store: store.areas.group_at(room(chat))) is not None


def chat_of(town: Town, who: str) -> str | None:
    return town.read(lambda store: store.people.accounts_of(town.places[who])[0].chat)


def with_secretary(town: Town) -> None:
    def work(store: Store) -> None:
        account = store.people.account("telegram", str(WANG), "王建国", START, str(WANG))
        store.people.bind_account(account.id, town.places["wang"])

    town.write(work)


@pytest.mark.parametrize("how", ["kicked", "gone"])
def test_a_group_that_is_gone_is_bound_no_more_and_who_binds_rooms_hears_it_once(play: Play, how: str) -> None:
    async def story(town: Town) -> None:
        with_secretary(town)
        town.phones.says(ZHANG, RESIDENTS, "今天天气不错")
        await town.settle()
        if how == "kicked":
            # And nobody told us: Telegram keeps its news for a day.
            town.server.chats[RESIDENTS].kicked = True
        else:
            del town.server.chats[RESIDENTS]
        queue(town, Outgoing(room(RESIDENTS), "一"), Outgoing(room(RESIDENTS), "二"))
        await town.settle()
        await town.until(lambda: not bound(town))
        assert bound(town, STAFF)
        queue(town, Outgoing(room(RESIDENTS), "三"))
        await town.settle()
        told = [text for text in town.server.shows(WANG) if "发不进去" in text]
        assert len(told) == 1 and "3-2居民群" in told[0] and "绑" in told[0]

    play(story)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, retry_after=1),
        Fault(502),
        Fault(500),
        Fault(hang=True),
        Fault(403, why="Forbidden: bot is restricted for now"),
        Fault(400, why="Bad Request: have no rights to send a message"),
    ],
    ids=["flood", "gateway", "error", "silence", "forbidden", "rights"],
)
def test_what_may_pass_unbinds_nothing(play: Play, fault: Fault) -> None:
    async def story(town: Town) -> None:
        with_secretary(town)
        for chat in (RESIDENTS, LIMIN):
            town.server.faults["sendMessage"].append(fault)
            queue(town, Outgoing(room(chat), "一"))
            await town.until(lambda: not town.server.faults["sendMessage"])
            await asyncio.sleep(0.3)
        assert bound(town) and chat_of(town, "limin") == str(LIMIN)
        assert town.inbox() == {}

    play(story)


def test_a_room_that_moved_is_not_gone(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.upgrades(ZHANG, RESIDENTS, MOVED, tell=False)
        queue(town, Outgoing(room(RESIDENTS), "一"))
        await town.until(lambda: town.server.shows(MOVED) == ["一"])
        assert bound(town, MOVED)

    play(story)


def test_who_blocked_us_is_no_longer_written_to_but_stays_who_he_is(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.met()
        town.server.chats[LIMIN].kicked = True
        queue(town, Outgoing(room(LIMIN), "一"))
        await town.until(lambda: chat_of(town, "limin") is None)
        assert failed(town) == ["Forbidden: bot was blocked by the user"]
        assert bound(town) and bound(town, STAFF)
        town.server.chats[LIMIN].kicked = False
        town.phones.says(LIMIN, LIMIN, "今日")
        await town.settle()
        assert chat_of(town, "limin") == str(LIMIN)

    play(story)


def test_what_a_bot_is_told_before_it_was_met_is_asked_for_once_more(play: Play) -> None:
    bot = BOT["id"]

    def met(town: Town) -> bool:
        return town.read(lambda store: store.channel_state.get(CHANNEL, f"bot:{bot}", START)) is not None

    async def story(town: Town) -> None:
        await town.until(lambda: met(town))
        town.write(lambda store: store.channel_state.delete(CHANNEL, f"bot:{bot}"))
        town.server.chats[LIMIN].kicked = True
        queue(town, Outgoing(room(LIMIN), "一"))
        await town.until(lambda: town.server.methods())
        await asyncio.sleep(0.3)
        assert failed(town) == [] and chat_of(town, "limin") == str(LIMIN)
        town.write(lambda store: meet(store, bot, START))
        await town.until(lambda: chat_of(town, "limin") is None)
        assert failed(town) == ["Forbidden: bot was blocked by the user"]

    play(story)


def test_where_nobody_of_a_rung_can_be_reached_the_ladder_goes_on_at_once(play: Play) -> None:
    async def story(town: Town) -> None:
        with_secretary(town)
        # No staff group, and the worker has blocked us without our knowing.
        town.write(lambda store: store.areas.leave(room(STAFF), START))
        town.server.chats[LIMIN].kicked = True
        town.phones.says(ZHANG, RESIDENTS, FIRE)
        await town.settle()
        await town.until(lambda: town.server.said(chat=LIMIN))
        await town.until(lambda: chat_of(town, "limin") is None)
        await beat(town.parts)
        await town.until(lambda: any("着火" in text for text in town.server.shows(WANG)))

    play(story)


def test_to_another_bot_every_room_is_gone_and_nothing_is_unbound(play: Play) -> None:
    async def story(town: Town) -> None:
        def another(store: Store) -> None:
            # What stands there once this token took the place of that of the bot 17.
            for name in store.channel_state.names("telegram", "bot:"):
                store.channel_state.delete("telegram", name)
            store.channel_state.set("telegram", "bot:17", "")
            store.channel_state.set("telegram", "bot:4242", "2026-05-09T00:00:00+00:00")

        await town.settle()
        town.write(another)
        del town.server.chats[RESIDENTS]
        town.server.chats[LIMIN].kicked = True
        queue(town, Outgoing(room(RESIDENTS), "一"), Outgoing(room(LIMIN), "二"))
        await town.until(lambda: len(failed(town)) == 2)
        await asyncio.sleep(0.3)
        assert bound(town) and chat_of(town, "limin") == str(LIMIN)

    play(story)
