"""The settings of WeCom's (企业微信) doors: one table for the corp, one below it for each door."""

from __future__ import annotations

from dataclasses import dataclass

from domain.clocks import within
from domain.reading import Category


@dataclass(frozen=True, slots=True)
class WecomApp:
    """The self-built app, by which workers talk to us; `agent_id` as its page in the console shows it. `markdown` is
    not shown to those who read in WeChat, by its plug-in."""

    on: bool = False
    agent_id: int = within(0, 0, 999_999_999)
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class WecomWebhook:
    """Robots that push into staff groups (消息推送); each group's robot is bound by `minqing bind --webhook`."""

    on: bool = False


@dataclass(frozen=True, slots=True)
class WecomAppchat:
    """Staff groups that the self-built app makes (`minqing bind --appchat`) and pushes into."""

    on: bool = False


@dataclass(frozen=True, slots=True)
class WecomAibot:
    """The robot (智能机器人) of staff groups; `name` as it is called there, which is taken off what is said to it."""

    on: bool = False
    name: str = "民情"


@dataclass(frozen=True, slots=True)
class CaseName:
    """A category of 政民沟通 by its name there (of either level), and ours."""

    name: str = ""
    category: Category = "community_report"


@dataclass(frozen=True, slots=True)
class StepName:
    """What a process_type of 政民沟通 stands for, in words for the ticket; WeCom publishes no list of them."""

    number: int = 0
    says: str = ""


@dataclass(frozen=True, slots=True)
class WecomReport:
    """政民沟通: orders that residents file with the robot of their WeChat group, and those of patrols; only read.
    The numbers in `solved` (status of a step) and `urgent` (urge_type) are the platform's own; it publishes no list."""

    on: bool = False
    poll_seconds: float = within(60.0, 5.0, 3600.0)
    overlap_minutes: int = within(10, 0, 1440)
    first_days: int = within(7, 0, 90)
    solved: tuple[int, ...] = ()
    urgent: tuple[int, ...] = ()
    cases: tuple[CaseName, ...] = ()
    steps: tuple[StepName, ...] = ()


# Characters of a 群发: WeCom takes 4000 bytes (92135), which a thousand characters never exceed.
BROADCAST_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class WecomBroadcast:
    """群发 to customer groups: a task for the group's owner, who must confirm it in WeCom. `monthly` times a month at
    most a customer group gets one (WeCom's own limit: one a day and group, four a month)."""

    on: bool = False
    poll_seconds: float = within(300.0, 30.0, 86_400.0)
    monthly: int = within(4, 1, 31)


@dataclass(frozen=True, slots=True)
class Wecom:
    """The corp, and where its API is; one call takes `http_seconds` at most. Secrets come from the environment."""

    corp_id: str = ""
    api: str = "https://qyapi.weixin.qq.com"
    http_seconds: float = within(10.0, 1.0, 60.0)
    app: WecomApp = WecomApp()
    webhook: WecomWebhook = WecomWebhook()
    appchat: WecomAppchat = WecomAppchat()
    aibot: WecomAibot = WecomAibot()
    report: WecomReport = WecomReport()
    broadcast: WecomBroadcast = WecomBroadcast()

    def __post_init__(self) -> None:
        if not self.api.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("api is no https address", "https://qyapi.weixin.qq.com, or a gateway of your own")
