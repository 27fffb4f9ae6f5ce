"""The robot's count of what was said in one conversation: one for all processes, as WeCom has one for all of them."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_aibot import answers, spoken
from bot.channels.wecom_aibot.channel import WecomAibotChannel
from domain.errors import SendFailed
from domain.messages import Address, Outgoing
from domain.running import StorageSettings
from domain.settings import Settings
from domain.wecom import Wecom, WecomAibot
from storage.cipher import Cipher
from storage.database import Database
from storage.store import Store
from tests.tencent.far_end import FarEnd
from tests.tencent.robot import STAFF, robot_secrets

NOW = datetime(2026, 5, 8, 1, 30, tzinfo=UTC)
ROOM = Address("wecom_aibot", STAFF)


@given(st.lists(st.floats(0.0, 90.0, allow_nan=False), min_size=1, max_size=120))
def test_no_window_holds_more_than_wecom_takes(steps: list[float]) -> None:
    now, said = 1_000_000.0, list[float]()
    for step in steps:
        now += step / 40
        if pause := spoken.pause(said, now):
            # Not a moment longer than needed.
            assert spoken.pause(said, now + pause - 1e-3) > 0
            now += pause
            assert spoken.pause(said, now) == 0
        said.append(now)
    for seconds, most in spoken.WINDOWS:
        assert all(len([one for one in said if last - seconds < one <= last]) <= most for last in said)


def test_what_is_counted_leaves_the_windows_again(database: Database) -> None:
    def work(at: datetime, count: int) -> float:
        def one(store: Store) -> float:
            spoken.add(store, STAFF, at, count)
            return spoken.wait(store, STAFF, at)

        return database.write(one)

    assert work(NOW, 29) == 0
    assert work(NOW + timedelta(seconds=20), 1) == 40
    for minute in range(1, 33):
        assert work(NOW + timedelta(minutes=minute), 30) == 60
    assert work(NOW + timedelta(minutes=50), 10) == 600, "a thousand within the hour: until the first minute's are out"
    assert database.write(lambda store: spoken.wait(store, "another", NOW)) == 0


def test_two_processes_that_speak_share_one_count(storage_url: str, key: str, database: Database) -> None:
    """Forty letters, twenty from each: thirty are said, and the others are told to wait."""

    async def story() -> list[str]:
        far = FarEnd()
        far.serve("aibot/response", lambda call: {})
        await far.start()

        def keep(number: int) -> None:
            url = f"{far.address}/cgi-bin/aibot/response?response_code={number}"
            database.write(lambda store: answers.keep(store, STAFF, url, NOW))

        try:
            for number in range(40):
                keep(number)
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
                loop = asyncio.get_running_loop()
                asked = (storage_url, key, far.address, 20)
                both = await asyncio.gather(*(loop.run_in_executor(pool, speaks, *asked) for _ in range(2)))
            used = [call.query["response_code"] for call in far.calls]
        finally:
            await far.stop()
        assert Counter(one for some in both for one in some) == {"said": 30, "later": 10}
        return used

    used = asyncio.run(story())
    assert len(used) == len(set(used)) == 30, "no address twice"


def speaks(url: str, key: str, api: str, times: int) -> list[str]:
    """A process of its own: says so many letters, and tells what became of each."""
    database = Database(StorageSettings(url=url), Cipher(key))
    settings = replace(Settings(), wecom=Wecom(api=api, aibot=WecomAibot(on=True, name="民情")))
    channel = WecomAibotChannel(database, settings, lambda: NOW, robot_secrets())

    async def one(number: int) -> str:
        said = Outgoing(ROOM, f"第{number}句")
        [letter] = database.write(lambda store: store.outbox.letters([store.outbox.put(said, ROOM, NOW)]))
        try:
            await channel.send(letter)
        except SendFailed as failed:
            assert failed.retry_after == 60
            return "later"
        return "said"

    async def all_of_them() -> list[str]:
        # Both begin at the same moment, and each says all of it at once.
        database.write(lambda store: store.channel_state.set("test", f"ready:{os.getpid()}", ""))
        while len(database.read(lambda store: store.channel_state.names("test", "ready:"))) < 2:
            await asyncio.sleep(0.005)
        return list(await asyncio.gather(*(one(number) for number in range(times))))

    try:
        return asyncio.run(all_of_them())
    finally:
        database.close()
