"""What all open pages share: the clock's moves and the scripted day, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from secrets import token_hex

import structlog

from cockpit.office import Office

log = structlog.get_logger()


class Stage:
    """`busy` names the text of what is going on, None when nothing is; `step` is what the scripted day plays now;
    `error` the reference of what went wrong last."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.busy: str | None = None
        self.step = ""
        self.error: str | None = None
        self._task: asyncio.Task[None] | None = None

    def hour(self) -> None:
        """The clock moves on by an hour."""
        self._start("moving", lambda: self.office.advance(self.office.now() + timedelta(hours=1)))

    def morning(self) -> None:
        """The clock moves on to the next morning."""
        self._start("moving", lambda: self.office.advance(self.next_morning()))

    def play(self) -> None:
        """The scripted day."""
        self._start("playing", lambda: self.office.play_day(self._told))

    def next_morning(self) -> datetime:
        """The next time at which the morning list goes out."""
        settings = self.office.settings
        local = self.office.now().astimezone(settings.office.tz)
        morning = datetime.combine(local.date(), settings.morning.at, settings.office.tz)
        return morning if morning > local else morning + timedelta(days=1)

    def _told(self, step: str) -> None:
        self.step = step

    def _start(self, busy: str, work: Callable[[], Awaitable[None]]) -> None:
        """Outlives the page that asked for it; what is asked meanwhile is not done, and nothing where people live by
        the clock: a browser can send what its page has no button for."""
        if self.busy is None and self.office.settings.playground.virtual_clock:
            self.busy, self.step, self.error = busy, "", None
            self._task = asyncio.create_task(self._run(work))

    async def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception:
            self.error = token_hex(4)
            log.exception("playground_stopped", reference=self.error, doing=self.busy, step=self.step)
        finally:
            self.busy, self.step = None, ""
