"""A second one of the staff comes along (协办): the first keeps it, and the others know that there are two."""

from __future__ import annotations

from domain import moves
from domain.errors import Refused
from domain.messages import Outgoing
from domain.tickets import Ticket
from handlers.context import Context, Speaker
from handlers.deeds import posting
from handlers.deeds.acting import by, keep
from handlers.deeds.handling import claim


def claim_or_help(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """我去 in plain words, whoever has it: it is taken, or he helps. Who asks for it by 接单 is told who has it."""
    try:
        return claim(ctx, speaker, ticket)
    except Refused as refused:
        if refused.key != "refused.taken_by_other":
            raise
    new = keep(ctx, speaker, ticket, moves.help_along(ticket, ctx.now, by(speaker)))
    return (
        posting.refresh_for_staff(ctx, new)
        if (new.helpers, new.feared_at) != (ticket.helpers, ticket.feared_at)
        else []
    )
