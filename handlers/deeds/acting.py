"""What every deed begins and ends with: whether he may, and keeping what became of the ticket."""

from __future__ import annotations

from domain import people
from domain.areas import contains
from domain.errors import Refused
from domain.fears import looked_at
from domain.people import Action
from domain.tickets import By, Moved, Ticket
from handlers import recipients
from handlers.context import Context, Speaker
from handlers.deeds import alarms


def allow(ctx: Context, speaker: Speaker, action: Action, ticket: Ticket) -> None:
    """Refused unless the permission table lets him, or would in his own part of the room where both were heard."""
    if not (recipients.may(ctx, speaker.actor, action, ticket) or _in_its_room(speaker, action, ticket)):
        raise Refused("refused.not_allowed", action=str(action))


def _in_its_room(speaker: Speaker, action: Action, ticket: Ticket) -> bool:
    """A matter told in a wide room, of which nobody could tell in whose part of it the place is, may be anyone's who
    works in a part: he has heard it like everybody, and answers it before the eyes of all."""
    room = speaker.group
    if room is None or (room.id, room.area) != (ticket.group, ticket.area):
        return False
    return any(
        contains(room.area_path, post.area_path) and people.may(speaker.actor, action, ticket, post.area_path)
        for post in speaker.actor.posts
    )


def by(speaker: Speaker) -> By:
    return By(speaker.actor.person, speaker.account.id)


def keep(ctx: Context, speaker: Speaker | None, old: Ticket, moved: Moved) -> Ticket:
    """Save the ticket with its event, keep the line that did it, and set the clocks anew."""
    ticket, event = moved
    if speaker is not None and speaker.actor.posts and event.kind != "feared":
        ticket = looked_at(ticket)
    ctx.store.tickets.save(ticket, old.version, ctx.now if speaker is not None else None)
    line = speaker.line if speaker is not None else None
    ctx.store.tickets.add_event(ticket, event, line)
    if line is not None:
        ctx.store.lines.keep([line])
    alarms.watch(ctx, ticket)
    if ticket.status == "open" and old.status == "taken":
        alarms.watch_untaken(ctx, ticket)
    if ticket.status == "closed" and old.status != "closed":
        alarms.watch_callback(ctx, ticket)
    return ticket
