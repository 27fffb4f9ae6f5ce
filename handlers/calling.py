"""Whom to write to about a ticket, unasked, and how often on a day (SERVICE.md §2).

Who may not know of the ticket is never among them (handlers/recipients.py).
"""

from __future__ import annotations

from domain.messages import Button, Outgoing, Priority
from domain.messages import Person as To
from domain.people import Person, Role
from domain.reading import Tier
from domain.tickets import Ticket, next_tier
from handlers import held, recipients
from handlers.answers import language_of
from handlers.context import Context
from handlers.texts import listed, say
from storage.pushes import Pushes, push_key


def on_post(ctx: Context, ticket: Ticket, role: Role) -> list[Person]:
    """Those in this role closest to the place; in sensitive matters only the two who are trusted with them."""
    ids = recipients.trusted(ctx, ticket) if ticket.sensitive else recipients.holders(ctx, ticket, (role,))
    return [person for person in map(ctx.store.people.get, ids) if person.active]


def in_charge(ctx: Context, ticket: Ticket) -> list[Person]:
    """Whoever took it, else the staff of its department, else who answers for the tier where it is."""
    if ticket.assignee is not None:
        return [ctx.store.people.get(ticket.assignee)]
    if ticket.department is not None:
        staff = {post.person for post in ctx.store.people.staff_of_department(ticket.department)}
        if staff:
            return [person for person in map(ctx.store.people.get, sorted(staff)) if person.active]
    return _answering(ctx, ticket, ticket.tier)


def whose(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """The names of those in charge, or that there is nobody."""
    return listed((one.name for one in in_charge(ctx, ticket)), tongue) or say("timed.nobody", tongue)


def leads(ctx: Context, ticket: Ticket, tier: Tier | None = None) -> list[Person]:
    """Who leads one tier above the ticket's (or the tier given); the next one up where there is nobody."""
    return _answering(ctx, ticket, tier or next_tier(ticket.tier) or "district")


def _answering(ctx: Context, ticket: Ticket, tier: Tier) -> list[Person]:
    above: Tier | None = tier
    while above is not None:
        for role in recipients.LEADS[above]:
            if found := on_post(ctx, ticket, role):
                return found
        above = next_tier(above)
    return []


def push(
    ctx: Context,
    ticket: Ticket,
    person: Person,
    about: str,
    text: str,
    buttons: tuple[Button, ...] = (),
    *,
    hold: bool = True,
) -> Outgoing | None:
    """A private message about a ticket, once for each `about`, with what was held for its reader; None when it is not
    urgent and the person has had the day's number of pushes: it is held for him, unless it comes again by itself."""
    day = ctx.now.astimezone(ctx.settings.office.tz).date()
    urgent = ticket.urgency >= 2
    if not urgent and Pushes(ctx.store.connection).on(person.id, day) >= ctx.settings.morning.pushes_a_day:
        if hold:
            held.hold(ctx, person.id, ticket, about)
        return None
    if waiting := held.take(ctx, person.id, told=text):
        text = "\n".join([text, say("timed.held.also", language_of(ctx, person.id)), *waiting])
    key = f"{about}:{ticket.id}:{ticket.reopened}"
    return Outgoing(
        to=To(person.id),
        text=text,
        card=f"ticket:{ticket.id}:reminder:{person.id}",
        buttons=buttons,
        priority=Priority.NOTICE,
        once=f"urgent:{person.id}:{key}" if urgent else push_key(person.id, day, key),
    )
