"""One of several processes of an office: some roles of `minqing run`, on a platform that is a folder of files."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Parts, running
from bot.attachments import Attachments
from bot.channel import OnRaw
from bot.channels.replay import NAME, ReplayChannel
from bot.clock import OfficeClock
from bot.intake import Intake
from bot.leasing import Leasing
from bot.sender import Sender
from domain.messages import Raw
from domain.running import StorageSettings
from domain.settings import Settings
from nlu.reader import Reader
from storage.cipher import Cipher
from storage.database import Database
from storage.outbox import Letter

START = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
# Office hours pass quickly, so that alarms come due within the test.
FASTER = 600


def office_clock(began: float) -> OfficeClock:
    """The same in every process."""
    return OfficeClock(lambda: START + timedelta(seconds=(datetime.now(UTC).timestamp() - began) * FASTER))


class FolderChannel(ReplayChannel):
    """The platform keeps what is said in a file, and delivers the same messages to whoever listens."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._said = (folder / "said.jsonl").open("a", encoding="utf-8")

    async def deliver(self, on_raw: OnRaw) -> None:
        """All there is, in order; the other process that takes in is told the same."""
        messages = [json.loads(line) for line in (self._folder / "platform.jsonl").read_text("utf-8").splitlines()]
        for start in range(0, len(messages), 20):
            await on_raw(
                [
                    Raw(NAME, str(one["n"]), one["group"], json.dumps(one, ensure_ascii=False).encode(), START)
                    for one in messages[start : start + 20]
                ]
            )
            await asyncio.sleep(0.02)

    async def send(self, letter: Letter) -> list[str]:
        told = {
            "id": letter.id, "chat": letter.to.chat, "card": letter.card, "mode": letter.mode,
            "priority": letter.priority, "pid": os.getpid(),
        }  # fmt: skip
        self._said.write(json.dumps(told) + "\n")
        self._said.flush()
        await asyncio.sleep(0.02)
        return [f"bot:{letter.id}"]


async def main(folder: Path, url: str, roles: str, began: float) -> None:
    settings = replace(Settings(), storage=StorageSettings(url=url))
    settings = replace(
        settings,
        outbox=replace(settings.outbox, sender_lease_seconds=2, poll_seconds=0.1),
        intake=replace(settings.intake, batch=8, district_batch=32, poll_seconds=0.1),
        beat=replace(settings.beat, seconds=1, batch=5),
    )
    database = Database(settings.storage, Cipher(os.environ["MINQING_KEY"]))
    channel, clock, reader = FolderChannel(folder), office_clock(began), Reader.load()
    channels = {NAME: channel}
    parts = Parts(
        settings=settings,
        database=database,
        reader=reader,
        clock=clock,
        channels=channels,
        aids={},
        intake=Intake(database, channels, settings, reader, clock.now),
        sender=Sender(database, channels, settings, clock.now),
        attachments=Attachments(database, channels, settings),
        leasing=Leasing(database, settings.outbox.sender_lease_seconds),
    )
    async with running(parts, roles.split(",")):
        if "intake" in roles:
            await channel.deliver(parts.intake.receive)
        while not (folder / "stop").exists():
            await asyncio.sleep(0.05)
    parts.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])))
