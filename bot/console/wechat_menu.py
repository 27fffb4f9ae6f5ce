"""`minqing wechat menu`: the official account's menu, as config.toml has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from bot import config as configuration
from bot.console.office import database_of, fail, settings_of
from bot.tencent.client import official
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed
from domain.wechat import MenuButton

_CHANNEL = "official_account"


def menu(config: Path | None, *, dry_run: bool) -> None:
    """Put it up; followers see it within a day, at once where they follow anew."""
    settings = settings_of(config)
    account = settings.official_account
    buttons = menu_of(account.menu)
    if dry_run:
        typer.echo(json.dumps(buttons, ensure_ascii=False, indent=2))
        return
    secret = configuration.secrets().wechat_secret
    if not account.app_id or not secret:
        raise fail("[official_account] app_id and MINQING_WECHAT_SECRET are needed")
    with database_of(settings) as database:
        caller = official(account.api, account.http_seconds, account.app_id, secret, Sessions(database, _CHANNEL))
        try:
            caller.call_now(lambda client: client.post("menu/create", data=buttons))
        except SendFailed as failed:
            raise fail(f"WeChat did not take the menu: {failed.why}") from None
    typer.echo(f"{len(buttons['button'])} buttons; followers see them within a day")


def menu_of(said: Sequence[MenuButton]) -> dict[str, Any]:
    """What menu/create wants: at most three buttons, at most five below each."""
    tops = [one for one in said if not one.under]
    return {"button": [_button(top, [one for one in said if one.under == top.name]) for top in tops]}


def _button(one: MenuButton, below: Sequence[MenuButton]) -> dict[str, Any]:
    if below:
        return {"name": one.name, "sub_button": [_button(each, ()) for each in below]}
    if one.url:
        return {"type": "view", "name": one.name, "url": one.url}
    return {"type": "click", "name": one.name, "key": one.says}
