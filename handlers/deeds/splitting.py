"""Two matters in one ticket (拆单): one of them gets a ticket of its own, of the same reporter, in the same group."""

from __future__ import annotations

from dataclasses import replace

from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket, TicketEvent
from handlers import cards
from handlers.context import Context, Speaker
from handlers.deeds.acting import allow, by
from handlers.deeds.amending import joined_places
from handlers.deeds.opening import Opening, open_ticket
from handlers.listening.place import area_of, read_at
from handlers.texts import say


def split(ctx: Context, speaker: Speaker, ticket: Ticket, words: str) -> tuple[Ticket, list[Outgoing]]:
    """`words` tell the matter that goes out of `ticket`; where they name no house it is the same. What was kept from
    others stays so. Remembered as a correction with those words."""
    allow(ctx, speaker, Action.MERGE, ticket)
    reading = read_at(ctx, speaker.seat)(words, ticket.tier, speaker.event.sent_at)
    where = joined_places(ticket.where, reading.where)
    said = ctx.store.lines.many(ctx.store.tickets.lines_of(ticket.id, ["report"]))
    told_in = [line.id for line in said if words in line.text] or [line.id for line in said[:1]]
    new, outgoing = open_ticket(
        ctx,
        _reporter(ctx, speaker, ticket),
        Opening(
            lines=tuple(told_in),
            category=reading.category or ticket.category,
            urgency=max(reading.urgency, 1),
            where=where,
            summary=words,
            text=words,
            nature=reading.nature,
            tags=reading.tags,
            sure=True,
            private=ticket.private,
            on_behalf_of=ticket.on_behalf_of,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=(f"{ticket.number} 拆单",),
            area=area_of(ctx, ctx.store.areas.seat(ctx.store.areas.get(ticket.area).path), where),
            group=ctx.store.areas.group(ticket.group) if ticket.group is not None else None,
            sensitive=ticket.sensitive or None,
            against=ticket.against,
            against_person=ticket.against_person,
        ),
    )
    who = by(speaker)
    for one, other in ((ticket, new), (new, ticket)):
        text = say("command.split.note", ctx.settings.office.language, number=other.number)
        ctx.store.tickets.add_event(one, TicketEvent("note", ctx.now, who.person, who.account, {"text": text}))
    ctx.store.tickets.add_correction(
        ticket,
        "split",
        ctx.now,
        was=ticket.number,
        became=new.number,
        text=cards.words_of(ctx, ticket),
        line=speaker.line,
        person=speaker.actor.person,
        account=speaker.account.id,
    )
    return new, outgoing


def _reporter(ctx: Context, speaker: Speaker, ticket: Ticket) -> Speaker:
    """Whoever reported the whole reports its part; he who splits, where nobody is known."""
    if ticket.reporter_account is None:
        return speaker
    account = ctx.store.people.account_by_id(ticket.reporter_account)
    actor = ctx.store.people.actor(account, ctx.settings.sensitive.people)
    return replace(speaker, account=account, actor=actor, line=None)
