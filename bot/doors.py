"""Every door to a platform: when it is on, what it misses, how it is made. Its library is loaded only then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.channel import Channel
from bot.credentials import Secrets
from bot.finding import Finding
from bot.missing import official_account_misses, wecom_aibot_misses
from bot.tencent import residents
from domain.messages import RING
from domain.settings import Settings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a channel is made of. `now` is the office's clock, which with a real channel is the real one."""

    database: Database
    settings: Settings
    secrets: Secrets
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Door:
    """`name` is the channel's, `title` what people know it by. `missing` says what keeps it from starting, without
    any network; `examine` asks the platform itself, for `minqing check`. `section` is its table in config.toml."""

    name: str
    title: str
    is_on: Callable[[Settings], bool]
    make: Callable[[Wiring], Channel]
    missing: Callable[[Settings, Secrets], Iterator[str]] = lambda _settings, _secrets: iter(())
    examine: Callable[[Wiring], Iterator[Finding]] | None = None
    remark: Callable[[Settings], str] = lambda _settings: ""
    section: str = ""
    real: bool = True


def _playground(wiring: Wiring) -> Channel:
    from bot.channels.playground import PlaygroundChannel

    return PlaygroundChannel(wiring.database, wiring.now, language=wiring.settings.office.language)


def _telegram(wiring: Wiring) -> Channel:
    from bot.channels.telegram_bot.channel import TelegramChannel

    secrets = wiring.secrets
    return TelegramChannel(
        wiring.database, wiring.settings, wiring.now, secrets.telegram_token or "", secrets.telegram_secret
    )


def _telegram_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", secrets.telegram_token or ""):
        yield "Telegram is on, but MINQING_TELEGRAM_TOKEN holds no token (@BotFather gives one)"
    if settings.telegram.mode == "webhook" and not re.fullmatch(
        r"[A-Za-z0-9_-]{32,256}", secrets.telegram_secret or ""
    ):
        yield "for a webhook MINQING_TELEGRAM_SECRET must be 32 to 256 characters of A-Z a-z 0-9 _ -"


def _wecom_app(wiring: Wiring) -> Channel:
    from bot.channels.wecom_app.channel import WecomAppChannel

    return WecomAppChannel(wiring.database, wiring.settings, wiring.now, wiring.secrets)


def _examine_wecom_app(wiring: Wiring) -> Iterator[Finding]:
    from bot.tencent.examining import examine_app

    return examine_app(wiring.database, wiring.settings.wecom, wiring.secrets.wecom_app_secret or "")


def _wecom_webhook(wiring: Wiring) -> Channel:
    from bot.channels.wecom_webhook import WecomWebhookChannel

    return WecomWebhookChannel(wiring.database, wiring.settings, wiring.now)


def _examine_wecom_webhook(wiring: Wiring) -> Iterator[Finding]:
    from bot.tencent.examining import examine_robots

    return examine_robots(wiring.database)


def _wecom_appchat(wiring: Wiring) -> Channel:
    from bot.channels.wecom_appchat import WecomAppchatChannel

    return WecomAppchatChannel(wiring.database, wiring.settings, wiring.now, wiring.secrets)


def _examine_wecom_appchat(wiring: Wiring) -> Iterator[Finding]:
    from bot.tencent.examining import examine_groups

    return examine_groups(wiring.database, wiring.settings.wecom, wiring.secrets.wecom_app_secret or "")


def _wecom_app_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    yield from _wecom_misses("WeCom's app", settings, secrets)
    if not secrets.wecom_app_token:
        yield "WeCom's app is on, but MINQING_WECOM_APP_TOKEN is not set (接收消息 → 设置API接收 shows it)"
    if not re.fullmatch(r"[A-Za-z0-9]{43}", secrets.wecom_app_aes_key or ""):
        yield "WeCom's app is on, but MINQING_WECOM_APP_AES_KEY is not the 43 characters of the EncodingAESKey"


def _wecom_misses(title: str, settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not settings.wecom.corp_id:
        yield f"{title} is on, but [wecom] corp_id is empty (我的企业 → 企业ID)"
    if not settings.wecom.app.agent_id:
        yield f"{title} is on, but [wecom.app] agent_id is 0 (the app's page in the console shows it)"
    if not secrets.wecom_app_secret:
        yield f"{title} is on, but MINQING_WECOM_APP_SECRET is not set (the app's page in the console sends it)"


def _wecom_aibot(wiring: Wiring) -> Channel:
    from bot.channels.wecom_aibot.channel import WecomAibotChannel

    return WecomAibotChannel(wiring.database, wiring.settings, wiring.now, wiring.secrets)


def _examine_wecom_aibot(wiring: Wiring) -> Iterator[Finding]:
    from bot.tencent.examining import examine_robot

    return examine_robot(wiring.database)


def _official_account(wiring: Wiring) -> Channel:
    from bot.channels.official_account.channel import OfficialAccountChannel

    return OfficialAccountChannel(wiring.database, wiring.settings, wiring.now, wiring.secrets)


def _examine_official_account(wiring: Wiring) -> Iterator[Finding]:
    from bot.tencent.examining import examine_account

    account = wiring.settings.official_account
    return examine_account(wiring.database, account, wiring.secrets.wechat_secret or "")


def _ring(wiring: Wiring) -> Channel:
    from bot.channels.ring.channel import RingChannel

    return RingChannel(wiring.database, wiring.settings, wiring.secrets.ring_token)


DOORS: tuple[Door, ...] = (
    Door(
        "playground",
        "the playground",
        lambda settings: settings.playground.on,
        _playground,
        remark=lambda _settings: " (a browser page, for trying things out)",
        real=False,
    ),
    Door(
        "telegram",
        "Telegram",
        lambda settings: settings.telegram.on,
        _telegram,
        _telegram_misses,
        remark=lambda settings: f" ({settings.telegram.mode})",
    ),
    Door(
        "wecom_app",
        "WeCom's app",
        lambda settings: settings.wecom.app.on,
        _wecom_app,
        _wecom_app_misses,
        _examine_wecom_app,
        section="wecom.app",
    ),
    Door(
        "wecom_webhook",
        "WeCom's group robots",
        lambda settings: settings.wecom.webhook.on,
        _wecom_webhook,
        examine=_examine_wecom_webhook,
        section="wecom.webhook",
    ),
    Door(
        "wecom_appchat",
        "the groups of WeCom's app",
        lambda settings: settings.wecom.appchat.on,
        _wecom_appchat,
        lambda settings, secrets: _wecom_misses("pushing into groups of WeCom's app", settings, secrets),
        _examine_wecom_appchat,
        section="wecom.appchat",
    ),
    Door(
        "wecom_report",
        "政民沟通",
        lambda settings: settings.wecom.report.on,
        residents.make_report,
        residents.report_misses,
        residents.examine_report,
        remark=lambda settings: f" (a look every {settings.wecom.report.poll_seconds:g} s; nothing can be said there)",
    ),
    Door(
        "wecom_aibot",
        "WeCom's robot",
        lambda settings: settings.wecom.aibot.on,
        _wecom_aibot,
        wecom_aibot_misses,
        _examine_wecom_aibot,
        section="wecom.aibot",
    ),
    Door(
        "official_account",
        "the official account",
        lambda settings: settings.official_account.on,
        _official_account,
        official_account_misses,
        _examine_official_account,
        section="official_account",
    ),
    Door(
        RING,
        "the gateway for calls and SMS",
        lambda settings: bool(settings.ring.url),
        _ring,
        remark=lambda settings: " (called at the rungs of the emergency ladder with ring = true)",
    ),
    Door(
        "wecom_broadcast",
        "群发",
        lambda settings: settings.wecom.broadcast.on,
        residents.make_broadcast,
        residents.broadcast_misses,
        residents.examine_broadcast,
        remark=lambda settings: f" (tasks to be confirmed, {settings.wecom.broadcast.monthly} a month at most)",
    ),
)


def open_doors(settings: Settings) -> list[Door]:
    """Those that are switched on."""
    return [door for door in DOORS if door.is_on(settings)]


def contradictions(settings: Settings, secrets: Secrets, *, every: bool = False) -> Iterator[tuple[Door, str]]:
    """What keeps the program from starting, and whose fault it is: a clock that can be moved beside real people, a
    secret that is not there. With `every` also of doors that are not switched on."""
    for door in DOORS if every else open_doors(settings):
        if door.real and settings.playground.on and settings.playground.virtual_clock:
            yield (
                door,
                f"{door.title} is on, and so is the playground's clock, which can be moved: real people would be "
                "reminded at invented times. Set [playground] virtual_clock = false, or on = false",
            )
        for what in door.missing(settings, secrets):
            yield door, what
