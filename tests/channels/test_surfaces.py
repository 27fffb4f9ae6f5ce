"""The records that say what each door can do: the channels' own, and read without their libraries."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from bot.channels.official_account.channel import OfficialAccountChannel
from bot.channels.telegram_bot.capabilities import CAPABILITIES as TELEGRAM
from bot.channels.wecom_aibot.channel import WecomAibotChannel
from bot.channels.wecom_app.channel import WecomAppChannel
from bot.channels.wecom_appchat import WecomAppchatChannel
from bot.channels.wecom_broadcast.channel import WecomBroadcastChannel
from bot.channels.wecom_report.channel import WecomReportChannel
from bot.channels.wecom_webhook import WecomWebhookChannel
from bot.surfaces import BUSY, in_words, playable, surfaces
from domain.capabilities import Capabilities, hears, speaks
from handlers.texts import has


def test_every_record_is_that_of_its_channel() -> None:
    found = surfaces()
    assert found["telegram"] is TELEGRAM
    for channel in (
        OfficialAccountChannel,
        WecomAibotChannel,
        WecomAppChannel,
        WecomAppchatChannel,
        WecomBroadcastChannel,
        WecomReportChannel,
        WecomWebhookChannel,
    ):
        assert found[channel.name] is channel.capabilities
        assert import_module(channel.__module__)


def test_no_library_of_a_platform_is_loaded_for_them() -> None:
    program = (
        "import sys; from bot.surfaces import surfaces; assert surfaces();"
        "heavy = {'wechatpy', 'aiogram', 'telegram', 'requests'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_every_door_has_its_name_on_the_page() -> None:
    assert [name for name in playable() if not has(f"playground.door.{name}")] == []
    assert [name for name, able in playable().items() if able.grows] == [BUSY]
    assert {name: able for name, able in playable().items() if name != BUSY} == surfaces()


def test_what_a_group_can_do_is_said_in_words_for_every_door() -> None:
    told = {name: in_words(able) for name, able in surfaces().items()}
    assert told["telegram"].startswith("at work in residents, staff, private rooms; hears everything")
    assert told["wecom_aibot"] == (
        "at work in staff, private rooms; hears what is said to it by name, and everything in private; "
        "may speak for a while after somebody wrote to it; without edited cards, replies, photos out"
    )
    assert "says nothing" in told["wecom_report"] and "must confirm" in told["wecom_broadcast"]
    assert "hears nothing" in told["wecom_webhook"]


@pytest.mark.parametrize(
    ("able", "room", "text", "to_us", "heard"),
    [
        (Capabilities(), "residents", "灯坏了", False, True),
        (Capabilities(reads="mentions"), "residents", "灯坏了", False, False),
        (Capabilities(reads="mentions"), "residents", "@民情 灯坏了", False, True),
        (Capabilities(reads="mentions"), "residents", "/help", False, True),
        (Capabilities(reads="mentions"), "residents", "是的", True, True),
        (Capabilities(reads="mentions"), "private", "灯坏了", False, True),
        (Capabilities(reads="none"), "private", "灯坏了", True, False),
        (Capabilities(rooms=("private",)), "residents", "@民情 灯坏了", True, False),
        (Capabilities(reads="poll", rooms=("residents",)), "residents", "@机器人 灯坏了", False, True),
    ],
)
def test_what_is_heard(able: Capabilities, room: str, text: str, to_us: bool, heard: bool) -> None:
    assert hears(able, room, text, to_us=to_us) is heard  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("able", "room", "spoken_to", "spoken"),
    [
        (Capabilities(), "residents", False, True),
        (Capabilities(push="no"), "residents", True, False),
        (Capabilities(push="after_first_message"), "private", False, False),
        (Capabilities(push="after_first_message"), "private", True, True),
        (Capabilities(rooms=("staff",)), "private", True, False),
    ],
)
def test_where_it_speaks(able: Capabilities, room: str, spoken_to: bool, spoken: bool) -> None:
    assert speaks(able, room, spoken_to=spoken_to) is spoken  # type: ignore[arg-type]
