"""Switching it on: what is missing or contradicts itself is said before anything runs; what is off costs nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config
from bot.app import NotReady, build, refuse_contradictions
from bot.config import Secrets
from domain.errors import BadConfig
from domain.running import StorageSettings
from domain.settings import Playground, Settings, Telegram
from nlu.reader import Reader

TOKEN = "4242:a-token-of-some-length"
ON = replace(Settings(), telegram=Telegram(on=True), playground=Playground(on=True, virtual_clock=False))


def test_the_movable_clock_is_refused_beside_real_people() -> None:
    moved = replace(ON, playground=Playground(on=True, virtual_clock=True))
    with pytest.raises(NotReady, match="virtual_clock = false"):
        refuse_contradictions(moved, Secrets(telegram_token=TOKEN))
    refuse_contradictions(ON, Secrets(telegram_token=TOKEN))
    refuse_contradictions(replace(moved, telegram=Telegram(on=False)), Secrets())


@pytest.mark.parametrize("token", [None, "", "nonsense", "4242:short"])
def test_a_token_must_be_there(tmp_path: Path, reader: Reader, token: str | None) -> None:
    settings = replace(ON, storage=StorageSettings(url=f"sqlite:///{tmp_path / 'x.db'}"))
    with pytest.raises(NotReady, match="MINQING_TELEGRAM_TOKEN") as caught:
        build(settings, "unused", None, reader, Secrets(telegram_token=token))
    assert not token or token not in str(caught.value)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("secret", [None, "short", "with blanks and of more than thirty two characters"])
def test_a_webhook_needs_a_good_secret(secret: str | None) -> None:
    hook = replace(ON, telegram=Telegram(on=True, mode="webhook", webhook_url="https://x.example/telegram/webhook"))
    with pytest.raises(NotReady, match="MINQING_TELEGRAM_SECRET"):
        refuse_contradictions(hook, Secrets(telegram_token=TOKEN, telegram_secret=secret))


def test_a_webhook_needs_an_address_to_be_called_at() -> None:
    with pytest.raises(BadConfig, match="webhook_url"):
        config.read_text('[telegram]\non = true\nmode = "webhook"\n')
    with pytest.raises(BadConfig, match="webhook_url"):
        config.read_text('[telegram]\non = true\nmode = "webhook"\nwebhook_url = "http://example.org/x"\n')


def test_secrets_are_not_shown() -> None:
    secrets = config.secrets({"MINQING_TELEGRAM_TOKEN": TOKEN, "MINQING_TELEGRAM_SECRET": "hush"})
    assert (secrets.telegram_token, secrets.telegram_secret) == (TOKEN, "hush")
    assert TOKEN not in repr(secrets) and "hush" not in repr(secrets)


def test_who_does_not_use_it_does_not_load_it() -> None:
    program = "import bot.app, sys; print(sorted({'aiogram', 'telegram', 'aiohttp'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_of_the_channel_hides_a_library_when_it_is_run_by_its_path() -> None:
    folder = Path(config.__file__).parent / "channels"
    names = {path.stem for path in folder.rglob("*.py")} | {path.name for path in folder.iterdir()}
    assert names & {"telegram", "aiogram", "wechatpy", "fastapi"} == set()
