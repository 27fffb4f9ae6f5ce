"""The clock's buttons and [演一天]: one thing at a time, for all open pages, and what happens when it goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.app import Parts, build
from bot.clock import OfficeClock
from bot.office import RunningOffice
from cockpit.playground.stage import Stage
from domain.settings import Playground, Settings
from nlu.reader import Reader
from storage.tables import metadata

NIGHT = datetime(2026, 6, 8, 21, 0, tzinfo=UTC)  # 05:00 in Shanghai


@pytest.fixture
def parts(settings: Settings, key: str, reader: Reader) -> Iterator[Parts]:
    clock = OfficeClock(lambda: NIGHT)
    made = build(settings, key, clock, reader)
    with made.database.engine.begin() as connection:
        metadata.create_all(connection)
    yield made
    made.close()


def staged(parts: Parts) -> Stage:
    return Stage(RunningOffice(parts.settings, parts.database, parts.reader, parts.clock, parts.intake, parts.sender))


def until_free(stage: Stage, *presses: Callable[[], None]) -> None:
    """Press, then wait until nothing goes on."""

    async def play() -> None:
        for press in presses:
            press()
        assert stage.busy is not None
        async with asyncio.timeout(60):
            while stage.busy is not None:
                await asyncio.sleep(0.01)

    asyncio.run(play())


def test_an_hour_is_an_hour_however_often_the_button_is_pressed(parts: Parts) -> None:
    stage = staged(parts)
    until_free(stage, stage.hour, stage.hour, stage.morning)
    assert parts.clock.now() == NIGHT + timedelta(hours=1)
    assert stage.error is None


def test_the_next_morning_is_todays_until_it_has_come(parts: Parts) -> None:
    stage = staged(parts)
    zone = parts.settings.office.tz
    until_free(stage, stage.morning)
    first = parts.clock.now().astimezone(zone)
    assert (first.date().isoformat(), first.time()) == ("2026-06-09", time(8))
    until_free(stage, stage.morning)
    assert parts.clock.now().astimezone(zone) == first + timedelta(days=1)


def test_what_goes_wrong_is_said_by_a_reference_and_leaves_the_stage_free(parts: Parts) -> None:
    stage = staged(parts)
    parts.database.close()
    until_free(stage, stage.play)
    first = stage.error
    assert first
    assert stage.step == ""
    until_free(stage, stage.hour)
    assert stage.error not in (None, first)


def test_beside_real_channels_nobody_at_the_page_moves_the_clock(settings: Settings, key: str, reader: Reader) -> None:
    """What a browser sends is not bound to the buttons that its page shows."""
    clock = OfficeClock(lambda: NIGHT)
    parts = build(replace(settings, playground=Playground(on=True, virtual_clock=False)), key, clock, reader)
    stage = staged(parts)

    async def press() -> None:
        for one in (stage.hour, stage.morning, stage.play):
            one()
            assert stage.busy is None

    asyncio.run(press())
    parts.close()
    assert clock.now() == NIGHT
