"""Telegram behind the port of every channel: who listens, who speaks, and what is kept between runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError

from bot.channel import Capabilities, OnRaw
from bot.channels.telegram_bot import acquaintance, deliveries, menus
from bot.channels.telegram_bot.capabilities import CAPABILITIES, PRIVACY
from bot.channels.telegram_bot.deliveries import CHANNEL
from bot.channels.telegram_bot.door import door
from bot.channels.telegram_bot.listening import Ear
from bot.channels.telegram_bot.speaking import Moved, Voice
from bot.channels.telegram_bot.updates import understand
from bot.loops import guarded
from domain.errors import SendFailed
from domain.messages import Address, Incoming, Media, Raw
from domain.running import Budget
from domain.settings import Settings
from handlers.marks import mark, needs_keeping
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

# After a week without updates Telegram begins to count anew, maybe lower: an old offset would hide those.
OFFSET_DAYS = 6
# Seconds between tries while Telegram cannot be reached, refuses us, or has somebody else polling.
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
REFUSED_PAUSE = 60.0
CONFLICT_PAUSE = 5.0
MENU_SECONDS = 60.0


class TelegramChannel:
    """`now` is the office's clock, which with a real channel is the real one."""

    name = CHANNEL

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime], token: str, secret: str | None
    ) -> None:
        self._database = database
        self._settings = settings
        self._telegram = settings.telegram
        self._now = now
        self._secret = secret or ""
        self._ear = Ear(token, self._telegram.api, self._telegram.http_seconds)
        budget = next((one for one in settings.outbox.budgets if one.channel == CHANNEL), Budget(CHANNEL))
        self._voice = Voice(token, self._telegram.api, self._telegram.http_seconds, budget)
        self._on_raw: OnRaw | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self.capabilities: Capabilities = CAPABILITIES

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        if self._telegram.mode != "webhook":
            return None
        self._on_raw = on_raw
        return door(self._secret, self._settings.intake.max_bytes, self._taken)

    async def listen(self, on_raw: OnRaw) -> None:
        """Introduce ourselves, then poll (or let Telegram call) until cancelled."""
        self._on_raw = on_raw
        keeping = asyncio.create_task(guarded("telegram_menus", self._keep_menus)) if self._telegram.menus else None
        try:
            await self._patiently(self._introduce)
            if self._telegram.mode == "webhook":
                await self._patiently(lambda: self._ear.use_webhook(self._telegram.webhook_url, self._secret))
                await asyncio.Event().wait()
            await self._patiently(self._ear.use_polling)
            while True:
                await self._patiently(self._poll)
        finally:
            if keeping is not None:
                keeping.cancel()

    async def close(self) -> None:
        for task in self._answering:
            task.cancel()
        await self._ear.close()
        await self._voice.close()

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        return understand(raw)

    async def send(self, letter: Letter) -> list[str]:
        """Say or edit. A room that has moved is re-keyed with all that waits for it, this letter too."""
        try:
            return await self._voice.send(letter, await self._marks(letter))
        except Moved as moved:
            log.info("room_moved", chat=letter.to.chat, to=moved.to)
            to = str(moved.to)
            await self._write(lambda store: store.rooms.move(letter.to, to))
            raise SendFailed("the room has a new id", retry_after=0.05) from None
        except SendFailed as failed:
            if not failed.barred:
                raise
            bot, now = self._ear.id, self._now()
            ours = await self._read(lambda store: acquaintance.is_ours(store, bot, letter.to, now))
            if ours:
                raise
            # Met when it begins to listen: what it was told just before is asked for once more.
            raise SendFailed(failed.why, permanent=ours is not None) from None

    async def fetch(self, media: Media) -> bytes:
        return await self._ear.fetch(media.ref)

    # in

    async def _introduce(self) -> None:
        me = await self._ear.me()
        if not me.can_read_all_group_messages:
            self.capabilities = PRIVACY
            log.warning(
                "telegram_privacy_mode",
                bot=me.username,
                do="only commands and replies are heard in groups: turn privacy off with @BotFather (/setprivacy), "
                "then take the bot out of each group and let it in again; or make it an admin there",
            )
        reads = self.capabilities.reads

        def keep(store: Store) -> bool:
            store.channel_state.set(CHANNEL, "reads", reads)
            store.channel_state.set(CHANNEL, "group_link", f"https://t.me/{me.username}?startgroup={{code}}")
            store.channel_state.set(CHANNEL, "person_link", f"https://t.me/{me.username}?start={{code}}")

            return acquaintance.meet(store, me.id, self._now())

        if await self._write(keep):
            log.warning(
                "telegram_other_bot",
                bot=me.username,
                do="another bot worked here before: if that is not wanted, check MINQING_TELEGRAM_TOKEN; if it is, let "
                "this one into each group and bind them anew",
            )

    async def _poll(self) -> None:
        now = self._now()
        told = await self._read(lambda store: store.channel_state.get(CHANNEL, f"offset:{self._ear.id}", now))
        updates = await self._ear.poll(int(told) if told is not None else None, self._telegram.poll_seconds)
        if not updates:
            return
        await self._take(updates)
        numbers = [number for update in updates if (number := deliveries.number_of(update)) is not None]
        if numbers:
            until = self._now() + timedelta(days=OFFSET_DAYS)
            value = str(max(numbers) + 1)
            await self._write(lambda store: store.channel_state.set(CHANNEL, f"offset:{self._ear.id}", value, until))

    async def _taken(self, update: object) -> None:
        """From the webhook."""
        await self._take([update])

    async def _take(self, updates: Sequence[object]) -> None:
        """Commit, and only then answer presses."""
        assert self._on_raw is not None
        checked = [await self._checked(deliveries.without_ours(update)) for update in updates]
        now, quiet = self._now(), self._settings.listening.album_seconds
        await self._on_raw([deliveries.raw_of(update, self._ear.id, now, quiet) for update in checked])
        for press in filter(None, map(deliveries.pressed, checked)):
            task = asyncio.create_task(self._answer(press))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _checked(self, update: object) -> object:
        """Somebody hands in a code in a group, or wants us to leave it: Telegram is asked whether he runs it. Only for
        what would do something, so that nobody can make us ask."""
        found = await self._who_must_run_it(update)
        if found is None or not isinstance(update, dict):
            return update
        chat, user = found
        return deliveries.with_admin(update, await self._ear.is_admin(chat, user))

    async def _who_must_run_it(self, update: object) -> tuple[int, int] | None:
        """Chat and user to ask about: for a code that is good, and for the wish that we leave a group that is ours."""
        if (leaves := deliveries.asks_to_leave(update)) is not None:
            room = Address(CHANNEL, str(leaves[0]))
            return leaves if await self._read(lambda store: store.areas.in_room(room)) else None
        if (found := deliveries.start_code(update)) is None:
            return None
        chat, user, code = found
        now = self._now()
        return (chat, user) if await self._read(lambda store: store.codes.live(code, now)) is not None else None

    async def _answer(self, press: str) -> None:
        try:
            await self._voice.answer(press)
        except (SendFailed, Moved) as error:
            # Too late, or brought twice: the waiting sign goes away by itself.
            log.info("press_not_answered", why=str(error))

    # out

    async def _marks(self, letter: Letter) -> list[str]:
        commands = [button.command for button in letter.buttons]
        if not commands:
            return []
        now = self._now()

        def make(store: Store) -> list[str]:
            return [mark(store, letter.to, command, now) for command in commands]

        return await (self._write(make) if any(map(needs_keeping, commands)) else self._read(make))

    async def _keep_menus(self) -> None:
        """Residents and staff see their own commands, soon after a group or an account is bound."""
        language = self._settings.office.language
        while True:
            for menu in await self._read(lambda store: menus.changed(store, language, self._now())):
                try:
                    await self._voice.set_menu(menu.scope, menu.commands)
                except (SendFailed, Moved) as error:
                    log.warning("menu_not_set", menu=menu.key, why=str(error))
                    if isinstance(error, SendFailed) and not error.permanent:
                        break
                # One that is refused for good is not asked for again until it changes.
                await self._write(partial(menus.note, menu=menu))
            await asyncio.sleep(MENU_SECONDS)

    # between

    async def _patiently(self, work: Callable[[], Any]) -> None:
        """Until it has worked; what Telegram answers meanwhile is only logged, never with the token."""
        for tried in count():
            try:
                await work()
                return
            except TelegramRetryAfter as error:
                log.warning("telegram_busy", seconds=error.retry_after)
                await asyncio.sleep(error.retry_after)
            except TelegramUnauthorizedError:
                log.error("telegram_token_refused", do="check MINQING_TELEGRAM_TOKEN")
                await asyncio.sleep(REFUSED_PAUSE)
            except TelegramConflictError:
                log.error("telegram_conflict", do="another process polls with this token: stop one of the two")
                await asyncio.sleep(CONFLICT_PAUSE)
            except AiogramError as error:
                log.warning(
                    "telegram_away",
                    why=type(error).__name__,
                    do=f"if it lasts: see that {self._telegram.api} can be reached from this machine",
                )
                await asyncio.sleep(PAUSES[min(tried, len(PAUSES) - 1)])
            except SQLAlchemyError:
                # Not committed, so not confirmed: Telegram brings it again.
                log.exception("telegram_not_kept")
                await asyncio.sleep(PAUSES[min(tried, len(PAUSES) - 1)])

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    async def _read(self, work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._database.read, work)
