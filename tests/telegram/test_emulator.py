"""The story against a Bot API emulator that others wrote: it checks each call by its own reading of the contract.

It knows no getChatMember and tells only which fields were sent, so that the groups are bound beforehand.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from domain.messages import Address
from handlers.marks import mark
from nlu.reader import Reader
from tests.telegram.fake_server import TOKEN, FakeServer
from tests.telegram.town import LIMIN, RESIDENTS, STAFF, START, ZHANG, Town, running

# As the package brings it, beside the Python that runs these tests.
PROGRAM = shutil.which("lo-bot-api-emulator", path=str(Path(sys.executable).parent))


class Fed(FakeServer):
    """What people do is brought to the emulator instead."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.brought = 0

    async def bring(self) -> None:
        async with ClientSession() as session:
            for update in self.pending:
                async with session.post(
                    f"{self.address}/__fixture/updates", json={"token": TOKEN, "update": update}
                ) as answer:
                    assert answer.status == 200, await answer.text()
        self.brought += len(self.pending)
        self.pending.clear()


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Its address and its journal."""
    assert PROGRAM is not None, "lo-bot-api-emulator is among the development packages"
    journal = tmp_path / "journal.jsonl"
    journal.touch(mode=0o600)
    options = ["--port", "0", "--enable-control", "--allow-insecure-loopback-webhooks", "--journal", str(journal)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [PROGRAM, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:[1-9]\d*", line):
                yield found[0], journal
                return
        pytest.fail("the emulator ended before it said where it is")
    finally:
        process.terminate()
        process.wait(timeout=10)


def calls(journal: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    return [one for one in lines if "method" in one and one["method"] != "getUpdates"]


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_the_story_keeps_to_the_contract(
    storage_url: str, reader: Reader, emulator: tuple[str, Path], mode: str
) -> None:
    address, journal = emulator

    async def go() -> None:
        server = Fed(address)
        async with running(storage_url, reader, mode=mode, server=server, menus=True) as town:
            town.bind()
            phones = town.phones
            await town.until(lambda: "setMyCommands" in [one["method"] for one in calls(journal)])
            if mode == "webhook":
                await town.until(lambda: "setWebhook" in [one["method"] for one in calls(journal)])

            async def done() -> None:
                await server.bring()
                await town.until(lambda: town.inbox().get("done") == server.brought)
                await town.settle()

            phones.says(ZHANG, RESIDENTS, "3幢2单元大门的门禁坏了，刷卡没反应")
            await done()
            phones.press_with(LIMIN, STAFF, standing(town, STAFF), button(town, STAFF, "接单 阳光1"))
            await done()
            assert [one.status for one in town.tickets()] == ["taken"]
            phones.says(LIMIN, STAFF, "办结 换了读卡器", reply_to=standing(town, STAFF))
            await done()
            phones.says(ZHANG, RESIDENTS, "1", reply_to=closing(town))
            await done()
            [ticket] = town.tickets()
            assert (ticket.status, ticket.rating) == ("closed", 1)

    asyncio.run(go())
    found = calls(journal)
    assert {one["status"] for one in found} == {200}
    assert {"getMe", "sendMessage", "editMessageText", "answerCallbackQuery"} <= {one["method"] for one in found}
    verdict = subprocess.run(
        [str(PROGRAM), "verdict", str(journal), "--require-response"], capture_output=True, text=True, timeout=30
    )
    # Cutting off a long poll at the end is no refusal; anything else is.
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def standing(town: Town, chat: int) -> int:
    """The emulator's id of the card, which the phones are told of."""
    return shown(town, chat, "ticket:1:staff:unit")


def closing(town: Town) -> int:
    return shown(town, RESIDENTS, "ticket:1:closing")


def shown(town: Town, chat: int, card: str) -> int:
    [remote] = town.read(lambda store: store.outbox.remotes("telegram", str(chat), card))
    room, number = town.server.chats[chat], int(remote)
    bot = {"id": 4242, "is_bot": True, "first_name": "民情"}
    text = {"message_id": number, "date": int(START.timestamp()), "chat": room.shown, "from": bot, "text": "…"}
    room.messages.setdefault(number, text)
    room.last = max(room.last, number)
    return number


def button(town: Town, chat: int, command: str) -> str:
    """As the card carries it: the emulator does not tell."""
    return town.read(lambda store: mark(store, Address("telegram", str(chat)), command, START))
