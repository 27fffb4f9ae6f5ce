"""A staff group with WeCom's robot in it: who names it, what stands there afterwards, and one answer for each time."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.credentials import Secrets
from domain.settings import Settings
from domain.wecom import WecomAibot
from tests.tencent.caller import CallbackSender, opened
from tests.tencent.conftest import Play
from tests.tencent.far_end import Call, Refuse
from tests.tencent.town import Town
from tests.tencent.wechat import account_secrets, with_account

ROBOT_TOKEN, ROBOT_KEY = "aibotToken", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aQ"
STAFF = "wrkSFfCgAA-staff-group"


def with_robot(settings: Settings) -> Settings:
    settings = with_account(settings)
    return replace(settings, wecom=replace(settings.wecom, aibot=WecomAibot(on=True, name="民情")))


def robot_secrets() -> Secrets:
    return replace(account_secrets(), wecom_aibot_token=ROBOT_TOKEN, wecom_aibot_aes_key=ROBOT_KEY)


@dataclass
class Group:
    """`stands` is what the robot said, by chat; an address to answer at is good once."""

    town: Town
    door: CallbackSender
    stands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    brought: int = 0
    changed: int = 0

    @classmethod
    def of(cls, town: Town) -> Group:
        door = CallbackSender(
            f"{town.web}/wecom/aibot", token=ROBOT_TOKEN, aes_key=ROBOT_KEY, receiver="", form="json", now=town.app.now
        )
        found = cls(town, door)
        town.far.serve("aibot/response", found._answer)
        town.far.serve("aibot-file/get", lambda call: found.files[call.query["name"]])
        return found

    async def says(self, user: str, text: str, chat: str = STAFF, **more: Any) -> None:
        await self.brings(user, chat, msgtype="text", text={"content": f"@民情 {text}"}, **more)

    async def brings(self, user: str, chat: str = STAFF, **fields: Any) -> None:
        status, body = await self.door.says(self.callback(user, chat, **fields))
        assert status == 200
        if body:
            # Said in the answer to the callback itself.
            text, _ = opened(json.loads(body)["encrypt"], ROBOT_KEY)
            self._shows(chat, json.loads(text))
        await self.town.settle()

    def _shows(self, chat: str, told: dict[str, Any]) -> None:
        """A card that changes takes the place of the one with its id; anything else is new."""
        if told.get("response_type") != "update_template_card":
            self.stands.setdefault(chat, []).append(told)
            return
        [card] = [one for one in self.stands[chat] if self._task(one) == told["template_card"]["task_id"]]
        card["template_card"] = told["template_card"]
        self.changed += 1

    def _task(self, one: dict[str, Any]) -> str | None:
        return one["template_card"]["task_id"] if one["msgtype"] == "template_card" else None

    def callback(self, user: str, chat: str = STAFF, **fields: Any) -> dict[str, Any]:
        self.brought += 1
        code = f"RESPONSE{self.brought}"
        self.urls[code] = chat
        told = {
            "msgid": f"msg-{self.brought}",
            "aibotid": "aib-1",
            "from": {"userid": user},
            "response_url": f"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code={code}",
        }
        where = {"chattype": "single"} if chat == user else {"chattype": "group", "chatid": chat}
        return {**told, **where, **fields}

    async def presses(self, user: str, label: str, chat: str = STAFF) -> None:
        """A button of the last card that stands there."""
        card = [one["template_card"] for one in self.stands[chat] if one["msgtype"] == "template_card"][-1]
        [key] = [one["key"] for one in card["button_list"] if one["text"] == label]
        told = {"card_type": "button_interaction", "event_key": key, "task_id": card["task_id"]}
        event = {"eventtype": "template_card_event", "template_card_event": told}
        await self.brings(user, chat, msgtype="event", event=event, create_time=self.door.now)

    def texts(self, chat: str = STAFF) -> list[str]:
        def whole(one: dict[str, Any]) -> str:
            if one["msgtype"] in ("markdown", "stream"):
                return str(one[one["msgtype"]]["content"])
            told = one["template_card"]
            return f"{told['main_title']['title']}\n{told.get('sub_title_text', '')}"

        return [whole(one) for one in self.stands.get(chat, [])]

    async def asks(self, told: dict[str, Any]) -> dict[str, Any]:
        """A callback that is answered at once: what is inside the answer's envelope."""
        status, body = await self.door.says(told)
        assert status == 200
        text, receiver = opened(json.loads(body)["encrypt"], ROBOT_KEY)
        assert receiver == ""
        found: dict[str, Any] = json.loads(text)
        return found

    def _answer(self, call: Call) -> dict[str, Any]:
        chat = self.urls.pop(call.query["response_code"], None)
        if chat is None:
            raise Refuse(60140, "invalid response_code")
        kind = call.data["msgtype"]
        if kind not in ("markdown", "template_card"):
            raise Refuse(40008, "invalid message type")
        if kind == "markdown" and len(call.data[kind]["content"].encode()) > 20480:
            raise Refuse(45002, "content size out of limit")
        if kind == "template_card":
            assert len(call.data[kind]["main_title"]["title"]) <= 26 and len(call.data[kind]["button_list"]) <= 6
        self.stands.setdefault(chat, []).append(call.data)
        return {}


def play_group(play: Play, story: Callable[[Town, Group], Awaitable[None]]) -> None:
    async def whole(town: Town) -> None:
        await story(town, Group.of(town))

    play(whole, changed=with_robot, secrets=robot_secrets())
