"""Words out of attachments: a voice message is taken as if it had been written, a photo's words are put down."""

from __future__ import annotations

from dataclasses import replace

from domain import moves
from domain.messages import Address, Outgoing, ReadOut, Said, Sender
from domain.reading import Where
from domain.tickets import By, Ticket, possible
from handlers.context import Context
from handlers.deeds import posting
from handlers.deeds.acting import keep
from handlers.listening.place import area_of
from handlers.texts import say

NOBODY = By()
SHOWN = 200


def as_said(ctx: Context, words: ReadOut) -> Said | None:
    """The voice message again, with its words, by whoever sent it; what was passed on is said by another. None where
    it is forgotten or was answered by words of the platform's own."""
    line = ctx.store.lines.get(words.line)
    room: Address | None = ctx.store.lines.room_of(words.line)
    remote = ctx.store.lines.remote_of(words.line)
    if words.kind != "voice" or line is None or line.text or room is None or remote is None:
        return None
    account = ctx.store.people.account_by_id(line.speaker)
    passed_on = ctx.store.media.forwarded(words.media, words.text)
    return Said(
        at=room,
        id=remote,
        sender=Sender(account.user_id, account.name),
        sent_at=line.sent_at,
        private=line.private,
        text=words.text,
        replies_to=ctx.store.lines.remote_of(line.replies_to) if line.replies_to is not None else None,
        forwarded=(passed_on,) if passed_on is not None else (),
    )


def keep_voice(ctx: Context, words: ReadOut, said: Said) -> None:
    """What was said stays with the tickets that its words came to, to be listened to."""
    written = ctx.store.lines.at(said.at.channel, said.at.chat, said.id)
    if written is not None and written != words.line:
        for ticket in ctx.store.tickets.tickets_of_lines([written]).get(written, ()):
            ctx.store.tickets.attach_line(ticket, words.line, "note")


def note(ctx: Context, words: ReadOut) -> list[Outgoing]:
    """A note on the photo's tickets with what stands in it, and the place where none was known."""
    if words.kind != "photo":
        return []
    outgoing: list[Outgoing] = []
    for ticket_id in ctx.store.tickets.tickets_of_lines([words.line]).get(words.line, ()):
        ticket = ctx.store.tickets.get(ticket_id)
        if not possible(ticket, "note"):
            continue
        text = say("read_out.photo", ctx.settings.office.language, words=words.text[:SHOWN])
        ticket = keep(ctx, None, ticket, moves.note(ticket, ctx.now, NOBODY, text))
        outgoing += posting.refresh(ctx, _placed(ctx, ticket, words.text))
    return outgoing


def _placed(ctx: Context, ticket: Ticket, text: str) -> Ticket:
    """What people say of the place counts; a photo only tells where nobody has said anything."""
    where = ctx.reader.read(text, tier=ticket.tier).where
    named = Where(building=where.building, unit=where.unit) if where.building else Where(place=where.place)
    if not named or ticket.where.building or ticket.where.place or not possible(ticket, "correct"):
        return ticket
    place = replace(named, estate=ticket.where.estate)
    moved, event = moves.correct(ticket, ctx.now, NOBODY, where=place)
    here = ctx.store.areas.seat(ctx.store.areas.get(ticket.area).path)
    ctx.store.tickets.asked_where(ticket.id, None, None)
    return keep(ctx, None, ticket, (replace(moved, area=area_of(ctx, here, place)), event))
