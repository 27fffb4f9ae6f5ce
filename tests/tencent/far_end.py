"""The far end of the network: a qyapi.weixin.qq.com and api.weixin.qq.com on loopback, over real HTTP, as strict as the
documents say. It keeps a journal of calls; faults are put in line per path. A further path is a method in a subclass or
`serve(path, answer)`: it gets the Call and returns the JSON (errcode 0 is added), or raises Refuse(errcode).
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

CORP, SECRET = "wwc0rp1d00000001", "an-app-secret-of-43-characters-0123456789ab"
ACCOUNT, ACCOUNT_SECRET = "wx0000000000000001", "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Call:
    """`path` without cgi-bin/, the query, the JSON body, and files as name → bytes."""

    path: str
    query: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What one call meets: an errcode, an HTTP status, silence for `seconds`, or bytes that are no JSON. With `done`
    the work is done before it is told."""

    errcode: int = 0
    errmsg: str = "refused"
    status: int = 200
    seconds: float = 0.0
    body: bytes | None = None
    done: bool = False


class Refuse(Exception):
    def __init__(self, errcode: int, errmsg: str = "refused") -> None:
        super().__init__(errcode)
        self.errcode, self.errmsg = errcode, errmsg


Answer: TypeAlias = Callable[[Call], dict[str, Any] | bytes]


class FarEnd:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        # None: that call meets nothing.
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self.secrets = {(CORP, SECRET), (ACCOUNT, ACCOUNT_SECRET)}
        self.tokens: set[str] = set()
        self.fetched = 0
        self.expires_in = 7200
        self.refuse_tokens_with = 0
        self.media: dict[str, bytes] = {}
        self.members: set[str] = set()
        self.unlicensed: set[str] = set()
        self.chats: dict[str, dict[str, Any]] = {}
        self.robots: set[str] = set()
        # What stands in each member's chat with the app, and which code changes which card.
        self.stands: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.codes: dict[str, tuple[str, str]] = {}
        self.said = 0
        self.address = ""
        self._served: dict[str, Answer] = {
            "message/send": self._message,
            "message/update_template_card": self._update,
            "media/upload": self._upload,
            "media/get": self._get,
            "webhook/send": self._webhook,
            "webhook/upload_media": self._webhook_upload,
            "appchat/create": self._create,
            "appchat/send": self._appchat,
            "appchat/get": self._appchat_get,
            "agent/get": lambda call: {"agentid": int(call.query["agentid"]), "name": "民情"},
        }
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        app.router.add_route("*", "/cgi-bin/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = "http://{}:{}".format(*self._runner.addresses[0][:2])

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def serve(self, path: str, answer: Answer) -> None:
        """Answer one more path of cgi-bin/."""
        self._served[path] = answer

    def fault(self, path: str, **how: Any) -> None:
        """What the next call there meets."""
        self.faults[path].append(Fault(**how))

    def to(self, path: str) -> list[dict[str, Any]]:
        """The bodies that were sent there, also those that were refused."""
        return [call.data for call in self.calls if call.path == path]

    def paths(self) -> list[str]:
        return [call.path for call in self.calls]

    def forget_tokens(self) -> None:
        """As after a change of secret, or when another program fetched one: what we have is stale."""
        self.tokens.clear()

    # the server

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        call = Call(path, dict(request.query), *(await _body(request)))
        self.calls.append(call)
        fault = self.faults[path].popleft() if self.faults[path] else None
        if fault is not None and not fault.done:
            return await _fail(fault)
        try:
            if path in ("gettoken", "token"):
                found: dict[str, Any] | bytes = self._gettoken(call)
            else:
                if not path.startswith(("webhook/", "aibot/", "aibot-file/")):
                    self._check_token(call)
                if path not in self._served:
                    return web.Response(status=404)
                found = self._served[path](call)
        except Refuse as refused:
            return web.json_response({"errcode": refused.errcode, "errmsg": refused.errmsg})
        if fault is not None:
            return await _fail(fault)
        if isinstance(found, bytes):
            headers = {"Content-disposition": 'attachment; filename="it"'}
            return web.Response(body=found, headers=headers)
        return web.json_response({"errcode": 0, "errmsg": "ok"} | found)

    def _gettoken(self, call: Call) -> dict[str, Any]:
        corp = call.query.get("corpid") or call.query.get("appid", "")
        secret = call.query.get("corpsecret") or call.query.get("secret", "")
        if (corp, secret) not in self.secrets:
            raise Refuse(40001, "invalid credential")
        self.fetched += 1
        token = f"token-{self.fetched}-that-nobody-may-read"
        self.tokens.add(token)
        return {"access_token": token, "expires_in": self.expires_in}

    def _check_token(self, call: Call) -> None:
        if self.refuse_tokens_with:
            raise Refuse(self.refuse_tokens_with, "access_token expired")
        if call.query.get("access_token") not in self.tokens:
            raise Refuse(40014, "invalid access_token")

    # paths

    def _message(self, call: Call) -> dict[str, Any]:
        data = call.data
        if data.get("touser") not in self.members:
            raise Refuse(81013, "user & party & tag all invalid")
        if data["touser"] in self.unlicensed:
            return {"unlicenseduser": data["touser"]}
        told: dict[str, Any] = {"msgid": self._number("msg")}
        kind = data["msgtype"]
        self._check(kind, data[kind])
        if kind == "template_card":
            if any(one.get("task_id") == data[kind]["task_id"] for some in self.stands.values() for one in some):
                raise Refuse(40058, "task_id used before")
            told["response_code"] = self.code_for(data["touser"], data[kind]["task_id"])
        self.stands[data["touser"]].append(data[kind])
        return told

    def code_for(self, user: str, task: str) -> str:
        """A code that changes this card once."""
        code = self._number("code")
        self.codes[code] = (user, task)
        return code

    def card(self, user: str) -> dict[str, Any]:
        """The last card in a member's chat, as it is now."""
        return [one for one in self.stands[user] if "task_id" in one][-1]

    def texts(self, user: str) -> list[str]:
        """What stands there as text, and the heads of cards."""
        return [one.get("content") or one.get("main_title", {}).get("title", "") for one in self.stands[user]]

    def _update(self, call: Call) -> dict[str, Any]:
        # One use, of a reader whose card it is.
        user, task = self.codes.pop(call.data.get("response_code", ""), ("", ""))
        changed = call.data["template_card"]
        if user not in call.data["userids"] or changed["task_id"] != task:
            raise Refuse(40058, "invalid response_code")
        self._check("template_card", changed)
        some = self.stands[user]
        some[:] = [changed if one.get("task_id") == task else one for one in some]
        return {}

    def _upload(self, call: Call) -> dict[str, Any]:
        [content] = call.files.values()
        if not content:
            raise Refuse(44001, "empty media data")
        media = self._number("media")
        self.media[media] = content
        return {"type": call.query["type"], "media_id": media, "created_at": "1380000000"}

    def _get(self, call: Call) -> bytes:
        if call.query["media_id"] not in self.media:
            raise Refuse(40007, "invalid media_id")
        return self.media[call.query["media_id"]]

    def _webhook(self, call: Call) -> dict[str, Any]:
        if call.query.get("key") not in self.robots:
            raise Refuse(93000, "invalid webhook url")
        self._check(call.data["msgtype"], call.data[call.data["msgtype"]], markdown=4096)
        return {}

    def _webhook_upload(self, call: Call) -> dict[str, Any]:
        if call.query.get("key") not in self.robots:
            raise Refuse(93000, "invalid webhook url")
        return self._upload(call)

    def _create(self, call: Call) -> dict[str, Any]:
        users = call.data["userlist"]
        if not 2 <= len(users) <= 500:
            raise Refuse(86216, "invalid member number")
        chat = call.data.get("chatid") or self._number("chat")
        self.chats[chat] = call.data
        return {"chatid": chat}

    def _appchat(self, call: Call) -> dict[str, Any]:
        if call.data["chatid"] not in self.chats:
            raise Refuse(86001, "invalid chat id")
        self._check(call.data["msgtype"], call.data[call.data["msgtype"]])
        return {}

    def _appchat_get(self, call: Call) -> dict[str, Any]:
        if call.query["chatid"] not in self.chats:
            raise Refuse(86001, "invalid chat id")
        return {"chat_info": self.chats[call.query["chatid"]]}

    def _check(self, kind: str, content: dict[str, Any], markdown: int = 2048) -> None:
        """What the documents say of a message: bytes, buttons, media that is there."""
        if kind in ("text", "markdown"):
            text = content["content"]
            if not text.strip():
                raise Refuse(44004, "empty content")
            if len(text.encode()) > (markdown if kind == "markdown" else 2048):
                raise Refuse(45002, "content size out of limit")
        elif kind == "template_card":
            _check_card(content)
        elif kind == "image" and "base64" in content:
            return
        elif content["media_id"] not in self.media:
            raise Refuse(40007, "invalid media_id")

    def _number(self, what: str) -> str:
        self.said += 1
        return f"{what}-{self.said}"


def _check_card(card: dict[str, Any]) -> None:
    if not card["main_title"].get("title") and not card.get("sub_title_text"):
        raise Refuse(41016, "missing title")
    if card["card_type"] == "button_interaction":
        buttons = card["button_list"]
        keys = [one["key"] for one in buttons]
        if not 1 <= len(buttons) <= 6 or len(set(keys)) < len(keys) or any(len(key.encode()) > 1024 for key in keys):
            raise Refuse(40058, "invalid button_list")
        if not card.get("task_id") or len(card["task_id"]) > 128:
            raise Refuse(40058, "invalid task_id")


async def _body(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return {}, {name: one.file.read() for name, one in form.items() if isinstance(one, web.FileField)}
    body = await request.read()
    return (json.loads(body) if body else {}), {}


async def _fail(fault: Fault) -> web.StreamResponse:
    await asyncio.sleep(fault.seconds)
    if fault.body is not None or fault.status != 200:
        return web.Response(status=fault.status, body=fault.body or b"")
    return web.json_response({"errcode": fault.errcode, "errmsg": fault.errmsg})
