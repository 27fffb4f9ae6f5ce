"""Voices and lines of tickets: read for several at once, and remembered by whoever has read all of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, select

from storage.memory import know
from storage.prepared import Prepared
from storage.tables import lines, ticket_messages, ticket_voices

Part: TypeAlias = Literal["report", "voice", "note", "act"]
IN_VOICES = (ticket_voices,)
IN_LINES = (ticket_messages, lines)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_VOICES = Prepared(select(ticket_voices).where(ticket_voices.c.ticket_id.in_(_IDS)).order_by(ticket_voices.c.id), "ids")
_ATTACHED = Prepared(
    select(ticket_messages.c.ticket_id, ticket_messages.c.line_id, ticket_messages.c.part, lines.c.photo)
    .join(lines, lines.c.id == ticket_messages.c.line_id)
    .where(ticket_messages.c.ticket_id.in_(_IDS))
    .order_by(ticket_messages.c.line_id),
    "ids",
)


@dataclass(frozen=True, slots=True)
class TicketVoice:
    """One account that reported the matter, the reporter included."""

    account: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """One of the lines that a ticket is made of."""

    line: int
    part: Part
    photo: bool


def read_voices(connection: Connection, tickets: Collection[int]) -> dict[int, list[TicketVoice]]:
    """In the order in which they spoke up, the reporter first."""
    found: dict[int, list[TicketVoice]] = {}
    if tickets:
        for row in _VOICES.all(connection, {"ids": list(tickets)}):
            found.setdefault(row.ticket_id, []).append(TicketVoice(row.account_id, row.name, row.at))
    return found


def read_attached(connection: Connection, tickets: Collection[int]) -> dict[int, list[Attached]]:
    """Lines of any part, oldest first."""
    found: dict[int, list[Attached]] = {}
    if tickets:
        for row in _ATTACHED.all(connection, {"ids": list(tickets)}):
            found.setdefault(row.ticket_id, []).append(Attached(row.line_id, row.part, row.photo))
    return found


def know_voices(connection: Connection, ticket: int, voices: Iterable[TicketVoice]) -> None:
    """These are all of them."""
    know(connection, ("voices", ticket), tuple(voices), IN_VOICES)


def know_attached(connection: Connection, ticket: int, attached: Iterable[Attached]) -> None:
    """These are all, by their lines."""
    know(connection, ("attached", ticket), tuple(attached), IN_LINES)
