"""Loops of a running office: one that ends by an error is begun again, and the others do not notice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

log = structlog.get_logger()

# Seconds before a loop that failed is begun again.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

Loop: TypeAlias = Callable[[], Awaitable[None]]


async def guarded(name: str, loop: Loop, first_pause: float = FIRST_PAUSE) -> None:
    """A loop that ends by an error is a bug worth a loud line; the others go on, and it is begun again: after a second,
    after twice as long each further time (a minute at most), after a second again once it has run for a while."""
    pause = first_pause
    while True:
        began = time.monotonic()
        try:
            return await loop()
        except Exception:
            if time.monotonic() - began > LONGEST_PAUSE:
                pause = first_pause
            log.exception("loop_ended", loop=name, again_in=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
