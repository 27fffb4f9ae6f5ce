"""Subscription notices (订阅通知): what can be said of a ticket to somebody who agreed to a template.

Fields by their kind as the template names them: thing 20 characters, phrase 5, character_string 32, time as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.channels.official_account.capabilities import CHANNEL
from domain.settings import Office
from domain.tickets import Ticket
from domain.wechat import Notice, Says
from handlers.texts import say
from storage.outbox import Letter
from storage.store import Store

_KIND = re.compile(r"\d+$")
_LONGEST = {"thing": 20, "phrase": 5, "character_string": 32, "const": 20, "name": 10, "number": 32}
_YES = "yes"


def keep_consents(store: Store, user: str, said: dict[str, bool]) -> None:
    for template, agreed in said.items():
        if agreed:
            store.channel_state.set(CHANNEL, _consent(template, user), _YES)
        else:
            store.channel_state.delete(CHANNEL, _consent(template, user))


def agreed_to(store: Store, user: str, notices: Sequence[Notice], now: datetime) -> Notice | None:
    """The first template of config.toml to which he agreed."""
    return next(
        (one for one in notices if store.channel_state.get(CHANNEL, _consent(one.template_id, user), now) == _YES), None
    )


def used_up(store: Store, user: str, notice: Notice) -> None:
    """A consent that was for one notice only, or was taken back."""
    store.channel_state.delete(CHANNEL, _consent(notice.template_id, user))


def body_of(notice: Notice, user: str, letter: Letter, ticket: Ticket, office: Office, now: datetime) -> dict[str, Any]:
    """The call's body (message/subscribe/bizsend)."""
    words: dict[Says, str] = {
        "number": ticket.number,
        "summary": ticket.summary,
        "status": say(f"status.{ticket.status}", office.language),
        "text": letter.text.replace("\n", " "),
        "time": f"{now.astimezone(office.tz):%Y-%m-%d %H:%M}",
        "office": office.name,
    }
    data = {one.name: {"value": _fitted(one.name, words[one.says])} for one in notice.fields}
    return {
        "touser": user,
        "template_id": notice.template_id,
        **({"page": notice.page} if notice.page else {}),
        "data": data,
    }


def _fitted(name: str, value: str) -> str:
    kind = _KIND.sub("", name)
    if kind == "character_string":
        # Letters, figures and signs only: 阳光128 is 128 there.
        value = re.sub(r"[^\x21-\x7e]", "", value)
    longest = _LONGEST.get(kind, 20 if kind != "time" else 32)
    return value if len(value) <= longest else value[: longest - 1] + "…"


def _consent(template: str, user: str) -> str:
    return f"consent:{template}:{user}"[:128]
