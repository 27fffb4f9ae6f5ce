"""The settings of WeCom's (企业微信) doors: one table for the corp, one below it for each door."""

from __future__ import annotations

from dataclasses import dataclass

from domain.clocks import within


@dataclass(frozen=True, slots=True)
class WecomApp:
    """The self-built app, by which workers talk to us; `agent_id` as its page in the console shows it."""

    on: bool = False
    agent_id: int = within(0, 0, 999_999_999)


@dataclass(frozen=True, slots=True)
class WecomWebhook:
    """Robots that push into staff groups (消息推送); each group's robot is bound by `minqing bind --webhook`."""

    on: bool = False


@dataclass(frozen=True, slots=True)
class WecomAppchat:
    """Staff groups that the self-built app makes (`minqing bind --appchat`) and pushes into."""

    on: bool = False


@dataclass(frozen=True, slots=True)
class Wecom:
    """The corp, and where its API is; one call takes `http_seconds` at most. Secrets come from the environment."""

    corp_id: str = ""
    api: str = "https://qyapi.weixin.qq.com"
    http_seconds: float = within(10.0, 1.0, 60.0)
    app: WecomApp = WecomApp()
    webhook: WecomWebhook = WecomWebhook()
    appchat: WecomAppchat = WecomAppchat()

    def __post_init__(self) -> None:
        if not self.api.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("api is no https address", "https://qyapi.weixin.qq.com, or a gateway of your own")
