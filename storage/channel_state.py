"""What a channel must remember between runs: tokens, cursors, offsets. Sealed, since tokens are secrets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.cipher import Cipher
from storage.memory import once
from storage.prepared import Prepared
from storage.tables import channel_state
from storage.upsert import upsert

VALUE = "channel_state.value"

_KEPT = Prepared(
    select(channel_state.c.value, channel_state.c.expires_at).where(
        channel_state.c.channel == bindparam("of"), channel_state.c.name == bindparam("called")
    )
)


class ChannelState:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def get(self, channel: str, name: str, now: datetime) -> str | None:
        """The value, unless it has run out."""

        def load() -> Any:
            return _KEPT.first(self._c, {"of": channel, "called": name})

        # Which door lets us speak up is asked for each letter to somebody who has several.
        row = once(self._c, ("state", channel, name), (channel_state,), load)
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            return None
        return self._cipher.open_text(row.value, VALUE)

    def hold(self, channel: str, name: str, now: datetime) -> str | None:
        """As `get`, and nobody else holds or changes it until the transaction ends: for what is read, reckoned with
        and written by several processes."""
        # A write that changes nothing takes the row's lock; one that was not there has run out from the beginning.
        empty = {"value": self._cipher.seal("", VALUE), "expires_at": now}
        held = (
            upsert(self._c, channel_state)
            .values(channel=channel, name=name, **empty)
            .on_conflict_do_update(index_elements=["channel", "name"], set_={"name": name})
            .returning(channel_state.c.value, channel_state.c.expires_at)
        )
        row = self._c.execute(held).one()
        if row.expires_at is not None and row.expires_at <= now:
            return None
        return self._cipher.open_text(row.value, VALUE)

    def set(self, channel: str, name: str, value: str, expires_at: datetime | None = None) -> None:
        values = {"value": self._cipher.seal(value, VALUE), "expires_at": expires_at}
        self._c.execute(
            upsert(self._c, channel_state)
            .values(channel=channel, name=name, **values)
            .on_conflict_do_update(index_elements=["channel", "name"], set_=values)
        )

    def forget(self, now: datetime) -> int:
        """Take out what has run out. Returns how many."""
        gone = delete(channel_state).where(channel_state.c.expires_at.is_not(None), channel_state.c.expires_at <= now)
        return self._c.execute(gone).rowcount

    def delete(self, channel: str, name: str) -> None:
        self._c.execute(delete(channel_state).where(channel_state.c.channel == channel, channel_state.c.name == name))

    def names(self, channel: str, begin: str) -> list[str]:
        """What is kept under names that begin so, run out or not."""
        found = select(channel_state.c.name).where(
            channel_state.c.channel == channel, channel_state.c.name.startswith(begin, autoescape=True)
        )
        return list(self._c.execute(found.order_by(channel_state.c.name)).scalars())
