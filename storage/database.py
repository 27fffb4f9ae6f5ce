"""Where work on the data is done: by one writer thread with group commit, and by readers beside it.

Work is a plain function of a Store; several waiting ones share a commit (docs/decisions/0005), each in its savepoint.
On a server, work that names its lanes (storage/lanes.py) has a transaction of its own beside others.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from domain.running import StorageSettings
from storage.cipher import Cipher
from storage.engines import open_engines
from storage.gathered import attend
from storage.lanes import is_conflict, lock, locks_of
from storage.memory import remember
from storage.reserved import watch_ends
from storage.store import Store
from storage.taking import Choose, Taking, Work

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(slots=True)
class _Job:
    work: Callable[[Store], Any]
    future: Future[Any]


@dataclass(slots=True)
class _Errand:
    """Work with lanes: it opens a transaction of its own."""

    run: Callable[[], Any]
    future: Future[Any]


class Database:
    """Opens the database at `settings.url`. `write` waits for the commit; `read` uses another connection."""

    def __init__(self, settings: StorageSettings, cipher: Cipher) -> None:
        self.settings = settings
        self.cipher = cipher
        self._writer_engine, self.engine = open_engines(settings)
        # Whether work in different lanes is done at the same time, here and in other processes.
        self.parallel = self.engine.dialect.name != "sqlite"
        self._glancing = self.engine.execution_options(isolation_level="AUTOCOMMIT") if self.parallel else self.engine
        for engine in {self._writer_engine, self.engine}:
            attend(engine)
            watch_ends(engine)
            remember(engine)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.closed = False
        self._errands: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        self._taking = Taking(self)
        self._threads = [threading.Thread(target=self._write_loop, name="writer", daemon=True)]
        self.writers = settings.writers if self.parallel else 1
        if self.parallel:
            # As many again, two at least, for the clock and others, while those that take lanes are at work or wait.
            self._threads += [
                threading.Thread(target=self._errand_loop, name=f"writer-{n}", daemon=True)
                for n in range(self.writers + max(2, self.writers))
            ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[Store], T], lanes: Sequence[int] = ()) -> Future[T]:
        """Queue work for the writer; the future is done once it is committed (or has failed).

        With `lanes` nobody else works in these meanwhile; without, it must be work that may be done at any time.
        """
        self._check_open()
        future: Future[T] = Future()
        if lanes and self.parallel:
            self._errands.put(_Errand(lambda: self._wait_for(lanes, work), future))
        else:
            self._jobs.put(_Job(work, future))
        return future

    def take(
        self, choose: Choose, work: Work, knock: float = 0.0, beforehand: Callable[[int], None] | None = None
    ) -> Future[int]:
        """Work in the first of the chosen lanes where nobody is at work and something is done (work returns how
        much). With `knock`, where others are at work in all of them, wait until one is free, and look at all of them
        again after so many seconds at most. `beforehand` is called with a lane that is in hand, but whose work has to
        wait for a district's or its communities'. On SQLite all lanes are one: work gets None for it."""
        if not self.parallel:
            return self.submit(lambda store: work(store, None))
        self._check_open()
        future: Future[int] = Future()
        self._errands.put(_Errand(partial(self._taking.take, choose, work, knock, beforehand), future))
        return future

    def write(self, work: Callable[[Store], T], lanes: Sequence[int] = ()) -> T:
        """Run work in the writer and wait for its commit. Raises what the work raised."""
        return self.submit(work, lanes).result()

    def read(self, work: Callable[[Store], T]) -> T:
        """Run work on a reading connection, in one snapshot."""
        with self.engine.connect() as connection, connection.begin():
            return work(Store(connection, self.cipher))

    def glance(self, work: Callable[[Store], T]) -> T:
        """As `read`, for what is asked often and needs no snapshot: a statement is all that goes to a server, without
        one to begin and one to end."""
        if not self.parallel:
            return self.read(work)
        with self._glancing.connect() as connection:
            return work(Store(connection, self.cipher))

    def reopen(self) -> None:
        """Let go of the connections, as after the file was changed for another; statements stay compiled."""
        self._writer_engine.dispose()
        self.engine.dispose()

    def close(self) -> None:
        """Finish what is queued and let go of every connection."""
        if not self.closed:
            self.closed = True
            self._jobs.put(None)
            for _ in self._threads[1:]:
                self._errands.put(None)
            for thread in self._threads:
                thread.join(timeout=self.settings.close_seconds)
            self._writer_engine.dispose()
            self.engine.dispose()

    def _check_open(self) -> None:
        if self.closed:
            raise RuntimeError("the database is closed")

    def _errand_loop(self) -> None:
        while (errand := self._errands.get()) is not None:
            if errand.future.set_running_or_notify_cancel():
                try:
                    value = errand.run()
                except Exception as error:
                    errand.future.set_exception(error)
                else:
                    errand.future.set_result(value)

    def _wait_for(self, lanes: Sequence[int], work: Callable[[Store], T]) -> T:
        """One transaction whose first statements are the locks of all these lanes."""
        locks = self.read(lambda store: locks_of(store.connection, lanes))

        def once() -> T:
            with self.connect() as connection, connection.begin():
                lock(connection, locks)
                return work(Store(connection, self.cipher))

        return self.patiently(once)

    def patiently(self, attempt: Callable[[], T]) -> T:
        """What got in the way of others is done again, a few times."""
        for left in range(self.settings.conflict_tries - 1, -1, -1):
            try:
                return attempt()
            except DBAPIError as error:
                if not left or not is_conflict(error):
                    raise
                log.info("done_again", why=str(error.orig))
                # Not all at the same moment again.
                time.sleep(random.uniform(0.2, 1.0) * self.settings.connect_pause_seconds)
        raise AssertionError("conflict_tries is at least 1")

    def _write_loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            ending = False
            while len(jobs) < self.settings.group_commit:
                try:
                    more = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    ending = True
                    break
                jobs.append(more)
            self._commit(jobs)
            if ending:
                return

    def _commit(self, jobs: list[_Job]) -> None:
        """One transaction for all; when the transaction itself fails, each gets one of its own."""
        jobs = [job for job in jobs if job.future.set_running_or_notify_cancel()]
        try:
            outcomes = self._transaction(jobs)
        except SQLAlchemyError as error:
            if len(jobs) == 1 and not is_conflict(error):
                jobs[0].future.set_exception(error)
                return
            log.warning("batch_replayed", jobs=len(jobs), error=str(error.__cause__ or error))
            for job in jobs:
                try:
                    outcomes = self.patiently(partial(self._transaction, [job]))
                except SQLAlchemyError as single:
                    job.future.set_exception(single)
                else:
                    _settle([job], outcomes)
            return
        _settle(jobs, outcomes)

    def _transaction(self, jobs: list[_Job]) -> list[tuple[Any, Exception | None]]:
        outcomes: list[tuple[Any, Exception | None]] = []
        if len(jobs) == 1:
            # Alone it needs no savepoint: what it did is undone with the transaction.
            return [self._single(jobs[0])]
        with self.connect() as connection, connection.begin():
            store = Store(connection, self.cipher)
            for job in jobs:
                outcomes.append(_alone(store, job))
        return outcomes

    def _single(self, job: _Job) -> tuple[Any, Exception | None]:
        try:
            with self.connect() as connection, connection.begin():
                return job.work(Store(connection, self.cipher)), None
        except SQLAlchemyError:
            raise
        except Exception as error:
            return None, error

    def connect(self) -> Connection:
        """For writing. A busy or lost database is tried again for a while before the work is given up."""
        tries = self.settings.connect_tries
        for left in range(tries - 1, -1, -1):
            try:
                return self._writer_engine.connect()
            except DBAPIError:
                if not left:
                    raise
                time.sleep(self.settings.connect_pause_seconds)
        raise AssertionError("connect_tries is at least 1")


def _alone(store: Store, job: _Job) -> tuple[Any, Exception | None]:
    """Run one job in a savepoint; errors of the connection itself end the whole transaction."""
    try:
        with store.savepoint():
            return job.work(store), None
    except DBAPIError as error:
        if error.connection_invalidated or is_conflict(error):
            raise
        return None, error
    except Exception as error:
        return None, error


def _settle(jobs: list[_Job], outcomes: list[tuple[Any, Exception | None]]) -> None:
    for job, (value, error) in zip(jobs, outcomes, strict=True):
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(value)
