"""Matters that another system counts too: which ticket is which order there, and which of its steps stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage.tables import outside_orders


@dataclass(frozen=True, slots=True)
class OutsideOrder:
    id: int
    ticket: int
    noted: tuple[str, ...]


class Orders:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def find(self, channel: str, order: str) -> OutsideOrder | None:
        """The order of that system, if we have it."""
        row = self._c.execute(
            select(outside_orders).where(outside_orders.c.channel == channel, outside_orders.c.order_id == order)
        ).first()
        return OutsideOrder(row.id, row.ticket_id, tuple(row.noted)) if row is not None else None

    def add(self, channel: str, order: str, ticket: int, now: datetime) -> OutsideOrder:
        """It is this ticket from now on."""
        made = self._c.execute(
            insert(outside_orders)
            .values(channel=channel, order_id=order, ticket_id=ticket, noted=[], changed_at=now)
            .returning(outside_orders.c.id)
        ).scalar_one()
        return OutsideOrder(int(made), ticket, ())

    def note(self, order: OutsideOrder, keys: tuple[str, ...], now: datetime) -> None:
        """These steps stand on the ticket now."""
        self._c.execute(
            update(outside_orders)
            .where(outside_orders.c.id == order.id)
            .values(noted=[*order.noted, *keys], changed_at=now)
        )
