"""Followers of an official account: what WeChat tells us of them, and what its API lets us send them, as it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.credentials import Secrets
from domain.settings import Settings
from domain.wechat import Notice, NoticeField, OfficialAccount
from tests.tencent.caller import AES_KEY, TOKEN, CallbackSender, message
from tests.tencent.conftest import Play
from tests.tencent.far_end import ACCOUNT, ACCOUNT_SECRET, Call, Refuse
from tests.tencent.town import SECRETS, Town

MEI, GANG = "oMei-openid-0000000000000001", "oGang-openid-000000000000002"
TEMPLATE = "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
NOTICE = Notice(
    TEMPLATE,
    fields=(
        NoticeField("character_string1", "number"),
        NoticeField("thing2", "summary"),
        NoticeField("phrase3", "status"),
        NoticeField("time4", "time"),
        NoticeField("thing5", "text"),
    ),
)


def with_account(settings: Settings, notices: tuple[Notice, ...] = (NOTICE,)) -> Settings:
    account = OfficialAccount(on=True, app_id=ACCOUNT, api=settings.wecom.api, http_seconds=1.5, notices=notices)
    return replace(settings, official_account=account)


def account_secrets() -> Secrets:
    return replace(SECRETS, wechat_secret=ACCOUNT_SECRET, wechat_token=TOKEN, wechat_aes_key=AES_KEY)


@dataclass
class Followers:
    """`heard` is what each was sent, `noticed` the notices; `left` what WeChat still lets us send."""

    town: Town
    door: CallbackSender
    heard: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    noticed: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    left: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    agreed: set[tuple[str, str]] = field(default_factory=set)
    brought: int = 5000

    @classmethod
    def of(cls, town: Town) -> Followers:
        door = CallbackSender(f"{town.web}/wechat/official", receiver=ACCOUNT, now=town.app.now)
        found = cls(town, door)
        town.far.serve("message/custom/send", found._send)
        town.far.serve("message/subscribe/bizsend", found._notify)
        town.far.serve("getcallbackip", lambda call: {"ip_list": ["127.0.0.1"]})
        return found

    async def says(self, user: str, text: str) -> None:
        await self.brings("text", user, Content=text)

    async def brings(self, kind: str, user: str, **fields: object) -> None:
        self.brought += 1
        # Five after a message, three after an event; nothing is added up.
        self.left[user] = 5 if kind != "event" else max(3, self.left[user])
        self.door.now = max(self.door.now + 1, int(self.town.parts.clock.now().timestamp()))
        assert await self.door.says(message(kind, user, self.brought, self.door.now, **fields)) == (200, b"success")
        await self.town.settle()

    async def answers_to_popup(self, user: str, status: str, event: str = "subscribe_msg_popup_event") -> None:
        within = "".join(part.title() for part in event.split("_"))
        self.door.now = max(self.door.now + 1, int(self.town.parts.clock.now().timestamp()))
        if status == "accept":
            self.agreed.add((user, TEMPLATE))
        else:
            self.agreed.discard((user, TEMPLATE))
        told = {within: {"List": {"TemplateId": TEMPLATE, "SubscribeStatusString": status, "PopupScene": 2}}}
        assert await self.door.says(message("event", user, 0, self.door.now, Event=event, **told)) == (200, b"success")

    def texts(self, user: str) -> list[str]:
        return [one["content"] for one in self.heard[user] if "content" in one]

    def _send(self, call: Call) -> dict[str, Any]:
        user, kind = call.data["touser"], call.data["msgtype"]
        if self.left[user] < 1:
            raise Refuse(45047, "out of response count limit")
        if kind == "text" and len(call.data["text"]["content"].encode()) > 2048:
            raise Refuse(45002, "content size out of limit")
        if kind != "text" and call.data[kind]["media_id"] not in self.town.far.media:
            raise Refuse(40007, "invalid media_id")
        self.left[user] -= 1
        self.heard[user].append(call.data[kind])
        return {}

    def _notify(self, call: Call) -> dict[str, Any]:
        user = call.data["touser"]
        if (user, call.data["template_id"]) not in self.agreed:
            raise Refuse(43101, "user refuse to accept the msg")
        for name, value in call.data["data"].items():
            if name.startswith("thing") and not 0 < len(value["value"]) <= 20:
                raise Refuse(47003, "argument invalid")
        self.noticed[user].append(call.data["data"])
        return {}


def play_with(play: Play, story: Callable[[Town, Followers], Awaitable[None]], **how: Any) -> None:
    async def whole(town: Town) -> None:
        await story(town, Followers.of(town))

    play(whole, changed=how.get("changed", with_account), secrets=account_secrets())
