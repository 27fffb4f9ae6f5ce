"""The robot is named while the office is busy: a stream is begun, grows with what came of it, and ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.wecom_aibot.channel import WecomAibotChannel
from domain.errors import SendFailed
from domain.messages import Address, Button, Outgoing, Priority, Raw
from domain.settings import Settings
from domain.wecom import Wecom, WecomAibot
from storage.database import Database
from storage.outbox import Letter
from tests.tencent.caller import CallbackSender, opened, sealed
from tests.tencent.robot import ROBOT_KEY, ROBOT_TOKEN, STAFF, robot_secrets

CHANNEL, ROOM = "wecom_aibot", Address("wecom_aibot", STAFF)


class Office:
    """The robot's door with an inbox behind it that nobody empties until the story says so."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = datetime(2026, 5, 8, 1, 30, tzinfo=UTC)
        settings = replace(Settings(), wecom=Wecom(aibot=WecomAibot(on=True, name="民情")))
        self.channel = WecomAibotChannel(database, settings, lambda: self.now, robot_secrets())
        self.sender = CallbackSender("http://door/wecom/aibot", token=ROBOT_TOKEN, aes_key=ROBOT_KEY, receiver="",
                                     form="json", now=0)  # fmt: skip
        app = FastAPI()
        router = self.channel.routes(self._receive)
        assert router is not None
        app.include_router(router)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app))

    async def _receive(self, raws: list[Raw]) -> None:  # type: ignore[override]
        await asyncio.wrap_future(self.database.submit(lambda store: store.inbox.receive(raws)))

    async def asks(self, told: dict[str, Any]) -> dict[str, Any]:
        there = sealed(json.dumps(told), ROBOT_KEY, "")
        answer = await self.http.post(
            self.sender.url, content=self.sender.envelope(there), params=self.sender.signed(there)
        )
        assert answer.status_code == 200
        if not answer.content:
            return {}
        text, _ = opened(answer.json()["encrypt"], ROBOT_KEY)
        found: dict[str, Any] = json.loads(text)
        return found

    async def says(self, number: int) -> dict[str, Any]:
        text = {"content": "@民情 代报 3幢2单元灯坏了"}
        return await self.asks(_told(f"msg-{number}", msgtype="text", text=text))

    async def polls(self, stream: str) -> tuple[bool, str]:
        told = (await self.asks(_told("poll", msgtype="stream", stream={"id": stream})))["stream"]
        assert told["id"] == stream
        return told["finish"], told["content"]

    def handles(self, *answers: Outgoing) -> list[Letter]:
        """What waits is handled, and this is to be said."""

        def work(store: Any) -> list[Letter]:
            store.inbox.done([one.id for one in store.inbox.waiting(10, self.now)], self.now)
            ids = [store.outbox.put(one, ROOM, self.now) for one in answers]
            return list(store.outbox.letters(ids))

        return self.database.write(work)

    async def sends(self, letter: Letter) -> None:
        remotes = await self.channel.send(letter)
        self.database.write(lambda store: store.outbox.sent(letter, remotes, self.now, None))


def _told(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "msgid": number,
        "aibotid": "aib",
        "chattype": "group",
        "chatid": STAFF,
        "from": {"userid": "limin"},
    } | fields


@asynccontextmanager
async def opening(database: Database) -> AsyncIterator[Office]:
    office = Office(database)
    try:
        yield office
    finally:
        await office.http.aclose()
        await office.channel.close()


def test_a_slow_answer_grows_in_a_stream_and_ends(database: Database) -> None:
    async def story() -> None:
        async with opening(database) as office:
            begun = (await office.says(1))["stream"]
            assert begun["finish"] is False and begun["content"] == "稍等，正在看。"
            assert (await office.says(1))["stream"]["id"] == begun["id"], "a repeat is answered alike"
            assert await office.polls(begun["id"]) == (False, "稍等，正在看。")
            first, second = office.handles(
                Outgoing(ROOM, "阳光1 公共维修", buttons=(Button("接单", "接单 阳光1"),), priority=Priority.ANSWER),
                Outgoing(ROOM, "另一句", priority=Priority.ANSWER),
            )
            await office.sends(first)
            assert await office.polls(begun["id"]) == (False, "阳光1 公共维修\n接单：@民情 接单 阳光1")
            await office.sends(second)
            whole = "阳光1 公共维修\n接单：@民情 接单 阳光1\n\n另一句"
            assert await office.polls(begun["id"]) == (True, whole)
            assert await office.polls(begun["id"]) == (True, whole), "asked again, it says the same"
            # It has ended: what comes now needs a place of its own.
            [late] = office.handles(Outgoing(ROOM, "后来的话"))
            with pytest.raises(SendFailed):
                await office.sends(late)

    asyncio.run(story())


def test_a_stream_of_which_nothing_comes_ends_in_time(database: Database) -> None:
    async def story() -> None:
        async with opening(database) as office:
            begun = (await office.says(1))["stream"]["id"]
            # Until that is written down.
            await asyncio.to_thread(office.database.write, lambda store: None)
            office.now += timedelta(minutes=5, seconds=1)
            assert await office.polls(begun) == (True, "看到了。"), "the platform itself asks for six minutes"
            quick = partial(asyncio.to_thread, office.handles)
            office.handles()
            asked = asyncio.create_task(office.says(2))
            await asyncio.sleep(0.3)
            await quick()
            assert await asked == {}, "what is handled in time needs no stream"

    asyncio.run(story())


def test_answers_at_the_door_count_like_all_others(database: Database) -> None:
    """30 a minute in one conversation (101463): the greeting of a chat is an answer too."""

    async def story() -> None:
        async with opening(database) as office:
            entered = _told("enter", msgtype="event", event={"eventtype": "enter_chat"})
            for _ in range(30):
                assert (await office.asks(entered))["msgtype"] == "text"
            [letter] = office.handles(Outgoing(ROOM, "话", priority=Priority.ANSWER))
            with pytest.raises(SendFailed) as failed:
                await office.channel.send(letter)
            assert not failed.value.permanent and 0 < (failed.value.retry_after or 0) <= 60

    asyncio.run(story())
