"""A second one of the staff comes along (协办): the first keeps it, and the others know that there are two."""

from __future__ import annotations

from domain import moves
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers import recipients
from handlers.context import Context, Speaker
from handlers.deeds import posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.handling import claim
from handlers.deeds.quiet import tongue_of
from handlers.wording import title, what


def claim_or_help(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """我去 in plain words, whoever has it: it is taken, or he helps. Who asks for it by 接单 is told who has it.

    What was told aloud in a room and is only for those who are trusted with such matters he may not take; that he is
    on his way he may say like anybody who heard it. He sees no more of it than before, and they learn of him."""
    try:
        return claim(ctx, speaker, ticket)
    except Refused as refused:
        if refused.key == "refused.not_allowed" and _heard_it_told(speaker, ticket):
            allow(ctx, speaker, Action.COME_ALONG, ticket)
        elif refused.key != "refused.taken_by_other":
            raise
    return _help(ctx, speaker, ticket)


def _heard_it_told(speaker: Speaker, ticket: Ticket) -> bool:
    return speaker.group is not None and speaker.group.id == ticket.group


def _help(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    new = keep(ctx, speaker, ticket, moves.help_along(ticket, ctx.now, by(speaker)))
    if (new.helpers, new.feared_at) == (ticket.helpers, ticket.feared_at):
        return []
    found = posting.refresh_for_staff(ctx, new)
    if recipients.is_discreet(new) and new.assignee is None:
        for person in recipients.confidants(ctx, new):
            found += telling.whisper(ctx, new, person, "staff.on_the_way", **_who(ctx, speaker, new, person))
    return found


def _who(ctx: Context, speaker: Speaker, ticket: Ticket, to: int) -> dict[str, object]:
    tongue = tongue_of(ctx, to)
    worker = title(ctx, speaker.actor.person, recipients.path_of(ctx, ticket), tongue)
    return {"number": ticket.number, "what": what(ticket, tongue), "worker": worker}
