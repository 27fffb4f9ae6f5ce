"""Photos and voice messages are fetched after the commit: quickly again at first, then for most of a day."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
import time_machine

from bot.attachments import BATCH, Attachments
from bot.channels.replay import NAME, ReplayChannel
from domain.errors import SendFailed
from domain.listening import Line
from domain.messages import Media
from domain.settings import Settings
from storage.database import Database
from storage.store import Store

START = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
PHOTO = b"\xff\xd8 a photo"


class Away(ReplayChannel):
    """Fails as it is told, and gives every photo that it is not told about."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: dict[str, Exception] = {}
        self.asked: list[str] = []

    async def fetch(self, media: Media) -> bytes:
        self.asked.append(media.ref)
        if media.ref in self.fails:
            raise self.fails[media.ref]
        return PHOTO


class Fetching:
    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.channel = database, Away()
        self.channels = {NAME: self.channel}
        self._fetching = Attachments(database, self.channels, settings)

    def wants(self, *refs: str) -> None:
        def work(store: Store) -> None:
            account = store.people.account(NAME, "zhang", "张女士", START)
            line = store.lines.add(
                Line(0, 0, account.id, "张女士", "resident", "", START, photo=True),
                account=account.id,
                group=None,
                district=None,
                community=None,
                channel=NAME,
                chat="unit",
                remote=refs[0],
            )
            store.media.want(line, NAME, [Media("photo", ref) for ref in refs])

        self.database.write(work)

    def at(self, seconds: float) -> None:
        """All that can be fetched so many seconds after the start, as the loop does it."""
        with time_machine.travel(START + timedelta(seconds=seconds), tick=False):

            async def go() -> None:
                while await self._fetching.fetch_wanted():
                    pass

            asyncio.run(go())

    def kept(self, ref: str) -> bytes | None:
        return self.database.read(lambda store: store.media.kept(ref))

    def tries(self, ref: str) -> int:
        return self.channel.asked.count(ref)


@pytest.fixture
def fetching(database: Database, settings: Settings) -> Fetching:
    return Fetching(database, settings)


def test_a_platform_that_is_away_for_hours_costs_nobody_his_photo(fetching: Fetching) -> None:
    fetching.wants("p")
    fetching.channel.fails["p"] = SendFailed("Telegram did not answer")
    for second in range(0, 3 * 3600, 20):
        fetching.at(second)
    assert 8 < fetching.tries("p") < 20
    del fetching.channel.fails["p"]
    fetching.at(6 * 3600)
    assert fetching.kept("p") == PHOTO


def test_the_first_tries_are_quick_and_after_the_last_it_is_given_up(fetching: Fetching) -> None:
    fetching.wants("p")
    fetching.channel.fails["p"] = ConnectionError("whatever a library raises")
    due = [0, *accumulate(Settings().attachments.fetch_backoff_seconds)]
    for tries, second in enumerate(due):
        if tries:
            fetching.at(second - 0.5)
        assert fetching.tries("p") == tries
        fetching.at(second)
        assert fetching.tries("p") == tries + 1
    assert due[4] < 60 and 12 < due[-1] / 3600 <= 24
    del fetching.channel.fails["p"]
    fetching.at(due[-1] * 2)
    assert fetching.kept("p") is None


def test_one_that_fails_is_not_hurried_by_those_that_come(fetching: Fetching) -> None:
    fetching.wants("busy", *(f"p{number}" for number in range(BATCH * 4)))
    fetching.channel.fails["busy"] = SendFailed("slow down")
    fetching.at(0)
    assert fetching.kept(f"p{BATCH * 4 - 1}") == PHOTO and fetching.tries("busy") == 1


def test_being_told_to_wait_is_never_a_reason_to_give_up(fetching: Fetching) -> None:
    fetching.wants("p")
    fetching.channel.fails["p"] = SendFailed("Too Many Requests", retry_after=60.0)
    for number in range(40):
        fetching.at(number * 60)
        fetching.at(number * 60 + 59)
    assert fetching.tries("p") == 40
    del fetching.channel.fails["p"]
    fetching.at(40 * 60)
    assert fetching.kept("p") == PHOTO


def test_what_is_refused_for_good_is_not_asked_for_again(fetching: Fetching) -> None:
    fetching.wants("gone")
    fetching.channel.fails["gone"] = SendFailed("no such file", permanent=True)
    fetching.at(0)
    fetching.at(86_400)
    assert fetching.tries("gone") == 1


def test_what_came_over_a_channel_that_is_switched_off_waits_for_it(fetching: Fetching) -> None:
    fetching.wants("p")
    del fetching.channels[NAME]
    for day in range(3):
        fetching.at(day * 86_400)
    fetching.channels[NAME] = fetching.channel
    fetching.at(3 * 86_400)
    assert fetching.kept("p") == PHOTO and fetching.tries("p") == 1
