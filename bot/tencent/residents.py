"""Two doors to residents' WeChat groups, 政民沟通 and 群发: how each is made, what it misses, what a check asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.credentials import Secrets
from bot.finding import Finding
from domain.errors import SendFailed
from domain.settings import Settings
from domain.wecom import WecomReport

if TYPE_CHECKING:
    from bot.channel import Channel
    from bot.doors import Wiring

_NO_CORP = "is on, but [wecom] corp_id is empty (我的企业 → 企业ID)"


def report_secret(secrets: Secrets) -> str:
    """政民沟通 may be given to an app of its own, or to the one that workers talk to."""
    return secrets.wecom_report_secret or secrets.wecom_app_secret or ""


def make_report(wiring: Wiring) -> Channel:
    from bot.channels.wecom_report.channel import WecomReportChannel

    return WecomReportChannel(wiring.database, wiring.settings, wiring.now, report_secret(wiring.secrets))


def report_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not settings.wecom.corp_id:
        yield f"政民沟通 {_NO_CORP}"
    if not report_secret(secrets):
        yield "政民沟通 is on, but neither MINQING_WECOM_REPORT_SECRET nor MINQING_WECOM_APP_SECRET is set"


def examine_report(wiring: Wiring) -> Iterator[Finding]:
    """Whether the app may call 政民沟通, and what nobody has said yet of its numbers and categories."""
    asks = {"begin_modify_time": int(wiring.now().timestamp()), "cursor": "", "limit": 1}
    refused = _refused(wiring, report_secret(wiring.secrets), "report/resident/get_order_list", asks)
    yield (
        Finding(True, "政民沟通: its orders can be read")
        if refused is None
        else Finding(
            False,
            f"政民沟通: {refused}",
            "居民联系 → 可调用接口的应用: add the app; docs/doors/wecom_report.md has the steps",
        )
    )
    its = wiring.settings.wecom.report
    for name, kept, field, without in _NUMBERS:
        if not kept(its):
            yield Finding(True, f"政民沟通: [wecom.report] {name} is empty: {without}", _enter(name, field))
    if not its.cases:
        yield Finding(
            True,
            "政民沟通: [wecom.report] cases is empty: categories are read from the words alone",
            "minqing wecom cases lists the categories there; enter { name = …, category = … } for each",
        )


# What each list of numbers is for, the field of an order that holds them, and what is missing without it.
_NUMBERS: tuple[tuple[str, Callable[[WecomReport], object], str, str], ...] = (
    ("solved", lambda its: its.solved, "status (状态)", "no ticket is closed because it is solved there"),
    ("urgent", lambda its: its.urgent, "urge_type", "how urgent an order is is read from its words alone"),
    ("steps", lambda its: its.steps, "process_type (类型)", "steps stand on tickets with their bare number"),
)


def _enter(name: str, field: str) -> str:
    """WeCom publishes no list of these numbers (93513 ff.), so nobody can enter them beforehand."""
    shown = "the notes on tickets show it" if name != "urgent" else "compare it with how the console marks an order"
    what = "{ number = …, says = … }" if name == "steps" else "the numbers that mean it"
    return f"WeCom publishes no list of what {field} means: {shown}; enter {what} in [wecom.report] {name}"


def make_broadcast(wiring: Wiring) -> Channel:
    from bot.channels.wecom_broadcast.channel import WecomBroadcastChannel

    return WecomBroadcastChannel(wiring.database, wiring.settings, wiring.now, wiring.secrets.wecom_app_secret or "")


def broadcast_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not settings.wecom.corp_id:
        yield f"群发 {_NO_CORP}"
    if not secrets.wecom_app_secret:
        yield "群发 is on, but MINQING_WECOM_APP_SECRET is not set: the app must be one that may call 客户联系"


def examine_broadcast(wiring: Wiring) -> Iterator[Finding]:
    """Whether the app may call 客户联系."""
    secret = wiring.secrets.wecom_app_secret or ""
    refused = _refused(wiring, secret, "externalcontact/groupchat/list", {"limit": 1})
    yield (
        Finding(True, "群发: customer groups can be reached, once their owners confirm")
        if refused is None
        else Finding(
            False,
            f"群发: {refused}",
            "客户联系 → 可调用接口的应用: add the app; docs/doors/wecom_broadcast.md has the steps",
        )
    )


def _refused(wiring: Wiring, secret: str, path: str, asks: Mapping[str, Any]) -> str | None:
    """Why the call is refused, in plain words; None where it works."""
    from bot.tencent.client import wecom
    from bot.tencent.sessions import Sessions

    its = wiring.settings.wecom
    caller = wecom(its.api, its.http_seconds, its.corp_id, secret, Sessions(wiring.database, "wecom_check"))
    try:
        caller.call_now(lambda client: client.post(path, data=dict(asks)))
    except SendFailed as failed:
        return failed.why
    return None
