"""The line with which a worker answers in a group that no bot can write to: it may be read by everybody there."""

from __future__ import annotations

from domain.tickets import Ticket
from handlers import recipients
from handlers.context import Context
from handlers.deeds.emergencies import line_for
from handlers.texts import say
from handlers.wording import what, words_of


def paste_back(ctx: Context, ticket: Ticket, name: str | None, tongue: str, *, said_there: bool) -> str:
    """No door, no phone; of what is private neither what it is nor whose. `said_there`: everybody has read who said
    it; who told it to the worker alone is not named along with it. Where there is danger, what to do at once comes
    first. Of sensitive matters nothing may be said there at all (SERVICE.md §2)."""
    receipt = _receipt(ticket, name, tongue, said_there)
    urgent = line_for(ctx, ticket, tongue)
    return f"{urgent}\n{receipt}" if urgent else receipt


def _receipt(ticket: Ticket, name: str | None, tongue: str, said_there: bool) -> str:
    number = ticket.number
    if recipients.is_discreet(ticket):
        return say("care.paste_line", tongue, what=say("handed.it", tongue), number=number)
    words = what(ticket, tongue) if words_of(ticket) else ""
    if name is not None and words and said_there:
        return say("handed.paste_both", tongue, name=name, what=words, number=number)
    if name is not None:
        return say("care.paste_person", tongue, name=name, number=number)
    return say("care.paste_line", tongue, what=words or say("handed.it", tongue), number=number)
