"""Switching WeCom on: what is missing is said before anything runs; what is off costs nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bot import config
from bot.app import NotReady, refuse_contradictions
from bot.credentials import SECRETS as SECRET_NAMES
from bot.credentials import Secrets
from bot.doors import contradictions
from domain.errors import BadConfig
from domain.settings import Playground, Settings, Telegram
from domain.wechat import OfficialAccount
from domain.wecom import Wecom, WecomAibot, WecomApp, WecomAppchat, WecomBroadcast, WecomReport
from tests.tencent.robot import robot_secrets
from tests.tencent.town import SECRETS

APP = Wecom(corp_id="wwc0rp", app=WecomApp(on=True, agent_id=1000002))
ON = replace(Settings(), wecom=APP, playground=Playground(on=True, virtual_clock=False))


def test_with_all_of_it_nothing_is_missing() -> None:
    refuse_contradictions(ON, SECRETS)
    refuse_contradictions(replace(ON, wecom=replace(APP, app=WecomApp(on=False))), Secrets())


@pytest.mark.parametrize(
    ("settings", "secrets", "says"),
    [
        (replace(ON, wecom=replace(APP, corp_id="")), SECRETS, "corp_id"),
        (replace(ON, wecom=replace(APP, app=WecomApp(on=True))), SECRETS, "agent_id"),
        (ON, replace(SECRETS, wecom_app_secret=None), "MINQING_WECOM_APP_SECRET"),
        (ON, replace(SECRETS, wecom_app_token=None), "MINQING_WECOM_APP_TOKEN"),
        (ON, replace(SECRETS, wecom_app_aes_key="short"), "MINQING_WECOM_APP_AES_KEY"),
        (replace(ON, playground=Playground(on=True, virtual_clock=True)), SECRETS, "virtual_clock = false"),
        (replace(ON, wecom=Wecom(appchat=WecomAppchat(on=True))), Secrets(), "corp_id"),
    ],
)
def test_what_is_missing_is_named_and_no_secret_with_it(settings: Settings, secrets: Secrets, says: str) -> None:
    with pytest.raises(NotReady, match=says) as caught:
        refuse_contradictions(settings, secrets)
    for secret in (SECRETS.wecom_app_secret, SECRETS.wecom_app_token, SECRETS.wecom_app_aes_key):
        assert secret is not None and secret not in str(caught.value)


EVERY_DOOR = replace(
    ON,
    telegram=Telegram(on=True, mode="webhook", webhook_url="https://minqing.example/telegram/webhook"),
    wecom=replace(
        APP,
        appchat=WecomAppchat(on=True),
        aibot=WecomAibot(on=True),
        report=WecomReport(on=True),
        broadcast=WecomBroadcast(on=True),
    ),
    official_account=OfficialAccount(on=True, app_id="wx0000000000000001"),
)
EVERY_SECRET = replace(
    robot_secrets(), telegram_token="123456:abcdefghijklmnop", telegram_secret="s" * 40, wecom_report_secret=None
)


def test_every_single_secret_that_is_missing_is_named() -> None:
    """As `minqing check` says it: each one, and nothing but that one."""
    assert list(contradictions(EVERY_DOOR, EVERY_SECRET)) == []
    needed = [name for name in SECRET_NAMES.values() if getattr(EVERY_SECRET, name) is not None and name != "key"]
    assert len(needed) == 10
    for name in needed:
        told = [what for _, what in contradictions(EVERY_DOOR, replace(EVERY_SECRET, **{name: None}))]
        assert told and all(f"MINQING_{name.upper()}" in what for what in told), (name, told)
        values = [getattr(EVERY_SECRET, one) for one in needed]
        assert not any(value in what for value in values for what in told if len(value) > 6)


def test_the_api_is_reached_over_https() -> None:
    with pytest.raises(BadConfig, match="api is no https address"):
        config.read_text('[wecom]\napi = "http://qyapi.weixin.qq.com"\n')


def test_secrets_are_not_shown_and_a_mistyped_one_is_noticed() -> None:
    found = config.secrets({"MINQING_WECOM_APP_SECRET": "hush-hush", "MINQING_WECOM_APP_TOKEN": "quiet"})
    assert (found.wecom_app_secret, found.wecom_app_token) == ("hush-hush", "quiet")
    assert "hush" not in repr(found) and "quiet" not in repr(found)
    with pytest.raises(BadConfig, match="did you mean MINQING_WECOM_APP_SECRET"):
        config.load(None, {"MINQING_WECOM_APP_SECRETS": "x"})


def test_who_does_not_use_it_does_not_load_it() -> None:
    program = "import bot.app, sys; print(sorted({'wechatpy', 'requests', 'xmltodict'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
