"""Fetches updates from Telegram with aiogram: raw ones, since one that fails validation would block polling for ever.

The offset moves on only after our own commit; calls that ask Telegram something are here too.
"""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.types import User
from aiohttp import ClientError

from bot.channels.telegram_bot.deliveries import ALLOWED
from domain.errors import SendFailed

_ADMINS = frozenset({"creator", "administrator"})


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, with each update as the JSON it is."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class GetRawChatMember(TelegramMethod[dict[str, Any]]):
    """getChatMember; only the status is looked at, whatever rights Telegram adds to it."""

    __returning__ = dict[str, Any]
    __api_method__ = "getChatMember"

    chat_id: int
    user_id: int


class Ear:
    """Listens with one token."""

    def __init__(self, token: str, api: str, http_seconds: float) -> None:
        # A long poll's answer may be slow; what else is asked has its own time.
        self._session = AiohttpSession(api=TelegramAPIServer.from_base(api), timeout=http_seconds)
        self._bot = Bot(token, session=self._session)
        self._seconds = http_seconds

    @property
    def id(self) -> int:
        return self._bot.id

    async def close(self) -> None:
        await self._session.close()

    async def me(self) -> User:
        return await self._bot.get_me()

    async def poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Waits up to `seconds` for updates from `offset` on; what was before it, Telegram forgets."""
        method = GetRawUpdates(offset=offset, limit=100, timeout=seconds, allowed_updates=list(ALLOWED))
        return await self._bot(method, request_timeout=int(seconds + self._seconds))

    async def use_polling(self) -> None:
        """Take a webhook away, or Telegram refuses to be polled. What waits is kept."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def use_webhook(self, url: str, secret: str) -> None:
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED), drop_pending_updates=False)

    async def is_admin(self, chat: int, user: int) -> bool | None:
        """Whether somebody runs a group; None when Telegram did not answer."""
        try:
            member = await self._bot(GetRawChatMember(chat_id=chat, user_id=user))
        except TelegramBadRequest:
            # Nobody of that id is there: an admin who hides, for one.
            return False
        except AiogramError:
            return None
        return member.get("status") in _ADMINS

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of an attachment, at most 20 MB."""
        try:
            file = await self._bot.get_file(file_id)
            if file.file_path is None:
                raise SendFailed("Telegram gives no way to this file", permanent=True)
            found = await self._bot.download_file(file.file_path)
        except TelegramRetryAfter as error:
            raise SendFailed(str(error), retry_after=float(error.retry_after)) from error
        except TelegramBadRequest as error:
            raise SendFailed(str(error), permanent=True) from error
        except (TelegramNetworkError, ClientError):
            # Not with what it says: the address of a file holds the token.
            raise SendFailed("Telegram did not answer") from None
        except AiogramError as error:
            # A server that is down, a token that was renewed: no fault of the file's.
            raise SendFailed(str(error)) from error
        if found is None:
            raise SendFailed("the file was empty", permanent=True)
        return found.read()
