"""The far end of the network: a Bot API server on loopback that is as strict as Telegram's where it hurt somebody.

It answers what the bot calls, keeps a journal of it, and delivers updates by long polling or webhook. What people do
there is in phones.py.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.telegram.wire import (
    Call,
    Chat,
    Fault,
    Refuse,
    buttons_in,
    checked,
    error,
    kind_of,
    matching,
    params_of,
    photo_of,
)

TOKEN = "4242:fake-token-for-tests"
SECRET = "a-secret-of-more-than-thirty-two-characters"
BOT: dict[str, Any] = {
    "id": 4242,
    "is_bot": True,
    "first_name": "民情",
    "username": "minqing_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}


class FakeServer:
    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, dict[str, Any]] = {}
        self.pending: list[dict[str, Any]] = []
        self.delivered: list[dict[str, Any]] = []
        self.calls: list[Call] = []
        # None: that call meets nothing.
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, Any] | None = None
        self.webhook_answers: list[int] = []
        self.reads_all = True
        self.last_update = 9000
        self.date = 1_778_200_000
        self.address = ""
        self._polling = 0
        self._runner: web.AppRunner | None = None
        self._pump: asyncio.Task[None] | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = "http://{}:{}".format(*self._runner.addresses[0][:2])
        self._pump = asyncio.create_task(self._push())

    async def stop(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    def deliver(self, **update: Any) -> int:
        """Put an update in line; its number."""
        self.last_update += 1
        self.pending.append({"update_id": self.last_update, **update})
        return self.last_update

    def methods(self, *, but: tuple[str, ...] = ("getUpdates", "getMe", "setMyCommands", "deleteWebhook")) -> list[str]:
        return [call.method for call in self.calls if call.method not in but]

    def said(self, method: str = "sendMessage", chat: int | None = None) -> list[dict[str, Any]]:
        """What the bot was told to send, as far as it was taken."""
        return [
            call.params for call in self.calls if call.method == method and chat in (None, int(call.params["chat_id"]))
        ]

    def shows(self, chat: int) -> list[str]:
        """What stands in a chat from the bot, as people see it now."""
        return [one["text"] for one in self.chats[chat].messages.values() if one["from"]["is_bot"] and "text" in one]

    # the server

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return error(Refuse(401, "Unauthorized"))
        params = await params_of(request)
        if method != "getUpdates":
            self.calls.append(Call(method, params))
        fault = self.faults[method].popleft() if self.faults[method] else None
        try:
            if fault is not None and not fault.done:
                if fault.hang:
                    await asyncio.sleep(3600)
                extra = {"retry_after": fault.retry_after} if fault.retry_after else {}
                raise Refuse(
                    fault.status, fault.why or ("Too Many Requests" if fault.retry_after else "Bad Gateway"), **extra
                )
            result = await getattr(self, f"_{method}")(params)
        except Refuse as refused:
            return error(refused)
        if fault is not None and fault.hang:
            await asyncio.sleep(3600)
        if fault is not None:
            return error(Refuse(fault.status, "Bad Gateway"))
        return web.json_response({"ok": True, "result": result})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        body = self.files.get(request.match_info["path"])
        return web.Response(body=body) if body is not None else web.Response(status=404)

    # methods

    async def _getMe(self, params: dict[str, Any]) -> Any:
        return BOT | {"can_read_all_group_messages": self.reads_all}

    async def _getUpdates(self, params: dict[str, Any]) -> Any:
        if self.webhook is not None:
            raise Refuse(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._polling:
            raise Refuse(409, "Conflict: terminated by other getUpdates request")
        allowed = params.get("allowed_updates") or ["message", "edited_message", "callback_query", "my_chat_member"]
        if params.get("offset"):
            self._confirm(int(params["offset"]))
        self._polling += 1
        try:
            for _ in range(int(float(params.get("timeout", 0)) * 50) + 1):
                found = [one for one in self.pending if kind_of(one) in (*allowed, "")]
                if found:
                    self.delivered += found
                    return found[: int(params.get("limit", 100))]
                await asyncio.sleep(0.02)
            return []
        finally:
            self._polling -= 1

    def _confirm(self, offset: int) -> None:
        self.pending = [one for one in self.pending if one["update_id"] >= offset]

    async def _setWebhook(self, params: dict[str, Any]) -> Any:
        self.webhook = params
        return True

    async def _deleteWebhook(self, params: dict[str, Any]) -> Any:
        self.webhook = None
        return True

    async def _setMyCommands(self, params: dict[str, Any]) -> Any:
        return True

    async def _answerCallbackQuery(self, params: dict[str, Any]) -> Any:
        return True

    async def _getChatMember(self, params: dict[str, Any]) -> Any:
        chat, user = self._chat(params), int(params["user_id"])
        if user not in chat.members:
            raise Refuse(400, "Bad Request: PARTICIPANT_ID_INVALID")
        status = chat.members[user]
        return {"status": status, "user": self.users[user]}

    async def _leaveChat(self, params: dict[str, Any]) -> Any:
        self._chat(params).kicked = True
        return True

    async def _getFile(self, params: dict[str, Any]) -> Any:
        path = f"photos/{params['file_id']}.jpg"
        if path not in self.files:
            raise Refuse(400, "Bad Request: file is too big")
        return {"file_id": params["file_id"], "file_unique_id": f"u-{params['file_id']}", "file_path": path}

    async def _sendMessage(self, params: dict[str, Any]) -> Any:
        return self._post(params, text=checked(params.get("text", "")))

    async def _sendPhoto(self, params: dict[str, Any]) -> Any:
        return self._post(params, photo=[photo_of(matching(str(params["photo"]), "photo"))])

    async def _sendDocument(self, params: dict[str, Any]) -> Any:
        return self._post(params, document=_file(params, "document"))

    async def _sendVoice(self, params: dict[str, Any]) -> Any:
        return self._post(params, voice=_file(params, "voice") | {"duration": 3})

    async def _sendMediaGroup(self, params: dict[str, Any]) -> Any:
        if not 2 <= len(params["media"]) <= 10:
            raise Refuse(400, "Bad Request: wrong number of items in the album")
        if len({one["type"] for one in params["media"]} & {"document", "photo"}) > 1:
            raise Refuse(400, "Bad Request: document can't be mixed with other media types")
        for one in params["media"]:
            matching(one["media"], one["type"])
        return [self._post(params, photo=[photo_of(one["media"])], media_group_id="a") for one in params["media"]]

    async def _editMessageText(self, params: dict[str, Any]) -> Any:
        chat, number = self._chat(params), int(params["message_id"])
        message = chat.messages.get(number)
        if message is None:
            raise Refuse(400, "Bad Request: message to edit not found")
        text, markup = checked(params["text"]), buttons_in(params)
        if (message.get("text"), message.get("reply_markup")) == (text, markup):
            raise Refuse(400, "Bad Request: message is not modified: specified new message content is exactly the same")
        message["text"] = text
        message.pop("reply_markup", None)
        if markup is not None:
            message["reply_markup"] = markup
        return message

    def _chat(self, params: dict[str, Any]) -> Chat:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise Refuse(400, "Bad Request: chat not found")
        if chat.moved_to is not None:
            why = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refuse(400, why, migrate_to_chat_id=chat.moved_to)
        if chat.kicked and chat.type == "private":
            raise Refuse(403, "Forbidden: bot was blocked by the user")
        if chat.kicked:
            raise Refuse(403, "Forbidden: bot was kicked from the supergroup chat")
        return chat

    def _post(self, params: dict[str, Any], **content: Any) -> dict[str, Any]:
        chat = self._chat(params)
        thread = params.get("message_thread_id")
        if thread is not None and int(thread) not in chat.topics:
            raise Refuse(400, "Bad Request: message thread not found")
        quoted = params.get("reply_parameters") or {}
        if quoted and quoted["message_id"] not in chat.messages and not quoted.get("allow_sending_without_reply"):
            raise Refuse(400, "Bad Request: message to be replied not found")
        if (markup := buttons_in(params)) is not None:
            content["reply_markup"] = markup
        if thread is not None:
            content |= {"message_thread_id": int(thread), "is_topic_message": True}
        chat.last += 1
        sender = {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}
        message = {"message_id": chat.last, "date": self.date, "chat": chat.shown, "from": sender, **content}
        if quoted and quoted["message_id"] in chat.messages:
            message["reply_to_message"] = chat.messages[quoted["message_id"]]
        chat.messages[chat.last] = message
        return message

    # webhook

    async def _push(self) -> None:
        """Bring what is pending, in order, until it is taken with 200."""
        async with ClientSession() as session:
            while True:
                if self.webhook is not None and self.pending:
                    headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
                    update = self.pending[0]
                    try:
                        async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                            self.webhook_answers.append(answer.status)
                            if answer.status == 200:
                                self.delivered.append(update)
                                self.pending.remove(update)
                                continue
                    except ClientError:
                        self.webhook_answers.append(0)
                await asyncio.sleep(0.02)


def _file(params: dict[str, Any], kind: str) -> dict[str, Any]:
    file_id = matching(str(params[kind]), kind)
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}"}
