"""Says letters on Telegram: python-telegram-bot's ExtBot alone, with its rate limiter as the second guard.

Retries, back-off and budgets are the outbox's; what went wrong is told as SendFailed.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram_bot.pieces import cut, shortened
from domain.errors import SendFailed
from domain.messages import SHARE_PHONE, Media
from domain.running import Budget
from storage.outbox import Letter
from storage.rooms import is_former

log = structlog.get_logger()

# Characters of a label that leave room for others beside it.
_SHORT = 6
_ALBUM = 10
# It says so where the room, or our place in it, is gone for good; being muted there or short of a right is not that.
_BARRED = re.compile(
    r"chat not found|bot was kicked|bot is not a member|(?:group )?chat was deleted|bot was blocked|"
    r"user is deactivated|can't initiate conversation",
    re.IGNORECASE,
)
# What Telegram allows: messages a second over all chats, messages a minute into one group.
_OVERALL = 30
_GROUP = 20


class Moved(Exception):
    """The chat has become a supergroup with this id; the letter was not sent."""

    def __init__(self, to: int) -> None:
        super().__init__(to)
        self.to = to


class Voice:
    """Speaks with one token. `marks` given to `send` are what the letter's buttons carry. What the outbox does not
    limit (budgets of 0, for a Bot API server of one's own) is not limited here either."""

    def __init__(self, token: str, api: str, http_seconds: float, budget: Budget) -> None:
        limiter = AIORateLimiter(
            overall_max_rate=_OVERALL if budget.per_second else 0,
            group_max_rate=_GROUP if budget.per_chat_per_minute else 0,
            max_retries=0,
        )
        request = HTTPXRequest(
            connection_pool_size=32,
            read_timeout=http_seconds,
            write_timeout=http_seconds,
            connect_timeout=http_seconds,
            pool_timeout=http_seconds,
        )
        self._bot: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=request,
            rate_limiter=limiter,
        )
        self._open = False
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        async with self._opening:
            if self._open:
                self._open = False
                await self._bot.shutdown()

    async def send(self, letter: Letter, marks: Sequence[str]) -> list[str]:
        """The ids of what now stands there. SendFailed, or Moved."""
        try:
            await self._begin()
            if letter.mode == "leave":
                await self._bot.leave_chat(letter.to.chat)
                return []
            if letter.mode == "edit" and letter.remotes and not is_former(letter.remotes[0]):
                return await self._edit(letter, marks)
            return await self._say(letter, marks)
        except TelegramError as error:
            raise told(error) from error

    async def answer(self, press: str) -> None:
        """Take the waiting sign off a button. SendFailed where that is too late."""
        try:
            await self._begin()
            await self._bot.answer_callback_query(press)
        except TelegramError as error:
            raise told(error) from error

    async def set_menu(self, scope: BotCommandScope, commands: Sequence[tuple[str, str]]) -> None:
        try:
            await self._begin()
            await self._bot.set_my_commands([BotCommand(name, says) for name, says in commands], scope=scope)
        except TelegramError as error:
            raise told(error) from error

    async def _begin(self) -> None:
        async with self._opening:
            if not self._open:
                await self._bot.initialize()
                self._open = True

    async def _say(self, letter: Letter, marks: Sequence[str]) -> list[str]:
        quoted = letter.replies_to or (letter.remotes[-1] if letter.mode == "reply" and letter.remotes else None)
        said: list[str] = []
        pieces = cut(letter.text) if letter.text else []
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            try:
                message = await self._in_thread(
                    self._bot.send_message,
                    letter,
                    text=piece,
                    reply_parameters=_reply(quoted if not said else None),
                    reply_markup=_keyboard(letter, marks) if last else None,
                )
            except TelegramError as error:
                raise told(error, len(said)) from error
            said.append(str(message.message_id))
        quoted = said[0] if said else quoted
        # What is attached follows the words, up to ten at a time.
        for start in range(0, len(letter.media), _ALBUM):
            try:
                said += await self._show(letter, letter.media[start : start + _ALBUM], quoted)
            except TelegramError as error:
                if not said:
                    raise
                # What stands is not to be said again for the sake of a picture that cannot be shown, or not now.
                log.warning("not_shown", outbox=letter.id, why=error.message)
                break
        return said

    async def _show(self, letter: Letter, some: Sequence[Media], quoted: str | None) -> list[str]:
        """As an album; one by one where Telegram does not take them together (files go with no photos, and one that is
        gone would keep back the others)."""
        if len(some) > 1:
            try:
                album = [_input(one) for one in some]
                messages = await self._in_thread(
                    self._bot.send_media_group, letter, media=album, reply_parameters=_reply(quoted)
                )
                return [str(one.message_id) for one in messages]
            except BadRequest as error:
                if _BARRED.search(error.message):
                    raise
        said: list[str] = []
        wrong: BadRequest | None = None
        for one in some:
            try:
                said.append(str((await self._one(letter, one, quoted)).message_id))
            except BadRequest as error:
                wrong = error
                log.warning("not_shown", outbox=letter.id, why=error.message)
        if wrong is not None and not said:
            raise wrong
        return said

    async def _one(self, letter: Letter, media: Media, quoted: str | None) -> Any:
        send, name = {
            "photo": (self._bot.send_photo, "photo"),
            "video": (self._bot.send_video, "video"),
            "voice": (self._bot.send_voice, "voice"),
            "file": (self._bot.send_document, "document"),
        }[media.kind]
        try:
            return await self._in_thread(send, letter, **{name: media.ref}, reply_parameters=_reply(quoted))
        except BadRequest as error:
            if name == "document" or "use file of type" not in error.message:
                raise
            # A photo that somebody sent as a file is one for ever.
            return await self._in_thread(
                self._bot.send_document, letter, document=media.ref, reply_parameters=_reply(quoted)
            )

    async def _in_thread(self, send: Any, letter: Letter, **what: Any) -> Any:
        """Into the letter's topic; into the room where that topic is no more."""
        thread = int(letter.to.thread) if letter.to.thread is not None else None
        where = {"chat_id": int(letter.to.chat), "disable_notification": letter.silent or None}
        try:
            return await send(**where, message_thread_id=thread, **what)
        except BadRequest as error:
            if thread is None or "thread not found" not in error.message.lower():
                raise
            return await send(**where, **what)

    async def _edit(self, letter: Letter, marks: Sequence[str]) -> list[str]:
        try:
            await self._bot.edit_message_text(
                shortened(letter.text),
                chat_id=int(letter.to.chat),
                message_id=int(letter.remotes[0]),
                reply_markup=_under(letter, marks),
            )
        except BadRequest as error:
            why = error.message.lower()
            if "not modified" in why:
                return list(letter.remotes)
            if "to edit not found" in why or "can't be edited" in why:
                # Somebody deleted it: it is said anew, and stands under its new id.
                return await self._say(letter, marks)
            raise
        return list(letter.remotes)


def told(error: TelegramError, said: int = 0) -> Exception:
    """What an error of the platform means for a letter of which so many pieces stand."""
    match error:
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
            return SendFailed(str(error), retry_after=seconds).after(said)
        case TimedOut():
            return SendFailed("no answer in time", unknown=True)
        case Forbidden() | BadRequest():
            return SendFailed(error.message, permanent=True, barred=_BARRED.search(error.message) is not None)
        case InvalidToken():
            return SendFailed("Telegram does not know this token")
        case _:
            return SendFailed(error.message)


def _reply(quoted: str | None) -> ReplyParameters | None:
    if quoted is None or is_former(quoted):
        return None
    return ReplyParameters(int(quoted), allow_sending_without_reply=True)


def _keyboard(letter: Letter, marks: Sequence[str]) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if not letter.buttons:
        return None
    if letter.buttons[0].command == SHARE_PHONE:
        asks = KeyboardButton(letter.buttons[0].label, request_contact=True)
        return ReplyKeyboardMarkup([[asks]], resize_keyboard=True, one_time_keyboard=True)
    return _under(letter, marks)


def _under(letter: Letter, marks: Sequence[str]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; three short ones side by side."""
    rows: list[list[InlineKeyboardButton]] = []
    for button, mark in zip(letter.buttons, marks, strict=True):
        key = InlineKeyboardButton(button.label, callback_data=mark)
        short = len(button.label) <= _SHORT
        if short and rows and len(rows[-1]) < 3 and len(rows[-1][-1].text) <= _SHORT:
            rows[-1].append(key)
        else:
            rows.append([key])
    return InlineKeyboardMarkup(rows) if rows else None


def _input(media: Media) -> InputMediaPhoto | InputMediaVideo | InputMediaDocument:
    if media.kind == "photo":
        return InputMediaPhoto(media.ref)
    return InputMediaVideo(media.ref) if media.kind == "video" else InputMediaDocument(media.ref)
