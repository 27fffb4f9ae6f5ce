"""The reader as the office has taught it, without a restart; and the loop that fits what the night asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib.util import find_spec

import structlog

from handlers import learning
from nlu.reader import Reader
from storage.database import Database
from storage.store import Store

log = structlog.get_logger()

LOOK_SECONDS = 60.0
MISSING = 'scikit-learn is not installed in this process: pip install "minqing[learn]"'


def can_learn() -> bool:
    """Whether this process has what a fit needs."""
    return find_spec("sklearn") is not None


class TaughtReader:
    """Hands out the reader with the version in force in the transaction that asks."""

    def __init__(self, shipped: Reader) -> None:
        self._shipped = shipped
        self._last: tuple[int | None, Reader] = (None, shipped)

    def of(self, store: Store) -> Reader:
        """Read again only where another version has come into force."""
        learnt = store.learning.in_force()
        version = learnt.id if learnt is not None else None
        known = self._last
        if known[0] != version:
            known = self._last = (version, learning.taught(self._shipped, learnt))
            log.info("reader_taught", version=version, in_force=bool(known[1].adaptation))
        return known[1]


class Teaching:
    """Fits when a fit is wanted (handlers/timed/learn.py), in a process that can; the others leave it alone."""

    def __init__(self, database: Database, reader: Reader, now: Callable[[], datetime]) -> None:
        self._database = database
        self._reader = reader
        self._now = now
        self._told = False

    async def run(self) -> None:
        while True:
            await asyncio.to_thread(self.fit_wanted)
            await asyncio.sleep(LOOK_SECONDS)

    def fit_wanted(self) -> bool:
        """True where a fit was wanted and made."""
        if not self._database.read(lambda store: store.learning.is_wanted()):
            return False
        if not can_learn():
            if not self._told:
                log.warning("learning_not_possible", why=MISSING)
            self._told = True
            return False
        if not self._database.write(lambda store: store.learning.take_wanted()):
            return False
        given = self._database.read(partial(learning.material, reader=self._reader))
        outcome = learning.fit(given, self._reader)
        self._database.write(lambda store: learning.keep(store, self._now(), outcome, given, self._reader))
        log.info(
            "learnt",
            used=outcome.better,
            fitted=outcome.fitted,
            held=[outcome.held_before.all, outcome.held_after.all],
            fold=[outcome.fold_before.all, outcome.fold_after.all],
        )
        return True
