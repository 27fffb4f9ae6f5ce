"""Those whose own reports went into a ticket (并单) hear how that one ended, each under the number that he knows."""

from __future__ import annotations

from collections.abc import Iterator

from domain.messages import Outgoing
from domain.tickets import Ticket
from handlers import cards, merged, recipients
from handlers.context import Context
from handlers.deeds import telling
from handlers.texts import say
from handlers.wording import matter, sentence, shareable, what


def tell_done(ctx: Context, ticket: Ticket, done: str, *, asks: bool) -> list[Outgoing]:
    """That it is done, and where others may know it, how."""
    tongue = ctx.settings.office.language
    plain = sentence(say("closing.plain", tongue))
    result = sentence(shareable(done, tongue)) if done and not recipients.is_discreet(ticket) else plain
    found: list[Outgoing] = []
    for old in _reports(ctx, ticket):
        asked = asks and not recipients.by_proxy(ctx, old)
        found += telling.tell_privately(
            ctx,
            old,
            telling.that_it_is_done(ctx, old, result, tongue, asks=asked, number=ticket.number),
            card=cards.rating_key(ticket.id) if asked else None,
            buttons=cards.rating_buttons(ticket, tongue) if asked else (),
        )
    return found


def tell_impossible(ctx: Context, ticket: Ticket, reason: str) -> list[Outgoing]:
    """That it cannot be done, and where others may know it, why. By his own number he may ask for it again."""
    tongue = ctx.settings.office.language
    untold = say("closing.untold", tongue)
    result = sentence(untold if recipients.is_discreet(ticket) else shareable(reason, tongue))
    return _tell_each(ctx, ticket, "private.impossible", result=result)


def tell_withdrawn(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """That nobody sees to it any more: who told it in private need not have read what was said in the group."""
    return _tell_each(ctx, ticket, "private.ended_along")


def tell_rejected(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """That staff took it for nothing to see to: so it may have been what they read, and not what he told."""
    return _tell_each(ctx, ticket, "private.rejected_along")


def _tell_each(ctx: Context, ticket: Ticket, key: str, **params: object) -> list[Outgoing]:
    tongue = ctx.settings.office.language
    return [
        line
        for old in _reports(ctx, ticket)
        for line in telling.tell_privately(
            ctx,
            old,
            say(key, tongue, name=old.reporter_name, matter=matter(old, tongue), what=what(old, tongue),
                number=old.number, **params),
        )
    ]  # fmt: skip


def _reports(ctx: Context, ticket: Ticket) -> Iterator[Ticket]:
    """One of each reporter who can be written to: nothing sensitive, and nobody who hears of the ticket itself."""
    told = [recipients.reporter(ctx, ticket)]
    for old in merged.came_along(ctx, ticket):
        to = recipients.reporter(ctx, old)
        if to not in told and not old.sensitive:
            told.append(to)
            yield old
