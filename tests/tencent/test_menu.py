"""`minqing wechat menu` and what `minqing check` says of the official account and the robot."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.console.wechat_menu import menu_of
from bot.doors import DOORS, Wiring
from domain.wechat import MenuButton, OfficialAccount
from storage.database import Database
from tests.tencent.far_end import ACCOUNT, ACCOUNT_SECRET, FarEnd
from tests.tencent.robot import robot_secrets, with_robot
from tests.tencent.town import KEY, START, settings_for

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)


def test_three_buttons_and_what_is_below_them() -> None:
    said = (
        MenuButton("我的", "我的"),
        MenuButton("服务"),
        MenuButton("怎么用", "帮助", under="服务"),
        MenuButton("办事指南", url="https://example.gov.cn", under="服务"),
    )
    assert menu_of(said) == {
        "button": [
            {"type": "click", "name": "我的", "key": "我的"},
            {
                "name": "服务",
                "sub_button": [
                    {"type": "click", "name": "怎么用", "key": "帮助"},
                    {"type": "view", "name": "办事指南", "url": "https://example.gov.cn"},
                ],
            },
        ]
    }


@pytest.mark.parametrize(
    "menu",
    [
        tuple(MenuButton(str(number), "我的") for number in range(4)),
        (MenuButton("上"), *(MenuButton(str(number), "我的", under="上") for number in range(6))),
        (MenuButton("下", "我的", under="没有这个"),),
    ],
)
def test_a_menu_that_wechat_would_refuse_is_refused_at_once(menu: tuple[MenuButton, ...]) -> None:
    with pytest.raises(ValueError):
        OfficialAccount(menu=menu)


def test_the_menu_is_put_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        far = FarEnd()
        await far.start()
        put_up: list[object] = []
        far.serve("menu/create", lambda call: put_up.append(call.data) or {})
        config = tmp_path / "config.toml"
        config.write_text(
            f'[official_account]\napp_id = "{ACCOUNT}"\napi = "{far.address}"\n'
            f'[storage]\nurl = "sqlite:///{tmp_path}/office.db"\n'
        )
        monkeypatch.setenv("MINQING_KEY", KEY)
        run = CliRunner().invoke
        assert "upgrade" in (await asyncio.to_thread(run, app, ["db", "--help"])).output
        await asyncio.to_thread(run, app, ["db", "upgrade", "--config", str(config)])
        shown = await asyncio.to_thread(run, app, ["wechat", "menu", "--dry-run", "--config", str(config)])
        assert json.loads(shown.output)["button"][0]["key"] == "我的" and put_up == []
        refused = await asyncio.to_thread(run, app, ["wechat", "menu", "--config", str(config)])
        assert refused.exit_code == 1 and "MINQING_WECHAT_SECRET" in refused.output
        monkeypatch.setenv("MINQING_WECHAT_SECRET", ACCOUNT_SECRET)
        done = await asyncio.to_thread(run, app, ["wechat", "menu", "--config", str(config)])
        assert done.exit_code == 0, done.output
        assert put_up == [json.loads(shown.output)]
        far.fault("menu/create", errcode=40164, errmsg="invalid ip 1.2.3.4, not in whitelist")
        failed = await asyncio.to_thread(run, app, ["wechat", "menu", "--config", str(config)])
        assert failed.exit_code == 1 and "IP white list" in failed.output and ACCOUNT_SECRET not in failed.output
        await far.stop()

    asyncio.run(story())


@SQLITE
def test_check_says_what_is_missing_in_plain_words(database: Database) -> None:
    async def story() -> None:
        far = FarEnd()
        await far.start()
        far.serve("getcallbackip", lambda call: {"ip_list": []})
        settings = with_robot(settings_for("sqlite://", far.address))
        settings = replace(settings, official_account=replace(settings.official_account, notices=()))
        wiring = Wiring(database, settings, robot_secrets(), lambda: START)

        def found(name: str) -> list[str]:
            [door] = [one for one in DOORS if one.name == name]
            assert door.examine is not None
            return [f"{one.good} {one.what} {one.do}" for one in door.examine(wiring)]

        told = await asyncio.to_thread(found, "official_account")
        assert told[0].startswith("True") and "never verified" in told[1] and "waits until" in told[2]
        far.fault("getcallbackip", errcode=40164, errmsg="invalid ip 1.2.3.4")
        told = await asyncio.to_thread(found, "official_account")
        assert told[0].startswith("False") and "1.2.3.4" in told[0]
        told = await asyncio.to_thread(found, "wecom_aibot")
        assert "never verified" in told[0]
        await far.stop()

    asyncio.run(story())


def test_a_door_that_is_on_without_its_secrets_says_which() -> None:
    settings = with_robot(settings_for("sqlite://", "http://127.0.0.1:1"))
    for name in ("official_account", "wecom_aibot"):
        [door] = [one for one in DOORS if one.name == name]
        bare = replace(
            robot_secrets(), wechat_secret=None, wechat_token=None, wechat_aes_key="short", wecom_aibot_token=None,
            wecom_aibot_aes_key=None,
        )  # fmt: skip
        missing = list(door.missing(settings, bare))
        assert missing and all("MINQING_WE" in one for one in missing)
        assert list(door.missing(settings, robot_secrets())) == []
