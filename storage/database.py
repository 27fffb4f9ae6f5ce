"""Where connections come from: one writer thread with group commit, and readers beside it.

DESIGN §4.4. Work is a plain function of a Store; several waiting ones share a commit, each in a savepoint
of its own, so that one that fails takes nothing of the others with it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from domain.settings import StorageSettings
from storage.cipher import Cipher
from storage.store import Store

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(slots=True)
class _Job:
    work: Callable[[Store], Any]
    future: Future[Any]


def _tune_sqlite(engine: Engine, begin: str, busy_ms: int) -> None:
    """Driver autocommit with our own BEGIN: SQLAlchemy's default lets the first RELEASE commit."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"busy_timeout = {busy_ms}",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "cache_size = -65536",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


class Database:
    """Opens the database at `settings.url`. `write` waits for the commit; `read` uses another connection."""

    def __init__(self, settings: StorageSettings, cipher: Cipher) -> None:
        url = make_url(settings.url)
        self.settings = settings
        self.cipher = cipher
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer_engine = create_engine(url, pool_size=1, max_overflow=0)
            self.engine = create_engine(url, pool_size=settings.readers, max_overflow=settings.readers)
            _tune_sqlite(self._writer_engine, "BEGIN IMMEDIATE", settings.busy_timeout_ms)
            _tune_sqlite(self.engine, "BEGIN", settings.busy_timeout_ms)
        else:
            self.engine = create_engine(url, pool_size=settings.readers, pool_pre_ping=True)
            self._writer_engine = self.engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._writer = threading.Thread(target=self._write_loop, name="writer", daemon=True)
        self._writer.start()

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Queue work for the writer; the future is done once it is committed (or has failed)."""
        if self._closed:
            raise RuntimeError("the database is closed")
        future: Future[T] = Future()
        self._jobs.put(_Job(work, future))
        return future

    def write(self, work: Callable[[Store], T]) -> T:
        """Run work in the writer and wait for its commit. Raises what the work raised."""
        return self.submit(work).result()

    def read(self, work: Callable[[Store], T]) -> T:
        """Run work on a reading connection, in one snapshot."""
        with self.engine.connect() as connection, connection.begin():
            return work(Store(connection, self.cipher))

    def reopen(self) -> None:
        """Let go of the connections, as after the file was changed for another; statements stay compiled."""
        self._writer_engine.dispose()
        self.engine.dispose()

    def close(self) -> None:
        """Finish what is queued and let go of every connection."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._writer.join(timeout=self.settings.close_seconds)
            self._writer_engine.dispose()
            self.engine.dispose()

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
            if len(jobs) == 1:
                jobs[0].future.set_exception(error)
                return
            log.warning("batch_replayed", jobs=len(jobs), error=str(error.__cause__ or error))
            for job in jobs:
                try:
                    outcomes = self._transaction([job])
                except SQLAlchemyError as single:
                    job.future.set_exception(single)
                else:
                    _settle([job], outcomes)
            return
        _settle(jobs, outcomes)

    def _transaction(self, jobs: list[_Job]) -> list[tuple[Any, Exception | None]]:
        outcomes: list[tuple[Any, Exception | None]] = []
        with self._connect() as connection, connection.begin():
            store = Store(connection, self.cipher)
            for job in jobs:
                outcomes.append(_alone(store, job))
        return outcomes

    def _connect(self) -> Connection:
        """A busy or lost database is tried again for a while before the work is given up."""
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
        if error.connection_invalidated:
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
