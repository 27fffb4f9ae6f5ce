"""What the bot got wrong: no report at all, a report after all, another category or place, the same matter twice."""

from __future__ import annotations

from domain import moves, sla
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.reading import Category, Where
from domain.tickets import Ticket, TicketEvent, is_emergency, possible
from handlers import cards, recipients
from handlers.context import Context, Speaker
from handlers.deeds import along, closing, posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.amending import amend
from handlers.deeds.opening import announce
from storage.ticket_lines import CorrectionKind


def reject(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """不是报事: undone, and remembered as something to learn from. What neighbours reported too goes on."""
    allow(ctx, speaker, Action.REJECT, ticket)
    if possible(ticket, "reject") and (others := closing.is_not_his_alone(ctx, speaker, ticket)):
        return closing.goes_on(ctx, speaker, ticket, others)
    words = cards.words_of(ctx, ticket)
    new = keep(ctx, speaker, ticket, moves.reject(ticket, ctx.now, by(speaker)))
    _learn(ctx, speaker, new, "reject", ticket.category, "none", words)
    stopped = telling.stop(ctx, speaker, ticket, "staff.cancelled")
    return posting.refresh(ctx, new) + stopped + along.tell_rejected(ctx, new)


def register(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """登记: staff say that it is one. Now the residents get their card, and the clocks begin."""
    allow(ctx, speaker, Action.REGISTER, ticket)
    moved, event = moves.register(ticket, ctx.now, by(speaker))
    new = keep(ctx, speaker, ticket, (sla.with_clocks(moved, ctx.settings, start=ctx.now), event))
    _learn(ctx, speaker, new, "register", "none", new.category, cards.words_of(ctx, new))
    if ctx.store.outbox.rooms_of(cards.residents_key(new.id)):
        # It was registered once before: the card in the group comes back to life.
        return posting.refresh(ctx, new)
    return announce(ctx, new)


def raise_alarm(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """确有危险: it is an emergency, whatever it was taken for, and all are called who are for one."""
    allow(ctx, speaker, Action.RAISE, ticket)
    found: list[Outgoing] = []
    if not (is_emergency(ticket) and ticket.status == "proposed"):
        # Who is beaten is in danger as well, and belongs to the police.
        category: Category = ticket.category if ticket.category == "public_security" else "emergency"
        ticket, found = amend(ctx, speaker, ticket, category=category, urgency=3)
    return register(ctx, speaker, ticket) if ticket.status == "proposed" else found


def correct(
    ctx: Context,
    speaker: Speaker,
    ticket: Ticket,
    *,
    category: Category | None = None,
    urgency: int | None = None,
    where: Where | None = None,
    reason: str = "",
) -> list[Outgoing]:
    """更正: what is not None replaces; deadlines and cards follow."""
    allow(ctx, speaker, Action.CORRECT, ticket)
    if category == ticket.category and urgency is None and where is None:
        return _confirm(ctx, speaker, ticket)
    return amend(ctx, speaker, ticket, category=category, urgency=urgency, where=where, reason=reason)[1]


def _confirm(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """Staff name the category that it has: nothing changes, but it is worth learning."""
    who = by(speaker)
    same = {"category_from": ticket.category, "category_to": ticket.category}
    ctx.store.tickets.add_event(ticket, TicketEvent("correct", ctx.now, who.person, who.account, same), speaker.line)
    _learn(ctx, speaker, ticket, "category", ticket.category, ticket.category, cards.words_of(ctx, ticket))
    return []


def merge(ctx: Context, speaker: Speaker, ticket: Ticket, into: Ticket) -> list[Outgoing]:
    """并案: `ticket` ends, its voices and lines go over to `into`; whoever reported it is told at the end of that."""
    allow(ctx, speaker, Action.MERGE, ticket)
    allow(ctx, speaker, Action.MERGE, into)
    _check_secrets(ticket, into)
    new = keep(ctx, speaker, ticket, moves.merge(ticket, ctx.now, by(speaker), into))
    _learn(ctx, speaker, new, "merge", new.number, into.number, cards.words_of(ctx, ticket))
    voices = ctx.store.tickets.move_records(ticket.id, into.id)
    who = by(speaker)
    event = TicketEvent("joined", ctx.now, who.person, who.account, {"merged": ticket.number, "voices": voices})
    ctx.store.tickets.add_event(into, event, speaker.line)
    ctx.store.tickets.touch(into.id, ctx.now)
    return posting.refresh(ctx, new) + posting.refresh(ctx, into)


def _check_secrets(ticket: Ticket, into: Ticket) -> None:
    """What a whole group waits for may not end in private, nor a complaint before everybody."""
    hidden, shown = (into, ticket) if recipients.is_discreet(into) else (ticket, into)
    if not recipients.is_discreet(hidden) or recipients.is_discreet(shown):
        return
    if not recipients.may_be_hinted(hidden):
        raise Refused("refused.merge_apart", number=hidden.number, other=shown.number)
    if hidden is into:
        raise Refused("refused.merge_round", number=into.number, other=ticket.number)


def _learn(
    ctx: Context, speaker: Speaker, ticket: Ticket, kind: CorrectionKind, was: str, became: str, words: str
) -> None:
    ctx.store.tickets.add_correction(
        ticket,
        kind,
        ctx.now,
        was=was,
        became=became,
        text=words,
        line=speaker.line,
        person=speaker.actor.person,
        account=speaker.account.id,
    )
