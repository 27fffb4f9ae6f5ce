"""Taking a lane to work in: the first where nobody is at work, and how to wait where somebody is (PostgreSQL)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.lanes import (
    Beforehand,
    Locks,
    is_conflict,
    limit_waits,
    lock,
    locks_of_each,
    pass_gate,
    try_lane,
    try_lock,
    wait_as_ever,
)
from storage.store import Store

if TYPE_CHECKING:
    from storage.database import Database

Choose: TypeAlias = Callable[[Store], Sequence[int]]
Work: TypeAlias = Callable[[Store, int | None], int]


class _NotYet(Exception):
    """It was waited for long enough: all is let go, and looked at again."""


class Taking:
    """The part of `Database` that takes lanes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._at_work = 0

    def take(self, choose: Choose, work: Work, knock: float, beforehand: Beforehand | None) -> int:
        """See `Database.take`."""
        database = self._database
        while True:
            left = database.glance(lambda store: locks_of_each(store.connection, choose(store)))
            busy: list[Locks] = []
            while left:
                tried, done = database.patiently(partial(self._first_free, left, work, beforehand))
                if done:
                    return done
                busy += left[: tried if done is None else tried - 1]
                left = left[tried:]
            if not knock or not busy or database.closed:
                return 0
            # In any order: else all who wait would go for the same.
            random.shuffle(busy)
            if done := database.patiently(partial(self._wait, busy, work, knock, beforehand)):
                return done

    def _first_free(self, some: Sequence[Locks], work: Work, beforehand: Beforehand | None) -> tuple[int, int | None]:
        """Work in the first of these lanes where nobody is: how many were tried, and how much was done (None where
        the last was taken, too). One transaction whose first statements are the locks; a district has one of its own:
        who waits at its gate holds no other."""
        with self._database.connect() as connection, connection.begin():
            for tried, locks in enumerate(some, 1):
                if try_lock(connection, locks, beforehand):
                    with self._working():
                        return tried, work(Store(connection, self._database.cipher), locks.lanes[0])
                if any(one.closed for one in some[tried - 1 : tried + 1]):
                    return tried, None
            return len(some), None

    def _wait(self, busy: Sequence[Locks], work: Work, seconds: float, beforehand: Beforehand | None) -> int:
        """At most so long. Where nobody is at work in a community, but its district is, the community is taken, and
        work begins as soon as the district is through; how much was done. Else until the first of them is free."""
        try:
            with self._database.connect() as connection, connection.begin():
                for locks in busy:
                    if not locks.passed or not try_lane(connection, locks):
                        continue
                    # Who holds up the district just now, in this process, is not to be held up himself.
                    first = beforehand if not self._at_work else None
                    _within(connection, seconds, partial(pass_gate, connection, locks, first))
                    wait_as_ever(connection)
                    with self._working():
                        return work(Store(connection, self._database.cipher), locks.lanes[0])
                # Let go at once: others may have done by then what waits there, and who is in a gate keeps the
                # district waiting.
                _within(connection, seconds, partial(lock, connection, replace(busy[0], closed=())))
                return 0
        except _NotYet:
            return 0

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self._lock:
            self._at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1


def _within(connection: Connection, seconds: float, wait: Callable[[], None]) -> None:
    limit_waits(connection, seconds)
    try:
        wait()
    except DBAPIError as error:
        if is_conflict(error):
            raise _NotYet from error
        raise
