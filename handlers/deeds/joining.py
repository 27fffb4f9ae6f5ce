"""One more line about a ticket: another voice, a photo, the place that was missing. Cards are edited, never added."""

from __future__ import annotations

from domain.messages import Outgoing
from domain.reading import Category, Where
from domain.tickets import Ticket, TicketEvent, possible
from handlers.context import Context, Speaker
from handlers.deeds import posting
from handlers.deeds.amending import amend, joined_places


def join(
    ctx: Context,
    speaker: Speaker,
    ticket: Ticket,
    *,
    line: int | None,
    voice: bool = False,
    where: Where | None = None,
    category: Category | None = None,
    urgency: int | None = None,
    private: bool | None = None,
    sensitive: bool = False,
    summary: str | None = None,
) -> list[Outgoing]:
    """The line belongs to the ticket; `voice`: its speaker has the same trouble. What is not None corrects, as
    far as that is still possible; talk never makes a matter less urgent. `sensitive`: the line tells of violence at
    home or of farewell, so that from now on only the trusted see it. `summary`: the report was worded anew."""
    tickets = ctx.store.tickets
    before = tickets.photos(ticket.id)
    if line is not None:
        tickets.attach_line(ticket.id, line, "voice" if voice else "report")
    tickets.touch(ticket.id, ctx.now)
    new_voice = voice and tickets.add_voice(ticket.id, speaker.account.id, speaker.account.name, ctx.now)
    if new_voice:
        event = TicketEvent("joined", ctx.now, speaker.actor.person, speaker.account.id)
        tickets.add_event(ticket, event, line)
    changes = _changes(ticket, where, category, urgency, private)
    words = summary if summary != ticket.summary else None
    sensitive = sensitive and not ticket.sensitive
    if (changes is not None or words is not None or sensitive) and possible(ticket, "correct"):
        place, kind, degree, secret = changes or (None, None, None, None)
        _, found = amend(
            ctx,
            speaker,
            ticket,
            category=kind,
            urgency=degree,
            where=place,
            private=secret,
            sensitive=sensitive,
            summary=words,
        )
        return found
    if new_voice or tickets.photos(ticket.id) != before:
        return posting.refresh(ctx, ticket)
    return []


def _changes(
    ticket: Ticket, where: Where | None, category: Category | None, urgency: int | None, private: bool | None
) -> tuple[Where | None, Category | None, int | None, bool | None] | None:
    """What really is new, or None."""
    place = where if where is not None and joined_places(ticket.where, where) != ticket.where else None
    kind = category if category != ticket.category else None
    degree = urgency if urgency is not None and urgency > ticket.urgency else None
    secret = True if private and not ticket.private else None
    if place is None and kind is None and degree is None and secret is None:
        return None
    return place, kind, degree, secret
