"""Is a connection that lay in the pool still alive? Asked of the server only where it may not be."""

from __future__ import annotations

import select
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

_PLACE = "minqing.left"


def keep_alive(engine: Engine, idle_seconds: float) -> None:
    """Instead of SQLAlchemy's `pool_pre_ping`, which asks the server before every transaction: a round trip for each.
    A server that stops, or ends a connection, says so, and what it said can be seen without asking. A line used so
    lately (seconds) is not cut without a word; one that lay longer may have been, by what lies between."""
    dialect = engine.dialect

    @event.listens_for(engine, "checkin")
    def left(_connection: Any, record: Any) -> None:
        record.info[_PLACE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        since: float | None = record.info.get(_PLACE)
        # A new one has just answered.
        if since is None or (time.monotonic() - since < idle_seconds and _is_silent(connection)):
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            # The others are no better: all are opened anew, and this one is tried again.
            raise InvalidatePoolError("the server is gone, or was") from error


def _is_silent(connection: Any) -> bool:
    """Whether the server has said nothing since it was last asked, and not hung up."""
    if connection.closed or not hasattr(select, "poll"):
        return False
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return not waiting.poll(0)
