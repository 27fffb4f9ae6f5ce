"""Where wechatpy keeps its tokens: our own sealed table, one prefix for each app, so that all processes share them.

Its own MemoryStorage never lets a token run out. Tokens live on the real clock, not on the office's.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from wechatpy.session import SessionStorage

from storage.database import Database

# A token is not used in its last seconds: on its way it would run out.
MARGIN = 120.0


class Sessions(SessionStorage):  # type: ignore[misc]  # wechatpy has no types
    """`prefix` is the channel; called from worker threads, never from the event loop or the writer's."""

    def __init__(self, database: Database, prefix: str) -> None:
        self._database = database
        self._prefix = prefix

    def get(self, key: str, default: str | None = None) -> str | None:
        """The value until it runs out."""
        now = datetime.now(UTC)
        found = self._database.read(lambda store: store.channel_state.get(self._prefix, _name(key), now))
        return found if found is not None else default

    def set(self, key: str, value: str | None, ttl: float | None = None) -> None:
        """`ttl` in seconds, less a margin; None keeps it until it is replaced."""
        if value is None:
            return
        kept = value
        until = None
        if ttl is not None:
            until = datetime.now(UTC) + timedelta(seconds=max(ttl - MARGIN, ttl / 2))
        self._database.write(lambda store: store.channel_state.set(self._prefix, _name(key), kept, until))

    def delete(self, key: str) -> None:
        self._database.write(lambda store: store.channel_state.delete(self._prefix, _name(key)))


def _name(key: str) -> str:
    """wechatpy puts the secret's first ten characters into the key; names are not sealed, so it is hashed."""
    return "session:" + hashlib.sha256(key.encode()).hexdigest()[:40]
