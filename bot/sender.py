"""Takes due letters from the outbox and has their channel say them: leases, budgets, back-off."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.barred import raw_of
from bot.channel import Channel
from bot.leasing import PROCESS, Leasing
from bot.loops import guarded
from domain.capabilities import Capabilities
from domain.errors import SendFailed
from domain.messages import Priority
from domain.running import Budget
from domain.settings import Settings
from handlers import choices
from handlers.asked import ticket_of_card
from handlers.texts import DEFAULT
from storage.database import Database
from storage.late import NOTHING_TO_EDIT
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()


# A pause as short as this is slept through; a longer one gives the letter back to the outbox.
SHORT_WAIT = 0.5


class Pace:
    """A channel's budget: letters a second over all rooms, letters a minute and an hour into one room."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        windows = ((60.0, budget.per_chat_per_minute), (3600.0, budget.per_chat_per_hour))
        self._windows = [(seconds, most) for seconds, most in windows if most]
        self._last = 0.0
        self._rooms: dict[str, deque[float]] = {}
        self._held: dict[str, float] = {}

    def hold(self, chat: str, until: float) -> None:
        """The platform asked for a pause, or did not take a letter: nothing goes into this room before."""
        self._held[chat] = max(until, self._held.get(chat, 0.0))

    def wait(self, chat: str, now: float) -> float:
        """Seconds until a letter may go into this room; 0 counts it as sent."""
        pause = self._held.get(chat, 0.0) - now
        if pause <= 0:
            self._held.pop(chat, None)
        if self._budget.per_second:
            pause = max(pause, self._last + 1 / self._budget.per_second - now)
        room = self._rooms.setdefault(chat, deque(maxlen=max((most for _, most in self._windows), default=0)))
        for seconds, most in self._windows:
            # The one so many letters ago must be out of the window.
            if len(room) >= most and room[-most] > now - seconds:
                pause = max(pause, room[-most] + seconds - now)
        if pause <= 0:
            self._last = now
            room.append(now)
        return max(pause, 0.0)


class Sender:
    """One of these serves each process; several processes share the outbox by leases."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        settings: Settings,
        office_now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._channels = channels
        self._settings = settings.outbox
        self._language = settings.office.language
        self._office_now = office_now
        self.leasing = Leasing(database, settings.outbox.sender_lease_seconds)
        budgets = {budget.channel: budget for budget in settings.outbox.budgets}
        self._paces = {name: Pace(budgets.get(name, Budget(name))) for name in channels}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something is to be said: nobody waits for the next look."""
        self._wake.set()
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Send until cancelled. Each channel goes its own way: a platform that hangs keeps nobody else waiting."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(guarded("speaking", self.leasing.keep))
                for name in self._channels:
                    tasks.create_task(guarded(f"speak:{name}", partial(self._run, name)))
        finally:
            await self.leasing.give_back()

    async def _run(self, channel: str) -> None:
        while True:
            wake = self._wake
            try:
                if await self._send_due(channel):
                    continue
            except SQLAlchemyError as error:
                # The database is away for a while: what is to be said waits in it.
                log.error("sending_interrupted", channel=channel, error=str(error.__cause__ or error))
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), self._settings.poll_seconds)

    async def send_due(self) -> int:
        """One round on every channel. How many letters were claimed."""
        return sum(await asyncio.gather(*map(self._send_due, self._channels)))

    async def _send_due(self, channel: str) -> int:
        """Claim a batch and send it; the letters of one room go in order, rooms side by side. How many were claimed."""
        if not await self._may_speak(channel):
            return 0
        letters = await asyncio.wrap_future(self._database.submit(lambda store: self._claim(store, channel)))
        rooms = groupby(sorted(letters, key=lambda one: one.to.chat), lambda one: one.to.chat)
        await asyncio.gather(*(self._send_room(list(group)) for _, group in rooms))
        return len(letters)

    async def _may_speak(self, channel: str) -> bool:
        """One process speaks on a channel: the platforms count per token, and two could overtake each other."""
        return await self.leasing.hold(
            f"speak:{channel}", lambda store: _take_over(store, channel, self._harmful(channel))
        )

    def _claim(self, store: Store, channel: str) -> list[Letter]:
        now = datetime.now(UTC)
        lease = now + timedelta(seconds=self._settings.lease_seconds)
        harmful = self._harmful(channel)
        # One at a time where a repeat does harm: what is in hand when the process ends is not sent again, tried or not.
        most = 1 if harmful else self._settings.batch
        return store.outbox.claim(now, self._office_now(), PROCESS, lease, most, channel, harmful=harmful)

    def _harmful(self, channel: str) -> bool:
        return self._channels[channel].capabilities.repeat_is_harmful

    async def _send_room(self, letters: Sequence[Letter]) -> None:
        loop = asyncio.get_running_loop()
        for letter in sorted(letters, key=lambda one: (one.priority, one.id)):
            speaking = f"speak:{letter.to.channel}"
            if not self.leasing.held(speaking) and not await self.leasing.regain(speaking):
                # Another process has taken these over, or will.
                return
            pace = self._paces[letter.to.channel]
            while 0 < (pause := pace.wait(letter.to.chat, loop.time())) <= SHORT_WAIT:
                await asyncio.sleep(pause)
            if pause > 0:
                await self._again(letter, pause, "waits for its turn in this room", tried=False)
            else:
                await self._send(letter)

    async def _send(self, letter: Letter) -> None:
        channel = self._channels[letter.to.channel]
        if letter.mode == "leave" and not channel.capabilities.leave:
            # There is no such call: the goodbye has asked to be taken out.
            await self._write(lambda store: store.outbox.sent(letter, [], self._office_now(), None))
            return
        fitted = fit(letter, channel, self._language)
        if fitted is None:
            await self._write(lambda store: store.outbox.give_up(letter.id, "failed", NOTHING_TO_EDIT))
            return
        try:
            remotes = await asyncio.wait_for(channel.send(fitted), self._settings.send_timeout_seconds)
        except TimeoutError:
            await self._failed(letter, SendFailed("no answer in time", unknown=True))
        except SendFailed as failed:
            await self._failed(letter, failed)
        except Exception as error:
            log.exception("channel_error", channel=letter.to.channel, outbox=letter.id)
            # Nobody knows how far it came: the platform may have taken it.
            await self._failed(letter, SendFailed(f"{type(error).__name__}: {error}", unknown=True))
        else:
            now = self._office_now()
            able = channel.capabilities

            def sent(store: Store) -> None:
                store.outbox.sent(letter, remotes, now, ticket_of_card(letter.card))
                if asks_figure(letter, able):
                    choices.keep(store, letter.to, letter.buttons, now)
                elif able.takes_figures and _is_rating(letter):
                    choices.close(store, letter.to)

            await self._write(sent)

    async def _failed(self, letter: Letter, failed: SendFailed) -> None:
        log.warning("not_sent", outbox=letter.id, channel=letter.to.channel, why=failed.why, attempts=letter.attempts)
        steps = self._settings.backoff_seconds
        if not failed.permanent:
            # What is behind it would take as long to fail, and other rooms wait for the end of this round.
            until = asyncio.get_running_loop().time() + (failed.retry_after or float(steps[0]))
            self._paces[letter.to.channel].hold(letter.to.chat, until)
        if failed.barred:
            await self._write(partial(self._barred, letter, failed.why))
        elif failed.unknown and self._harmful(letter.to.channel):
            await self._write(lambda store: store.outbox.give_up(letter.id, "unknown", failed.why))
        elif failed.permanent or (failed.retry_after is None and letter.attempts >= self._settings.attempts):
            await self._write(lambda store: store.outbox.give_up(letter.id, "failed", failed.why))
        else:
            seconds = failed.retry_after or float(steps[min(letter.attempts - 1, len(steps) - 1)])
            # Being told to wait is no failure: such a letter is never given up.
            await self._again(letter, seconds, failed.why, tried=failed.retry_after is None)

    def _barred(self, letter: Letter, why: str, store: Store) -> None:
        """What it means for the room is found out in its turn, behind what was said there before."""
        store.outbox.give_up(letter.id, "failed", why)
        store.inbox.receive(
            [raw_of(letter, store.inbox.lane_of(letter.to.channel, letter.to.chat), self._office_now())]
        )

    async def _again(self, letter: Letter, seconds: float, why: str, *, tried: bool = True) -> None:
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        await self._write(lambda store: store.outbox.again(letter, at, why, tried=tried))

    async def _write(self, work: Callable[[Store], None]) -> None:
        await asyncio.wrap_future(self._database.submit(work))


def _take_over(store: Store, channel: str, harmful: bool) -> None:
    if left := store.outbox.release(channel, harmful=harmful):
        log.warning("letters_taken_over", channel=channel, letters=left)


def fit(letter: Letter, channel: Channel, language: str = DEFAULT) -> Letter | None:
    """Bring a letter down to what the channel can do; None for an edit of what was never said.

    No buttons → the commands are printed, or what is asked is numbered; no edits → a new line; no replies → a new line.
    """
    able = channel.capabilities
    if letter.mode == "edit":
        if not letter.remotes:
            return None
        if not able.edit:
            letter = replace(letter, mode="new", remotes=())
    if letter.mode == "reply" and not able.reply:
        letter = replace(letter, mode="new", replies_to=None, remotes=())
    if letter.buttons and not able.buttons:
        if asks_figure(letter, able):
            return replace(letter, text=choices.numbered(letter.text, letter.buttons, language), buttons=())
        # How a ticket is rated stands in the text already: by a figure.
        shown = () if _is_rating(letter) else letter.buttons
        commands = "".join(f"\n{button.label}：{button.command}" for button in shown)
        letter = replace(letter, text=f"{letter.text}{commands}", buttons=())
    return letter


def asks_figure(letter: Letter, able: Capabilities) -> bool:
    """Asked back of somebody who just spoke, who answers by a figure. Cards and reminders are not numbered: several
    stand one below the other, and a figure would not say which is meant."""
    asked = letter.card is None and letter.priority == Priority.ANSWER
    return able.takes_figures and asked and bool(letter.buttons)


def _is_rating(letter: Letter) -> bool:
    return (letter.card or "").startswith("rating:")
