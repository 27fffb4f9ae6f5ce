"""`minqing bind` and `minqing check` for WeCom: at the command line, against the far end, while the office runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from domain.settings import Settings
from domain.wecom import WecomAppchat, WecomWebhook
from tests.tencent.caller import AES_KEY, TOKEN
from tests.tencent.conftest import Play
from tests.tencent.far_end import CORP, SECRET
from tests.tencent.town import AGENT, KEY, LIMIN, WANG, Town

ROBOT = "693a91f6-7a0c-4bc4-97a0-0ec2sifa5aaa"
SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)


def push_too(settings: Settings) -> Settings:
    wecom = replace(settings.wecom, webhook=WecomWebhook(on=True), appchat=WecomAppchat(on=True))
    return replace(settings, wecom=wecom)


@pytest.fixture
def minqing(tmp_path: Path, storage_url: str) -> Callable[..., Result]:
    """The command line with this office's settings and secrets; `without` leaves variables out."""

    def go(town: Town, *words: str, types: str = "", without: tuple[str, ...] = (), **more: str) -> Result:
        environment: dict[str, str | None] = {
            "MINQING_KEY": KEY,
            "MINQING_STORAGE__URL": storage_url,
            "MINQING_PLAYGROUND__ON": "false",
            "MINQING_WECOM__CORP_ID": CORP,
            "MINQING_WECOM__API": town.far.address,
            "MINQING_WECOM__APP__ON": "true",
            "MINQING_WECOM__APP__AGENT_ID": str(AGENT),
            "MINQING_WECOM__WEBHOOK__ON": "true",
            "MINQING_WECOM__APPCHAT__ON": "true",
            "MINQING_WECOM_APP_SECRET": SECRET,
            "MINQING_WECOM_APP_TOKEN": TOKEN,
            "MINQING_WECOM_APP_AES_KEY": AES_KEY,
            "XDG_CONFIG_HOME": str(tmp_path),
            **more,
        }
        environment |= dict.fromkeys(without)
        return CliRunner().invoke(app, list(words), input=types, env=environment)

    return go


@pytest.fixture(autouse=True)
def migrated(storage_url: str) -> None:
    """The command line wants a database that was made as people make it."""
    made = CliRunner().invoke(app, ["db", "upgrade"], env={"MINQING_KEY": KEY, "MINQING_STORAGE__URL": storage_url})
    assert made.exit_code == 0, made.output


def to_real_time(town: Town) -> None:
    """The command line goes by the real clock, and so does an office that is not a test's."""
    town.parts.clock.set(datetime.now(UTC) + timedelta(minutes=1))


@SQLITE
def test_a_robots_group_is_bound_and_greeted(play: Play, minqing: Callable[..., Result]) -> None:
    async def story(town: Town) -> None:
        to_real_time(town)
        town.far.robots.add(ROBOT)
        address = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={ROBOT}\n"
        done = await asyncio.to_thread(minqing, town, "bind", "云栖里", "--webhook", types=address)
        assert done.exit_code == 0, done.output
        assert "云栖里工作群" in done.output and ROBOT not in done.output
        await town.settle()
        [hello] = town.far.to("webhook/send")
        assert "云栖里工作群" in hello["text"]["content"]
        [group] = town.read(lambda store: store.areas.groups_on("wecom_webhook"))
        assert (group.audience, group.tier, group.area) == ("staff", "unit", town.places["estate"])
        again = await asyncio.to_thread(minqing, town, "bind", "云栖里", "--webhook", types=ROBOT + "\n")
        assert again.exit_code == 0
        assert len(town.read(lambda store: store.areas.groups_on("wecom_webhook"))) == 1

    play(story, changed=push_too)


@SQLITE
def test_a_group_is_made_of_the_areas_staff(play: Play, minqing: Callable[..., Result]) -> None:
    async def story(town: Town) -> None:
        to_real_time(town)
        done = await asyncio.to_thread(minqing, town, "bind", "阳光社区", "--appchat")
        assert done.exit_code == 0, done.output
        [made] = town.far.to("appchat/create")
        assert (made["name"], sorted(made["userlist"])) == ("阳光社区工作群", [LIMIN, WANG])
        await town.settle()
        assert "阳光社区工作群" in town.far.to("appchat/send")[0]["text"]["content"]
        [group] = town.read(lambda store: store.areas.groups_on("wecom_appchat"))
        assert group.tier == "community"

    play(story, changed=push_too)


@SQLITE
def test_what_cannot_be_bound_is_said_and_changes_nothing(play: Play, minqing: Callable[..., Result]) -> None:
    async def story(town: Town) -> None:
        town.write(
            lambda store: store.people.bind_account(
                store.people.account("wecom_app", WANG, "", town.parts.clock.now()).id, None
            )
        )
        for words, types, says in (
            (("bind", "云栖里"), "", "--webhook"),
            (("bind", "云栖里", "--webhook", "--appchat"), "", "--webhook"),
            (("bind", "月亮社区", "--webhook"), "", "no area"),
            (("bind", "云栖里", "--webhook"), "not a key\n", "no webhook address"),
            (("bind", "阳光社区", "--appchat"), "", "王建国"),
            (("bind", "云栖里", "--appchat", "--member", LIMIN), "", "these are 1"),
            (("bind", "云栖里", "--webhook", "--member", LIMIN), "", "--member"),
        ):
            done = await asyncio.to_thread(minqing, town, *words, types=types)
            assert done.exit_code != 0 and says in done.output, (words, done.output)
        town.far.fault("appchat/create", errcode=60020, errmsg="not allow to access from your ip, from ip: 10.0.0.9")
        done = await asyncio.to_thread(minqing, town, "bind", "云栖里", "--appchat", "--member", WANG)
        assert done.exit_code == 1 and "trusted IPs" in done.output
        done = await asyncio.to_thread(
            minqing, town, "bind", "云栖里", "--appchat", without=("MINQING_WECOM_APP_SECRET",)
        )
        assert done.exit_code == 1 and "MINQING_WECOM_APP_SECRET" in done.output
        assert (
            town.read(lambda store: store.areas.groups_on("wecom_appchat") + store.areas.groups_on("wecom_webhook"))
            == []
        )

    play(story, changed=push_too)


@SQLITE
def test_check_says_of_each_door_what_is_missing(play: Play, minqing: Callable[..., Result]) -> None:
    async def story(town: Town) -> None:
        to_real_time(town)
        bare = await asyncio.to_thread(
            minqing, town, "check", without=("MINQING_WECOM_APP_TOKEN",), MINQING_WECOM_APP_AES_KEY="short"
        )
        assert bare.exit_code == 1
        assert "MINQING_WECOM_APP_TOKEN is not set" in bare.output and "43 characters" in bare.output

        first = await asyncio.to_thread(minqing, town, "check")
        assert "the platform knows it" in first.output and "never verified our address" in first.output
        assert "minqing bind --webhook AREA" in first.output and "minqing bind --appchat AREA" in first.output
        assert first.exit_code == 1

        town.far.robots.add(ROBOT)
        assert await town.app.verifies() == (200, b"1616140317555161061")
        for words, types in ((("bind", "云栖里", "--webhook"), ROBOT), (("bind", "阳光社区", "--appchat"), "")):
            assert (await asyncio.to_thread(minqing, town, *words, types=types + "\n")).exit_code == 0
        await town.settle()
        good = await asyncio.to_thread(minqing, town, "check")
        assert good.exit_code == 0, good.output
        assert "verified our address at" in good.output and "阳光社区工作群 is there" in good.output

        town.far.fault("agent/get", errcode=60020, errmsg="not allow to access from your ip, from ip: 10.0.0.9")
        town.far.chats.clear()
        bad = await asyncio.to_thread(minqing, town, "check")
        assert "trusted IPs" in bad.output and "from ip: 10.0.0.9" in bad.output
        assert "was not made by this app" in bad.output
        wrong = await asyncio.to_thread(minqing, town, "check", MINQING_WECOM_APP_SECRET="x" * 43)
        assert "the secret is wrong" in wrong.output
        for told in (bare, first, good, bad, wrong):
            assert not any(secret in told.output for secret in (SECRET, TOKEN, AES_KEY, ROBOT, "x" * 43, "token-"))

    play(story, changed=push_too)
