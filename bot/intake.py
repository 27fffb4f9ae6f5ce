"""Receive, then handle (docs/decisions/0003): deliveries are committed first, understood afterwards, in order."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.arrival import Arrival, Coming
from bot.batches import Meaning, Understands, understood, units
from bot.beforehand import Beforehand
from bot.taught import TaughtReader
from domain.messages import Incoming, Raw
from domain.settings import Settings
from handlers import dispatch
from handlers.ahead import look_ahead
from handlers.context import Context
from handlers.delivery import post
from nlu.reader import Reader
from storage.database import Database
from storage.inbox import Waiting
from storage.lanes import is_conflict
from storage.store import Store
from storage.tickets import Stale

log = structlog.get_logger()

# Who waits for a community where others are at work looks so many times in a beat whether something waits elsewhere.
_SOONER = 5


class Intake:
    """Takes deliveries from the channels and hands them, in order, to the handlers."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Understands],
        settings: Settings,
        reader: Reader,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._channels = channels
        self._settings = settings
        self._readers = Beforehand(TaughtReader(reader))
        self._now = now
        self._left: list[tuple[int, int, int]] | None = None
        self._arrived: list[Arrival] = []
        self._coming = Coming()
        self._keeping: asyncio.Task[None] | None = None
        self._waiting = asyncio.Event()
        self._lanes_waiting = 1
        self.handled = asyncio.Event()

    async def receive(self, raws: Sequence[Raw]) -> None:
        """Returns once the deliveries are committed: only then may the platform be answered."""
        arrival = Arrival(raws, asyncio.get_running_loop().create_future())
        self._arrived.append(arrival)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep())
        await arrival.kept
        self._waiting.set()

    async def _keep(self) -> None:
        """One commit for all that came while the last one was made; where it fails, one for each."""
        while arrivals := self._arrived:
            self._arrived = []
            try:
                await self._commit(arrivals)
            except Exception as error:
                if len(arrivals) == 1:
                    arrivals[0].fail(error)
                    continue
                for one in arrivals:
                    try:
                        await self._commit([one])
                    except Exception as alone:
                        one.fail(alone)

    async def _commit(self, arrivals: Sequence[Arrival]) -> None:
        with self._coming.until_committed(arrivals) as raws:
            await asyncio.wrap_future(self._database.submit(lambda store: self._receive(store, raws)))
        for arrival in arrivals:
            arrival.settle()

    def _receive(self, store: Store, raws: Sequence[Raw]) -> int:
        self._left_behind(store)
        return store.inbox.receive(raws)

    def _left_behind(self, store: Store) -> list[tuple[int, int, int]]:
        """What waited before this process received anything: looked up once, by whatever comes first."""
        if self._left is None:
            most = self._settings.intake
            self._left = store.inbox.left_new(self._now(), most.batch, most.district_batch)
        return self._left

    async def run(self) -> None:
        """Handle what waits, until cancelled; first, singly, what an earlier process left behind."""
        await self._surely(asyncio.to_thread(self.recover))
        while True:
            self._waiting.clear()
            if await self._surely(self.handle_waiting()):
                self.handled.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._waiting.wait(), self._settings.intake.poll_seconds)

    async def _surely(self, work: Awaitable[int]) -> int:
        """A database that is away for a while ends nothing: what waits is handled when it is back."""
        try:
            return await work
        except SQLAlchemyError as error:
            log.error("handling_interrupted", error=str(error.__cause__ or error))
            return 0

    async def handle_waiting(self) -> int:
        """Handle all that waits now; returns how many. As many hands are at it at the same time as lanes have something
        waiting, counted again with each batch that is done."""
        if self._database.parallel:
            await asyncio.to_thread(self._database.glance, self._lanes)
        at_work: set[asyncio.Future[int]] = set()
        total, done = 0, 1
        try:
            while True:
                if done:
                    hands = min(self._lanes_waiting, self._database.writers)
                    at_work |= {self._take() for _ in range(hands - len(at_work))}
                if not at_work:
                    return total
                ended, at_work = await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
                done = sum(one.result() for one in ended)
                total += done
        finally:
            for one in at_work:
                one.cancel()

    def _take(self) -> asyncio.Future[int]:
        knock = self._settings.intake.poll_seconds / _SOONER
        return asyncio.wrap_future(self._database.take(self._lanes, self.handle_batch, knock, self._beforehand))

    def _lanes(self, store: Store) -> list[int]:
        lanes = store.inbox.lanes(self._now())
        self._lanes_waiting = len(lanes)
        return lanes

    def _beforehand(self, lane: int) -> None:
        """Read what waits in a lane while it has to wait for work elsewhere."""
        rows, meaning = self._rows, self._meaning
        self._database.glance(lambda store: self._readers.read(store, lane, rows(store, lane), meaning))

    def handle_batch(self, store: Store, lane: int | None = None) -> int:
        """One batch of one community, in one transaction: all together, and where anything fails, with a savepoint for
        each message."""
        rows = self._rows(store, lane)
        meanings = {row.id: self._meaning(row) for row in rows}
        batch = units(rows)
        done = self._handle_together(store, batch, meanings, lane) if len(batch) > 1 else None
        if done is None:
            done = [row_id for unit in batch for row_id in self._handle(store, unit, meanings, lane)]
        if done:
            store.inbox.done(done, self._now())
        self._readers.forget(lane)
        return len(rows)

    def _rows(self, store: Store, lane: int | None) -> list[Waiting]:
        """What is handled at once; nothing whose receipt is not committed yet."""
        most = self._settings.intake
        above = lane is not None and store.areas.is_district(lane)
        waiting = store.inbox.waiting(most.district_batch if above else most.batch, self._now(), lane)
        return self._coming.before(waiting)

    def _handle_together(
        self, store: Store, batch: Sequence[list[Waiting]], meanings: Mapping[int, Meaning], lane: int | None
    ) -> list[int] | None:
        """Ids of what was handled, all of it: what no message needs to wait for is written for all of them at once.
        None where something fails: then nothing was done, and nobody knows yet by whose fault."""
        try:
            with store.savepoint():
                said = [understood(unit, meanings) for unit in batch]
                look_ahead(store, self._settings, [one for incomings in said for one in incomings], self._now())
                for incomings in said:
                    store.begin_anew()
                    self._dispatch(store, incomings, self._now(), lane)
        except Exception as error:
            if is_conflict(error) or store.connection.invalidated:
                raise
            log.info("batch_singly", messages=len(batch), why=type(error).__name__)
            return None
        return [row.id for unit in batch for row in unit]

    def recover(self) -> int:
        """Handle singly what a process that died may have had in hand: a batch of each lane. What kills a second time
        is set aside. Lanes where another process is at work are left to it."""
        left = self._database.write(self._left_behind)
        elsewhere: set[int] = set()
        for row_id, lane, before in left:
            if lane not in elsewhere and not self._recover(row_id, lane, before) and self._database.parallel:
                elsewhere.add(lane)
        return len(left)

    def _recover(self, row_id: int, lane: int, before: int) -> bool:
        """The attempt is committed before the work is tried. False where somebody else has the row. `before` are the
        attempts that were made before this process began: those of a living one kill nobody."""
        begun: list[Waiting] = []

        def begin(store: Store, locked: int | None) -> int:
            head = locked is None or store.inbox.is_head(row_id, self._now())
            begun[:] = _begin(store, row_id) if head else []
            return len(begun)

        def handle(store: Store, _locked: int | None) -> int:
            new = store.inbox.still_new([row.id for row in begun])
            unit = [row for row in begun if row.id in new]
            if unit and before + 1 >= self._settings.intake.attempts:
                self._set_aside(store, unit)
            elif unit:
                self._handle_single(store, unit)
            return len(unit)

        return all(self._database.take(lambda _: [lane], work).result() for work in (begin, handle))

    def _handle_single(self, store: Store, unit: list[Waiting]) -> None:
        if done := self._handle(store, unit, {row.id: self._meaning(row) for row in unit}):
            store.inbox.done(done, self._now())

    def _set_aside(self, store: Store, unit: list[Waiting]) -> None:
        for row in unit:
            reference = secrets.token_hex(4)
            log.error("message_set_aside", reference=reference, inbox=row.id, attempts=row.attempts)
            store.inbox.failed(row.id, self._now(), reference, "the process ended while handling this message")

    def _meaning(self, row: Waiting) -> Meaning:
        try:
            return self._channels[row.raw.channel].to_incoming(row.raw)
        except Exception as error:
            return error

    def _handle(
        self, store: Store, unit: list[Waiting], meanings: Mapping[int, Meaning], lane: int | None = None
    ) -> list[int]:
        """Ids of what was handled; a message that fails is rolled back to its savepoint and set aside."""
        now = self._now()
        good: list[Waiting] = []
        for row in unit:
            meaning = meanings[row.id]
            if isinstance(meaning, Exception):
                self._fail(store, row, meaning)
            else:
                good.append(row)
        try:
            self._understood(store, understood(good, meanings), now, lane)
        except Exception as error:
            if is_conflict(error):
                raise
            for row in good:
                self._fail(store, row, error)
            return []
        return [row.id for row in good]

    def _understood(self, store: Store, incomings: Sequence[Incoming], now: datetime, lane: int | None) -> None:
        """In a savepoint; from the beginning again where a ticket was changed elsewhere since it was read."""
        for left in range(self._settings.storage.conflict_tries - 1, -1, -1):
            try:
                with store.savepoint():
                    self._dispatch(store, incomings, now, lane)
                return
            except Stale:
                if not left:
                    raise

    def _dispatch(self, store: Store, incomings: Sequence[Incoming], now: datetime, lane: int | None) -> None:
        ctx = Context(now, store, self._settings, self._readers.of(store, lane))
        for incoming in incomings:
            post(store, dispatch.handle(ctx, incoming), now)

    def _fail(self, store: Store, row: Waiting, error: Exception) -> None:
        reference = secrets.token_hex(4)
        log.error("message_failed", reference=reference, inbox=row.id, channel=row.raw.channel, exc_info=error)
        # The first line only: what a database adds below it may hold values.
        why = (str(error).splitlines() or [""])[0]
        store.inbox.failed(row.id, self._now(), reference, f"{type(error).__name__}: {why}")


def _begin(store: Store, row_id: int) -> list[Waiting]:
    """Count an attempt at a row, and with it at the rest of its album; nothing where it waits no longer."""
    row = store.inbox.begin_attempt(row_id)
    if row is None:
        return []
    rest = store.inbox.rest_of_album(row.raw) if row.raw.album is not None else []
    return [row, *[part for one in rest if one != row_id and (part := store.inbox.begin_attempt(one)) is not None]]
