"""A process to be killed: runs intake and sender on a channel whose platform is a folder of two files."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from bot.channels.replay import NAME, ReplayChannel
from bot.intake import Intake
from bot.sender import Sender
from domain.calendar import Quiet
from domain.messages import Incoming, Raw
from domain.running import StorageSettings
from domain.settings import Settings
from nlu.reader import Reader
from storage.cipher import Cipher
from storage.database import Database
from storage.outbox import Letter


class FolderChannel(ReplayChannel):
    """What is said is appended to a file, as a platform would keep it whatever becomes of us."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._said = (folder / "said.jsonl").open("a", encoding="utf-8")

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        if b"KILL" in raw.body:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().to_incoming(raw)

    async def send(self, letter: Letter) -> list[str]:
        await asyncio.sleep(0.001)
        self._said.write(json.dumps({"id": letter.id, "card": letter.card, "mode": letter.mode}) + "\n")
        self._said.flush()
        return [f"bot:{letter.id}"]


async def main(folder: Path) -> None:
    settings = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{folder / 'crash.db'}"))
    # Whatever the hour at which the test runs, every letter may go.
    none = Quiet(time(0), time(0))
    settings = replace(settings, outbox=replace(settings.outbox, sender_lease_seconds=1), quiet=none)
    database = Database(settings.storage, Cipher(os.environ["MINQING_KEY"]))
    channel = FolderChannel(folder)
    now = datetime.now(UTC)
    intake = Intake(database, {NAME: channel}, settings, Reader.load(), lambda: now)
    sender = Sender(database, {NAME: channel}, settings, lambda: now)
    messages = [json.loads(line) for line in (folder / "platform.jsonl").read_text(encoding="utf-8").splitlines()]
    loops = [asyncio.create_task(intake.run()), asyncio.create_task(sender.run())]
    # The platform delivers everything again: it never saw our answer.
    for start in range(0, len(messages), 25):
        await intake.receive(
            [
                Raw(NAME, str(one["n"]), one["group"], json.dumps(one, ensure_ascii=False).encode(), now)
                for one in messages[start : start + 25]
            ]
        )
        await asyncio.sleep(0.01)
    while True:
        waiting, due = database.read(lambda store: (store.inbox.counts().get("new", 0), store.outbox.due_count(now)))
        if not waiting and not due:
            break
        await asyncio.sleep(0.05)
    for loop in loops:
        loop.cancel()
    database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
