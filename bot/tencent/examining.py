"""What `minqing check` finds of WeCom's doors: asks the platform, and says in plain words what is missing and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.finding import Finding
from bot.tencent.client import Caller, official, wecom
from bot.tencent.errors import ApiRefused
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed
from domain.wechat import OfficialAccount
from domain.wecom import Wecom
from storage.database import Database

APP, ACCOUNT, ROBOT = "wecom_app", "official_account", "wecom_aibot"
_WAYS = "docs/doors/wecom_app.md has the steps"


def examine_app(database: Database, its: Wecom, secret: str) -> Iterator[Finding]:
    """Corp, secret, trusted IP and agent id in one call; and whether the console has ever verified our address."""
    found = asked(_caller(database, its, secret), "agent/get", agentid=str(its.app.agent_id))
    yield (
        Finding(True, f"WeCom's app: the platform knows it (agent id {its.app.agent_id})")
        if found is None
        else Finding(False, f"WeCom's app: {found}", _WAYS)
    )
    verified = database.read(lambda store: store.channel_state.get(APP, "verified", datetime.now(UTC)))
    if verified is not None:
        yield Finding(True, f"WeCom's app: the console verified our address at {verified[:16]} UTC")
    else:
        yield Finding(
            False,
            "WeCom's app: the console has never verified our address, so nothing can be heard",
            "while minqing runs, save the address …/wecom/app in the console (接收消息 → 设置API接收)",
        )


def examine_robots(database: Database) -> Iterator[Finding]:
    """How many robots are bound. A key can only be tried by saying something, so it is not."""
    groups = _bound(database, "wecom_webhook")
    yield Finding(bool(groups), f"WeCom's group robots: {len(groups)} bound", "" if groups else _bind("--webhook"))


def examine_groups(database: Database, its: Wecom, secret: str) -> Iterator[Finding]:
    """Each group that the app made: is it still there?"""
    groups = _bound(database, "wecom_appchat")
    if not groups:
        yield Finding(False, "the groups of WeCom's app: none is bound", _bind("--appchat"))
    caller = _caller(database, its, secret)
    for chat, name in groups:
        found = asked(caller, "appchat/get", chatid=chat)
        yield (
            Finding(True, f"the groups of WeCom's app: {name} is there")
            if found is None
            else Finding(False, f"the groups of WeCom's app: {name}: {found}", _bind("--appchat"))
        )


def examine_account(database: Database, its: OfficialAccount, secret: str) -> Iterator[Finding]:
    """App id, secret and IP white list in one call; whether the console verified our address; what can be said late."""
    caller = official(its.api, its.http_seconds, its.app_id, secret, Sessions(database, ACCOUNT))
    found = asked(caller, "getcallbackip")
    yield (
        Finding(True, "the official account: the platform knows it")
        if found is None
        else Finding(False, f"the official account: {found}", "docs/doors/official_account.md has the steps")
    )
    verified = database.read(lambda store: store.channel_state.get(ACCOUNT, "verified", datetime.now(UTC)))
    yield Finding(
        verified is not None,
        f"the official account: the console verified our address at {verified[:16]} UTC"
        if verified is not None
        else "the official account: the console has never verified our address, so nothing can be heard",
        "" if verified is not None else "while minqing runs, save …/wechat/official under 服务器配置, encrypted mode",
    )
    if not its.notices:
        yield Finding(
            True,
            "the official account: no subscription notices ([[official_account.notices]]): what comes later than 48 "
            "hours after a resident's last word waits until he writes again",
        )


def examine_robot(database: Database) -> Iterator[Finding]:
    """Whether the console verified our address: there is nothing that could be asked of the platform."""
    verified = database.read(lambda store: store.channel_state.get(ROBOT, "verified", datetime.now(UTC)))
    yield Finding(
        verified is not None,
        f"WeCom's robot: the console verified our address at {verified[:16]} UTC"
        if verified is not None
        else "WeCom's robot: the console has never verified our address, so nothing can be heard",
        "" if verified is not None else "while minqing runs, save …/wecom/aibot in the console (智能机器人 → API模式)",
    )


def asked(caller: Caller, path: str, **query: str) -> str | None:
    """What a call is refused with, in plain words; None where it works."""
    try:
        caller.call_now(lambda client: client.get(path, params=dict(query)))
    except ApiRefused as refused:
        where = f" ({refused.errmsg})" if refused.errcode in (60020, 40164) else ""
        return f"{refused.why}{where}"
    except SendFailed as failed:
        return failed.why
    return None


def _caller(database: Database, its: Wecom, secret: str) -> Caller:
    return wecom(its.api, its.http_seconds, its.corp_id, secret, Sessions(database, APP))


def _bound(database: Database, channel: str) -> list[tuple[str, str]]:
    """Chat and name of the groups bound on a channel."""
    return database.read(lambda store: [(one.chat, one.name) for one in store.areas.groups_on(channel)])


def _bind(how: str) -> str:
    return f"minqing bind {how} AREA"
