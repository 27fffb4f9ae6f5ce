"""The beat: does what is due. APScheduler only calls `tick`; what is due is rows in `alarms`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby

import structlog

from domain.settings import Settings
from handlers.context import Context
from handlers.delivery import post, post_once
from handlers.timed import ALARMS, SWEEPS, Sweep
from nlu.reader import Reader
from storage.alarms import Alarm
from storage.database import Database
from storage.lanes import is_conflict
from storage.store import Store
from storage.tickets import Stale

log = structlog.get_logger()

# After a failure an alarm waits this long, times the failures so far, at most a day.
PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)


class OfficeClock:
    """The time the office lives by: real, or shifted by the playground."""

    def __init__(self, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._real = real
        self._shift = timedelta()

    def now(self) -> datetime:
        return self._real() + self._shift

    def set(self, to: datetime) -> None:
        """From now on it is `to` (only the playground and replay do this)."""
        self._shift = to - self._real()


def tick(database: Database, settings: Settings, reader: Reader, now: datetime) -> int:
    """Do everything that is due at `now`, in bounded batches, each alarm in a savepoint of its own. How many.

    Any number of clocks may tick: on a server one district is done at a time, with nobody else at work in it.
    """
    total = 0
    lanes: list[int | None] = [None]
    if database.parallel:
        lanes = [*database.read(lambda store: store.alarms.lanes(now))]
    for lane in lanes:
        locks = [lane] if lane is not None else []
        batch = partial(_batch, settings=settings, reader=reader, now=now, lane=lane)
        while count := database.write(batch, locks):
            total += count
    return total


def _batch(store: Store, settings: Settings, reader: Reader, now: datetime, lane: int | None) -> int:
    ctx = Context(now, store, settings, reader)
    due = store.alarms.due(now, settings.beat.batch, lane)
    for (kind, district), alike in groupby(due, lambda alarm: (alarm.kind, alarm.district)):
        alarms = list(alike)
        if kind in SWEEPS:
            _sweep(ctx, alarms, SWEEPS[kind], district)
        else:
            for alarm in alarms:
                ring(ctx, alarm)
    return len(due)


def _sweep(ctx: Context, alarms: Sequence[Alarm], sweep: Sweep, district: int | None) -> None:
    """Many of a kind in one savepoint. Where one of them fails each half is done by itself, down to that one alone."""
    if len(alarms) == 1:
        ring(ctx, alarms[0])
        return
    try:
        with ctx.store.savepoint():
            messages = sweep(ctx, alarms)
            post_once(ctx.store, messages, ctx.now, district)
    except Exception as error:
        if is_conflict(error):
            raise
        log.warning("sweep_failed", kind=alarms[0].kind, alarms=len(alarms), error=type(error).__name__)
        half = len(alarms) // 2
        _sweep(ctx, alarms[:half], sweep, district)
        _sweep(ctx, alarms[half:], sweep, district)


def ring(ctx: Context, alarm: Alarm) -> None:
    """Do what an alarm is for, in a savepoint; one that fails is put off."""
    try:
        _do(ctx, alarm)
    except Exception as error:
        if is_conflict(error):
            raise
        log.exception("alarm_failed", kind=alarm.kind, subject=alarm.subject, failures=alarm.failures + 1)
        ctx.store.alarms.postpone(alarm, ctx.now + min(PAUSE * (alarm.failures + 1), LONGEST_PAUSE))


def _do(ctx: Context, alarm: Alarm) -> None:
    """Once more where a ticket was changed elsewhere (from a private chat, say) since it was read."""
    for again in (True, False):
        try:
            with ctx.store.savepoint():
                messages = ALARMS[alarm.kind](ctx, alarm)
                ctx.store.alarms.settle(alarm)
                post(ctx.store, messages, ctx.now, alarm.district)
            return
        except Stale:
            if not again:
                raise
