"""The settings of the WeChat official account (公众号): its app, its menu, and its subscription notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from domain.clocks import within

Says: TypeAlias = Literal["number", "summary", "status", "text", "time", "office"]


@dataclass(frozen=True, slots=True)
class NoticeField:
    """A field of a template as the console names it (thing2), and what stands in it."""

    name: str = ""
    says: Says = "text"


@dataclass(frozen=True, slots=True)
class Notice:
    """A template of subscription notices. `lasting`: agreed to once and for all (长期订阅), not for one notice."""

    template_id: str = ""
    lasting: bool = True
    page: str = ""
    fields: tuple[NoticeField, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuButton:
    """A button of the menu below the chat: `says` is taken as if it had been said, or `url` is opened. `under` names
    the button that holds it. WeChat shows three, and five below each; four characters, below eight."""

    name: str = ""
    says: str = ""
    url: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class OfficialAccount:
    """The account and where its API is; one call takes `http_seconds` at most. Secrets come from the environment.
    `wait_days`: so long a message waits for a reader who cannot be written to until he writes himself."""

    on: bool = False
    app_id: str = ""
    api: str = "https://api.weixin.qq.com"
    http_seconds: float = within(10.0, 1.0, 60.0)
    wait_days: int = within(7, 0, 90)
    menu: tuple[MenuButton, ...] = (MenuButton("我的", "我的"), MenuButton("怎么用", "帮助"))
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        if not self.api.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("api is no https address", "https://api.weixin.qq.com, or a gateway of your own")
        tops = [one for one in self.menu if not one.under]
        names = {one.name for one in tops}
        if len(tops) > 3 or any(sum(one.under == name for one in self.menu) > 5 for name in names):
            raise ValueError("the menu is too large", "three buttons, five below each")
        if any(one.under not in names for one in self.menu if one.under):
            raise ValueError("under names no button of the menu", "the name of one that stands at the top")
