"""WeCom takes our calls and does not answer: the robot's letters and attachments wait, nobody else does."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels.wecom_aibot import answers
from bot.channels.wecom_aibot.channel import WecomAibotChannel
from domain.errors import SendFailed
from domain.messages import Address, Media, Outgoing
from domain.settings import Settings
from domain.wecom import Wecom, WecomAibot
from storage.database import Database
from storage.store import Store
from tests.tencent.robot import STAFF, robot_secrets

NOW = datetime(2026, 5, 8, 1, 30, tzinfo=UTC)
ROOM = Address("wecom_aibot", STAFF)


@pytest.mark.parametrize("what", ["answer", "attachment"])
def test_the_event_loops_own_threads_are_left_to_the_others(database: Database, what: str) -> None:
    async def story() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        called, over = asyncio.Event(), asyncio.Event()

        async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            called.set()
            await over.wait()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        far = "http://{}:{}".format(*server.sockets[0].getsockname()[:2])
        wired = replace(Settings(), wecom=Wecom(api=far, aibot=WecomAibot(on=True)))
        channel = WecomAibotChannel(database, wired, lambda: NOW, robot_secrets())

        def there(store: Store) -> int:
            answers.keep(store, STAFF, f"{far}/cgi-bin/aibot/response?response_code=1", NOW)
            answers.keep_media(store, "photo", f"{far}/cgi-bin/aibot-file/get", NOW)
            return store.outbox.put(Outgoing(to=ROOM, text="看到了"), ROOM, NOW)

        number = database.write(there)
        [letter] = database.read(lambda store: store.outbox.letters([number]))
        call = channel.send(letter) if what == "answer" else channel.fetch(Media("photo", "photo"))
        waits = asyncio.ensure_future(call)
        try:
            await asyncio.wait_for(called.wait(), 5.0)
            # As the clock, the polling of Telegram and the door of health do it.
            await asyncio.wait_for(asyncio.to_thread(database.read, lambda store: store.inbox.counts()), 5.0)
            assert not waits.done()
        finally:
            over.set()
            with pytest.raises(SendFailed):
                await waits
            server.close()
            await channel.close()

    asyncio.run(story())
