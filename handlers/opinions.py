"""A second opinion on what staff were asked about: it becomes a ticket, or nothing. Staff who were faster are right."""

from __future__ import annotations

from dataclasses import replace

from domain import moves, sla
from domain.messages import Advised, Outgoing
from domain.reading import Category
from domain.tickets import By, Ticket, TicketEvent, is_emergency
from handlers.context import Context
from handlers.deeds import posting
from handlers.deeds.acting import keep
from handlers.deeds.amending import joined_places
from handlers.deeds.opening import announce
from handlers.listening.place import area_of
from handlers.texts import say
from nlu.similar import gist, usual_category

NOBODY = By()


def take(ctx: Context, advised: Advised) -> list[Outgoing]:
    """Nothing of it is learnt from, and nothing that may be an emergency is ever taken away by it."""
    ticket = ctx.store.tickets.get(advised.ticket)
    if ticket.status != "proposed" or ticket.private:
        return []
    if advised.report:
        return _register(ctx, _put_right(ctx, ticket, advised))
    if is_emergency(ticket):
        return []
    rejected = keep(ctx, None, ticket, moves.reject(ticket, ctx.now, NOBODY))
    _note(ctx, rejected, "listening.opinion.nothing")
    return posting.refresh(ctx, rejected)


def _register(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    moved, event = moves.register(ticket, ctx.now, NOBODY)
    new = keep(ctx, None, ticket, (sla.with_clocks(moved, ctx.settings, start=ctx.now), event))
    _note(ctx, new, "listening.opinion.report")
    line = next(iter(ctx.store.tickets.lines_of(new.id)[-1:]), None)
    return announce(ctx, new, line)


def _put_right(ctx: Context, ticket: Ticket, advised: Advised) -> Ticket:
    """The model has only pointed at words; what they mean our own reader says. A place is completed, never changed."""
    named = ctx.reader.read(advised.place, tier=ticket.tier).where if advised.place else None
    where = joined_places(named, ticket.where) if named is not None else ticket.where
    category = _category(ctx, ticket, advised.place + advised.matter)
    if where == ticket.where and category == ticket.category:
        return ticket
    moved, event = moves.correct(ticket, ctx.now, NOBODY, category=category, where=where)
    here = ctx.store.areas.seat(ctx.store.areas.get(ticket.area).path)
    return keep(ctx, None, ticket, (replace(moved, area=area_of(ctx, here, where)), event))


def _category(ctx: Context, ticket: Ticket, words: str) -> Category:
    """Of the words alone, where they are plain; an emergency is never made of a pointer."""
    read = ctx.reader.read(words, tier=ticket.tier).category or usual_category(gist(words))
    return read if read is not None and read != "emergency" else ticket.category


def _note(ctx: Context, ticket: Ticket, key: str) -> None:
    text = say(key, ctx.settings.office.language)
    ctx.store.tickets.add_event(ticket, TicketEvent("note", ctx.now, data={"text": text}))
