"""Cards: our own key of a message, and what the platform calls it in a room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from domain.messages import Address
from storage.prepared import Prepared
from storage.tables import cards
from storage.upsert import upsert

_HANGING = Prepared(
    select(cards.c.card)
    .distinct()
    .where(
        cards.c.card.in_(bindparam("keys", expanding=True)),
        cards.c.channel == bindparam("in"),
        cards.c.chat == bindparam("room"),
    ),
    "keys",
)


class Cards:
    """The part of `store.outbox` that is about what was said already."""

    _c: Connection

    def hang(self, card: str, to: Address, remotes: Sequence[str], now: datetime, ticket: int | None) -> None:
        """It was said there, in so many parts."""
        for part, remote in enumerate(remotes):
            self._c.execute(
                upsert(self._c, cards)
                .values(card=card, channel=to.channel, chat=to.chat, remote=remote, part=part, ticket_id=ticket, at=now)
                .on_conflict_do_nothing()
            )

    def remotes(self, channel: str, chat: str, card: str) -> tuple[str, ...]:
        """The platform's ids of the newest message of this card in this room."""
        rows = self._c.execute(
            select(cards.c.remote, cards.c.part)
            .where(cards.c.card == card, cards.c.channel == channel, cards.c.chat == chat)
            .order_by(cards.c.id.desc())
        ).all()
        newest: list[str] = []
        for row in rows:
            newest.append(row.remote)
            if row.part == 0:
                break
        return tuple(reversed(newest))

    def hanging(self, channel: str, chat: str, keys: Sequence[str]) -> list[str]:
        """Which of these cards were shown in this room."""
        return _HANGING.scalars(self._c, {"in": channel, "room": chat, "keys": keys})

    def card_of(self, channel: str, chat: str, remote: str) -> str | None:
        """Which of our cards a platform message is."""
        return self._c.execute(
            select(cards.c.card).where(cards.c.channel == channel, cards.c.chat == chat, cards.c.remote == remote)
        ).scalar()
