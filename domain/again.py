"""What is said once more of a matter that has ended: it is kept, and asks nobody for anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import Refused
from domain.tickets import By, Datum, Moved, Ticket, TicketEvent


def finish_again(ticket: Ticket, now: datetime, by: By, result: str) -> Moved:
    """What was told as done is told so once more: the later words are the result. How it was rated stays."""
    if ticket.status not in ("done", "closed"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="done")
    if not result.strip():
        raise Refused("refused.needs_result", number=ticket.number)
    new = replace(ticket, result=result.strip(), done_at=now, version=ticket.version + 1)
    return new, TicketEvent("done", now, by.person, by.account, {"result": result.strip(), "again": True})


def rate_again(ticket: Ticket, now: datetime, by: By, words: str) -> Moved:
    """A second good word by somebody who has given one: kept in the history, and counted no second time."""
    if ticket.status != "closed" or ticket.rating not in (1, 2):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="rate")
    data: dict[str, Datum] = {"rating": ticket.rating, "words": words.strip(), "again": True}
    return replace(ticket, version=ticket.version + 1), TicketEvent("rate", now, by.person, by.account, data)
