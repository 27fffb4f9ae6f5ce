"""What needs consent before it is done: a later deadline (延期), and "it cannot be done" (客观办不了).

The question and its answer are events of the ticket; the last question that nothing has answered is the open one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias, cast

from domain.errors import Refused
from domain.tickets import By, Datum, Moved, Ticket, TicketEvent, is_emergency, possible

Asked: TypeAlias = Literal["extend", "impossible"]

# What may be asked only while nobody has answered: whatever ends the ticket, or grants it, answers.
_ANSWERS = frozenset({"declined", "extend", "done", "withdraw", "reject", "merge", "close"})


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody's open question. `until` is the later deadline asked for (UTC), None for 客观办不了."""

    what: Asked
    reason: str
    at: datetime
    by_person: int | None
    until: datetime | None = None


def ask(
    ticket: Ticket, now: datetime, by: By, what: Asked, reason: str, until: datetime | None = None
) -> tuple[Ticket, TicketEvent]:
    """The question put on record. Refused where it could not be granted anyway: no reason, extended before, not
    later than now, an emergency."""
    check(ticket, now, what, reason, until)
    data: dict[str, Datum] = {"what": what, "reason": reason.strip()}
    if until is not None:
        data["until"] = until.isoformat()
    return _unchanged(ticket, TicketEvent("asked", now, by.person, by.account, data))


def check(ticket: Ticket, now: datetime, what: Asked, reason: str, until: datetime | None) -> None:
    """Refused where this cannot be granted (SERVICE.md §2: one extension, with a reason, to a later time)."""
    if not possible(ticket, "extend"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does=what)
    if is_emergency(ticket):
        raise Refused("refused.emergency_runs", number=ticket.number)
    if not reason.strip():
        raise Refused(f"command.{what}.how", number=ticket.number)
    if what != "extend":
        return
    if ticket.extended:
        raise Refused("refused.extended_before", number=ticket.number)
    if until is None or until <= now or (ticket.solve_due is not None and until <= ticket.solve_due):
        raise Refused("refused.not_later", number=ticket.number)


def decline(ticket: Ticket, now: datetime, by: By, request: Request, reason: str = "") -> Moved:
    """Not granted: the old deadline stands, the matter goes on."""
    data: dict[str, Datum] = {"what": request.what, "reason": reason.strip()}
    return _unchanged(ticket, TicketEvent("declined", now, by.person, by.account, data))


def pending(history: Iterable[TicketEvent]) -> Request | None:
    """The question that waits for an answer, from a ticket's history (oldest first)."""
    found: Request | None = None
    for event in history:
        if event.kind == "asked":
            until = event.data.get("until")
            found = Request(
                what=cast(Asked, event.data["what"]),
                reason=str(event.data.get("reason") or ""),
                at=event.at,
                by_person=event.by_person,
                until=datetime.fromisoformat(str(until)) if until else None,
            )
        elif event.kind in _ANSWERS:
            found = None
    return found


def _unchanged(ticket: Ticket, event: TicketEvent) -> Moved:
    return replace(ticket, version=ticket.version + 1), event
