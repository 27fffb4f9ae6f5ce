"""People may be in danger, but nobody is sure: staff are to look at the matter at once, and what they do settles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.tickets import ACTIVE, By, Moved, Ticket, TicketEvent, is_emergency

SOON = 2  # the urgency of what cannot wait, and is no alarm


def is_feared(ticket: Ticket) -> bool:
    """Whether staff have yet to look whether anybody is in danger. An alarm that is only proposed has called nobody."""
    if ticket.feared_at is None or ticket.status not in ACTIVE:
        return False
    return ticket.status == "proposed" or not is_emergency(ticket)


def fear(ticket: Ticket, now: datetime, by: By) -> Moved | None:
    """What was said since lets fear for somebody. None where that is known, or the matter has ended."""
    if ticket.feared_at is not None or ticket.status not in ACTIVE or is_emergency(ticket):
        return None
    new = replace(ticket, urgency=SOON, feared_at=now, version=ticket.version + 1)
    return new, TicketEvent("feared", now, by.person, by.account)


def looked_at(ticket: Ticket) -> Ticket:
    """One of the staff has acted: he has seen it, and knows now more than the words tell."""
    return replace(ticket, feared_at=None) if ticket.feared_at is not None else ticket
