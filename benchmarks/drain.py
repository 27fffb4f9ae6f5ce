"""How fast a full outbox drains (lease, call, ids and state committed) beside bare aiogram saying the same.

Both speak to the same far end on loopback that says yes to everything; budgets are off for both.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.door import free_port, served
from bot.channels.telegram_bot.channel import TelegramChannel
from bot.sender import Sender
from domain.messages import Address, Outgoing
from domain.running import Budget, StorageSettings
from domain.settings import Settings
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database

TOKEN = "100001:benchmark-benchmark-benchmark"
LETTERS = 1500
ROOMS = 150
# As many calls at a time as our own sender has letters in hand.
SIDE_BY_SIDE = 50
ROUNDS = 3
TEXT = "收到，{n}幢2单元电梯停了，已登记（阳光{n}）。最晚19:12前有人回话。要是记错了，回“不是报事”就行。"


def said(number: int) -> tuple[int, str]:
    """Room and text of a letter."""
    return -1001000000000 - number % ROOMS, TEXT.format(n=number)


async def ours(url: str, api: str) -> float:
    """Letters a second through outbox, sender and channel."""
    settings = Settings()
    settings = replace(
        settings,
        storage=StorageSettings(url=url),
        telegram=replace(settings.telegram, on=True, api=api),
        outbox=replace(settings.outbox, budgets=(Budget("telegram"),)),
    )
    database = Database(settings.storage, Cipher(new_key()))
    migrate.upgrade(database)
    now = datetime.now(UTC)

    def fill() -> None:
        rooms = [
            (Address("telegram", str(chat)), Outgoing(Address("telegram", str(chat)), text))
            for chat, text in map(said, range(LETTERS))
        ]
        database.write(lambda store: [store.outbox.put(letter, room, now) for room, letter in rooms])

    await asyncio.to_thread(fill)
    channel = TelegramChannel(database, settings, lambda: datetime.now(UTC), TOKEN, None)
    sender = Sender(database, {"telegram": channel}, settings, lambda: datetime.now(UTC))
    began = time.perf_counter()
    while await sender.send_due():
        pass
    seconds = time.perf_counter() - began
    await channel.close()
    counts = await asyncio.to_thread(database.read, lambda store: store.outbox.counts())
    await asyncio.to_thread(database.close)
    assert counts == {"sent": LETTERS}, counts
    return LETTERS / seconds


async def theirs(api: str) -> float:
    """Letters a second by aiogram's own call, from memory, nothing kept."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    letters: Iterator[tuple[int, str]] = map(said, range(LETTERS))

    async def speak() -> None:
        for chat, text in letters:
            await bot.send_message(chat, text)

    began = time.perf_counter()
    await asyncio.gather(*(speak() for _ in range(SIDE_BY_SIDE)))
    seconds = time.perf_counter() - began
    await bot.session.close()
    return LETTERS / seconds


def main() -> None:
    port = free_port()
    api = f"http://127.0.0.1:{port}"
    rates: dict[str, list[float]] = {"minqing": [], "aiogram": []}
    with served([sys.executable, "-m", "benchmarks.peers.answering", str(port)], port):
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory(prefix="minqing-bench-") as folder:
                rates["minqing"].append(asyncio.run(ours(f"sqlite:///{Path(folder) / 'drain.db'}", api)))
            rates["aiogram"].append(asyncio.run(theirs(api)))
    for who, rounds in rates.items():
        print(f"{who:10} {statistics.median(rounds):6.0f} letters/s")
    ratio = statistics.median(a / b for a, b in zip(rates["minqing"], rates["aiogram"], strict=True))
    print(f"ratio: {ratio:.2f}")


if __name__ == "__main__":
    main()
