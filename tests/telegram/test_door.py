"""The webhook's door: the secret first, size next, and 200 only after the commit."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest
from aiohttp import ClientConnectorError, ClientSession

from bot.channels.telegram_bot.door import HEADER
from tests.telegram.conftest import Play
from tests.telegram.fake_server import SECRET
from tests.telegram.town import RESIDENTS, ZHANG, Town


async def knock(town: Town, body: bytes, **headers: str) -> int:
    async with ClientSession() as session:
        for _ in range(100):
            try:
                async with session.post(town.door, data=body, headers=headers) as answer:
                    return answer.status
            except ClientConnectorError:
                await asyncio.sleep(0.05)
    raise AssertionError("nobody opened")


def test_the_webhook_is_set_with_its_secret_and_all_kinds(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.until(lambda: town.server.webhook)
        hook: dict[str, Any] = town.server.webhook or {}
        assert hook["secret_token"] == SECRET and "message_reaction" in hook["allowed_updates"]
        assert "getUpdates" not in town.server.methods(but=())

    play(story, mode="webhook")


def test_without_the_secret_nothing_is_even_parsed(play: Play) -> None:
    async def story(town: Town) -> None:
        body = b'{"update_id": 5, "message": {}}'
        assert await knock(town, body) == 403
        assert await knock(town, body, **{HEADER: "wrong"}) == 403
        assert await knock(town, body, **{HEADER: SECRET + "x"}) == 403
        assert await knock(town, body, **{HEADER: "密".encode().decode("latin-1")}) == 403
        assert await knock(town, b"\xff" * 2_000_000) == 403
        assert town.inbox() == {}

    play(story, mode="webhook")


def test_what_is_too_long_or_no_json_does_no_harm(play: Play) -> None:
    async def story(town: Town) -> None:
        good = {HEADER: SECRET}
        assert await knock(town, b"x" * 2_000_000, **good) == 413
        assert await knock(town, b'{"update_id": ', **good) == 200
        assert await knock(town, b"[1, 2]", **good) == 200
        await town.settle()
        assert town.inbox() == {"failed": 2}
        bottomless = b'{"update_id": 7, "a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
        huge = b'{"update_id": ' + b"9" * 300 + b', "message": {"chat": {"id": ' + b"9" * 300 + b"}}}"
        for odd in (bottomless, huge, b'{"update_id": 8, "message": {"text": "\\ud83d"}}'):
            assert await knock(town, odd, **good) == 200
        await town.settle()
        assert town.inbox() == {"failed": 5}
        town.phones.says(ZHANG, RESIDENTS, "早上好")
        await town.settle()
        assert town.inbox() == {"failed": 5, "done": 1}

    play(story, mode="webhook")


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_what_could_not_be_kept_is_brought_again(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.until(lambda: town.server.webhook)
        other = sqlite3.connect(str(town.parts.database.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        town.phones.says(ZHANG, RESIDENTS, "3幢2单元大门的门禁坏了，刷卡没反应")
        await asyncio.sleep(0.5)
        assert 200 not in town.server.webhook_answers
        other.execute("ROLLBACK")
        other.close()
        await town.settle(30)
        assert town.server.webhook_answers[-1] == 200
        assert town.inbox() == {"done": 1} and len(town.tickets()) == 1

    play(story, mode="webhook")


def test_the_door_may_stand_in_a_process_that_does_nothing_else(play: Play) -> None:
    async def story(town: Town) -> None:
        body = b'{"update_id": 77, "message": {"text": "x", "chat": {"id": -1001000000501}}}'
        assert await knock(town, body, **{HEADER: SECRET}) == 200
        assert town.inbox() == {"new": 1}

    play(story, mode="webhook", roles=("web",))
