"""Every setting with its unit and default, as frozen dataclasses; config.toml has one table for each.

bot/config.py fills them by their fields alone: a new field here is a new key there, nothing else to write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.aids import Attached, LanguageModel, Learning
from domain.calendar import Calendar, Holidays, Quiet
from domain.clocks import Clock, Emergency, Sla, within
from domain.private import Binding, Private
from domain.reading import Category
from domain.ring import Ring
from domain.running import Beat, Intake, Logging, Outbox, StorageSettings
from domain.wechat import OfficialAccount
from domain.wecom import Wecom

Language: TypeAlias = Literal["zh-CN", "en"]


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers told to residents; empty ones are left out. 110, 119 and 120 are fixed."""

    lift_rescue: str = "96333"
    gas_repair: str = ""
    property_duty: str = ""
    community_office: str = ""
    hotline: str = "12345"


@dataclass(frozen=True, slots=True)
class Office:
    """Who runs this, in which language and hours."""

    name: str = "阳光社区"
    language: Language = "zh-CN"
    timezone: str = "Asia/Shanghai"
    holidays: Holidays = "china"
    days_off: tuple[date, ...] = ()
    days_on: tuple[date, ...] = ()
    duty_from: time = time(8)
    duty_to: time = time(20)
    phones: Phones = Phones()

    def __post_init__(self) -> None:
        if self.duty_from >= self.duty_to:
            raise ValueError("duty_from is not before duty_to", "duty_from earlier than duty_to")
        if both := sorted(set(self.days_off) & set(self.days_on)):
            raise ValueError(f"{both[0]} is in days_off and in days_on", "each day in one of them")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            # Where the system has no time zones either, the package tzdata brings them.
            raise ValueError(f"timezone {self.timezone!r} is not known", "an IANA name such as Asia/Shanghai") from None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.tz, self.duty_from, self.duty_to, self.holidays, self.days_off, self.days_on)


@dataclass(frozen=True, slots=True)
class GroupListening:
    """Bounds of one group in the place of the office's; `group` is its name, or its chat's id on the platform."""

    group: str = ""
    sure: float = within(0.8, 0.0, 1.0)
    unsure: float = within(0.25, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Listening:
    """When talk becomes a ticket: confidences 0 to 1, and how far back the listener looks."""

    sure: float = within(0.8, 0.0, 1.0)
    unsure: float = within(0.25, 0.0, 1.0)
    danger: float = within(0.15, 0.0, 1.0)
    recent_lines: int = within(40, 1, 500)
    recent_hours: int = within(12, 1, 72)
    match_days: int = within(7, 1, 90)
    reopen_days: int = within(7, 1, 90)
    album_seconds: float = within(1.5, 0.0, 10.0)
    ask_where: bool = True
    groups: tuple[GroupListening, ...] = ()

    def bounds(self, name: str, chat: str) -> tuple[float, float]:
        """`sure` and `unsure` in a group: its own where it has them."""
        own = next((one for one in self.groups if one.group and one.group in (name, chat)), None)
        return (own.sure, own.unsure) if own is not None else (self.sure, self.unsure)

    def __post_init__(self) -> None:
        own = [(one.sure, one.unsure) for one in self.groups]
        if any(unsure > sure for sure, unsure in [(self.sure, self.unsure), *own]):
            raise ValueError("unsure is above sure", "unsure at most as high as sure")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The two people (names as in the staff list) who alone learn of domestic violence, self-harm and abuse;
    empty: the community's secretary and the district's admin, or the grid workers where nobody holds those posts."""

    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Morning:
    """The daily list to each full-time worker; `weekdays` 1 Monday to 7 Sunday."""

    at: time = time(8)
    weekdays: tuple[int, ...] = field(default=(1, 2, 3, 4, 5, 6, 7), metadata={"low": 1, "high": 7})
    visits_shown: int = within(30, 1, 200)
    pushes_a_day: int = within(3, 0, 50)


@dataclass(frozen=True, slots=True)
class Rating:
    """Asking the reporter whether it was solved: hours after the question, and the share called back."""

    remind_hours: int = within(24, 1, 720)
    give_up_hours: int = within(72, 1, 720)
    callback_share: float = within(0.05, 0.0, 1.0)

    def __post_init__(self) -> None:
        if self.remind_hours >= self.give_up_hours:
            raise ValueError("remind_hours is not before give_up_hours", "remind_hours less than give_up_hours")


@dataclass(frozen=True, slots=True)
class Web:
    """Where the pages are served; port 0 takes a free one. `public_url` is where the world finds the same app ("" for
    nowhere); a link to an attachment is good for `link_hours`; a page is kept for a browser that lost its connection
    for `reconnect_seconds`."""

    host: str = "127.0.0.1"
    port: int = within(8600, 0, 65535)
    public_url: str = ""
    link_hours: int = within(72, 1, 720)
    reconnect_seconds: int = within(30, 3, 600)

    def __post_init__(self) -> None:
        if self.public_url and not self.public_url.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("public_url is no https address", "https://YOUR-HOST, or empty for no links")


@dataclass(frozen=True, slots=True)
class Privacy:
    """Lines that became nothing are forgotten after so many hours, and all words that only passed through; that a
    delivery came, after so many days, and that a letter went, so long after its matter has ended."""

    forget_hours: int = within(72, 1, 720)
    delivery_days: int = within(30, 7, 3650)
    letter_days: int = within(400, 30, 3650)


@dataclass(frozen=True, slots=True)
class Playground:
    """The browser playground. Its virtual clock is refused while a real channel is on."""

    on: bool = True
    virtual_clock: bool = True


@dataclass(frozen=True, slots=True)
class Telegram:
    """The Telegram channel; its token and the webhook's secret come from the environment. `api` is another Bot API
    server than Telegram's own; `poll_seconds` a long poll lasts, `http_seconds` any other call may take;
    `code_hours` for which a one-time code for binding is good."""

    on: bool = False
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    api: str = "https://api.telegram.org"
    poll_seconds: int = within(25, 0, 50)
    http_seconds: float = within(15.0, 1.0, 60.0)
    code_hours: int = within(24, 1, 720)
    menus: bool = True

    def __post_init__(self) -> None:
        # Telegram itself calls over https only; a Bot API server of one's own may stand on this machine.
        if self.on and self.mode == "webhook" and not self.webhook_url.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("webhook_url is missing", "the https address that leads to /telegram/webhook here")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it."""

    office: Office = Office()
    listening: Listening = Listening()
    sla: Sla = field(default=Sla())
    emergency: Emergency = field(default=Emergency())
    sensitive: Sensitive = Sensitive()
    quiet: Quiet = field(default=Quiet())
    morning: Morning = Morning()
    rating: Rating = Rating()
    intake: Intake = field(default=Intake())
    outbox: Outbox = field(default=Outbox())
    beat: Beat = field(default=Beat())
    storage: StorageSettings = field(default=StorageSettings())
    web: Web = Web()
    privacy: Privacy = Privacy()
    private: Private = field(default=Private())
    logging: Logging = field(default=Logging())
    playground: Playground = Playground()
    binding: Binding = field(default=Binding())
    telegram: Telegram = Telegram()
    wecom: Wecom = field(default=Wecom())
    official_account: OfficialAccount = field(default=OfficialAccount())
    ring: Ring = field(default=Ring())
    learning: Learning = field(default=Learning())
    language_model: LanguageModel = field(default=LanguageModel())
    attachments: Attached = field(default=Attached())

    def clock(self, category: Category, nature: str | None = None) -> Clock:
        """The clock of a category; suggestions have their own. Emergencies: see `emergency`."""
        if nature == "建议":
            return self.sla.clocks.suggestion
        clock: Clock = getattr(self.sla.clocks, "public_security" if category == "emergency" else category)
        return clock
