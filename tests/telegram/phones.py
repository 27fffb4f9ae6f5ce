"""What people do on their phones, as the updates that Telegram makes of it."""

from __future__ import annotations

from typing import Any

from tests.telegram.fake_server import BOT, FakeServer
from tests.telegram.wire import Chat


class Phones:
    def __init__(self, server: FakeServer) -> None:
        self.server = server

    def person(self, user: int, name: str) -> int:
        self.server.users[user] = {"id": user, "is_bot": False, "first_name": name}
        self.server.chats[user] = Chat(user, "private", name, {user: "member"})
        return user

    def group(self, chat: int, title: str, members: dict[int, str], kind: str = "supergroup", topics: Any = ()) -> int:
        self.server.chats[chat] = Chat(chat, kind, title, dict(members), topics=set(topics))
        return chat

    def says(self, user: int, chat: int, text: str | None = None, **extra: Any) -> int:
        """A message; its id. `reply_to` is a message id of that chat."""
        message = self._message(user, chat, **({"text": text} if text is not None else {}), **extra)
        self.server.deliver(message=message)
        return int(message["message_id"])

    def edits(self, user: int, chat: int, message_id: int, text: str) -> None:
        message = self.server.chats[chat].messages[message_id]
        name = "caption" if "caption" in message else "text"
        message = message | {name: text, "edit_date": self.server.date + 60}
        self.server.chats[chat].messages[message_id] = message
        self.server.deliver(edited_message=message)

    def album(self, user: int, chat: int, group: str, captions: list[str | None]) -> list[int]:
        return [
            self.says(user, chat, photo=photo(f"{group}-{number}"), media_group_id=group, **_caption(caption))
            for number, caption in enumerate(captions)
        ]

    def presses(self, user: int, chat: int, message_id: int, label: str) -> None:
        message = self.server.chats[chat].messages[message_id]
        rows = message["reply_markup"]["inline_keyboard"]
        [data] = [button["callback_data"] for row in rows for button in row if button["text"] == label]
        self.press_with(user, chat, message_id, data)

    def press_with(self, user: int, chat: int, message_id: int, data: str) -> None:
        query = {
            "id": str(70_000 + self.server.last_update),
            "from": self.server.users[user],
            "message": self.server.chats[chat].messages[message_id],
            "chat_instance": "1",
            "data": data,
        }
        self.server.deliver(callback_query=query)

    def reacts(self, user: int, chat: int, message_id: int, emoji: str) -> None:
        self.server.deliver(
            message_reaction={
                "chat": self.server.chats[chat].shown,
                "message_id": message_id,
                "user": self.server.users[user],
                "date": self.server.date,
                "old_reaction": [],
                "new_reaction": [{"type": "emoji", "emoji": emoji}],
            }
        )

    def shares_contact(self, user: int, phone: str, of: int | None = None) -> None:
        contact = {"phone_number": phone, "first_name": "x", "user_id": of if of is not None else user}
        self.says(user, user, contact=contact)

    def lets_bot_in(self, by: int, chat: int) -> None:
        self._bot_moves(by, chat, "left", "member")

    def throws_bot_out(self, by: int, chat: int) -> None:
        self.server.chats[chat].kicked = True
        self._bot_moves(by, chat, "member", "kicked")

    def upgrades(self, by: int, chat: int, to: int, *, tell: bool = True) -> None:
        """The group becomes a supergroup: message ids begin anew there. Without `tell` only sending finds it out."""
        old = self.server.chats[chat]
        self.server.chats[to] = Chat(to, "supergroup", old.title, dict(old.members))
        old.moved_to = to
        if tell:
            self.server.deliver(message=self._message(by, chat, migrate_to_chat_id=to))
            self.server.deliver(message=self._message(by, to, migrate_from_chat_id=chat))

    def _bot_moves(self, by: int, chat: int, was: str, now: str) -> None:
        bot = {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}
        extra = {"until_date": 0}
        self.server.deliver(
            my_chat_member={
                "chat": self.server.chats[chat].shown,
                "from": self.server.users[by],
                "date": self.server.date,
                "old_chat_member": {"user": bot, "status": was},
                "new_chat_member": {"user": bot, "status": now, **(extra if now == "kicked" else {})},
            }
        )

    def _message(self, user: int, chat: int, reply_to: int | None = None, **content: Any) -> dict[str, Any]:
        room = self.server.chats[chat]
        room.last += 1
        message = {
            "message_id": room.last,
            "date": self.server.date,
            "chat": room.shown,
            "from": self.server.users[user],
            **content,
        }
        if reply_to is not None:
            message["reply_to_message"] = room.messages[reply_to]
        room.messages[room.last] = message
        return message


def photo(file_id: str) -> list[dict[str, Any]]:
    small = {"file_id": f"{file_id}-small", "file_unique_id": f"s-{file_id}", "width": 90, "height": 60}
    return [small, {"file_id": file_id, "file_unique_id": f"u-{file_id}", "width": 800, "height": 600}]


def _caption(caption: str | None) -> dict[str, str]:
    return {"caption": caption} if caption is not None else {}
