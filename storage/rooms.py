"""A room whose platform gave it a new id moves over with all that is known of it; one that we leave falls silent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from domain.messages import Address
from storage.tables import accounts, cards, groups, inbox, lines, outbox

# A message's id in the room's former life: it cannot be edited or replied to any more.
FORMER = "/"


def is_former(remote: str) -> bool:
    """Whether a platform id is from before the room moved."""
    return FORMER in remote


class Rooms:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def move(self, address: Address, to: str) -> None:
        """Re-key the group, its letters and what was said in it. Message ids begin anew in the new room, so that the
        old ones are marked. Doing it twice changes nothing."""
        if address.chat == to:
            return
        self._c.execute(
            update(outbox)
            .where(outbox.c.channel == address.channel, outbox.c.chat == address.chat)
            .where(outbox.c.state.in_(("queued", "inflight")))
            .values(replies_to=None)
        )
        for table in (groups, outbox, inbox):
            self._c.execute(
                update(table).where(table.c.channel == address.channel, table.c.chat == address.chat).values(chat=to)
            )
        for said in (cards, lines):
            self._c.execute(
                update(said)
                .where(said.c.channel == address.channel, said.c.chat == address.chat)
                .values(chat=to, remote=address.chat + FORMER + said.c.remote)
            )

    def known_since(self, address: Address, moment: datetime) -> bool:
        """Whether the room was bound since then, or is the private chat of somebody who was first seen since."""
        bound = select(groups.c.id).where(
            groups.c.channel == address.channel, groups.c.chat == address.chat, groups.c.bound_at >= moment
        )
        seen = select(accounts.c.id).where(
            accounts.c.channel == address.channel, accounts.c.private_chat == address.chat, accounts.c.seen_at >= moment
        )
        return bool(self._c.execute(select(or_(bound.exists(), seen.exists()))).scalar())

    def hush(self, address: Address) -> None:
        """We leave it: what still waits to be said there is not."""
        self._c.execute(
            update(outbox)
            .where(outbox.c.channel == address.channel, outbox.c.chat == address.chat, outbox.c.state == "queued")
            .values(state="dropped", error="the room was left")
        )
