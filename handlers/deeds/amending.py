"""Puts right what was misheard: category, place, urgency, privacy; with new deadlines, cards, and those on duty."""

from __future__ import annotations

from dataclasses import replace

from domain import moves, sla
from domain.messages import Outgoing
from domain.reading import Category, Where
from domain.tickets import Ticket, is_emergency
from handlers import cards, recipients
from handlers.context import Context, Speaker
from handlers.deeds import alarms, posting
from handlers.deeds.acting import by, keep
from handlers.listening.place import area_of
from storage.ticket_lines import CorrectionKind


def joined_places(old: Where, new: Where) -> Where:
    """What was added or changed; another house or unit takes the old door with it."""
    if new.building and old.building and new.building != old.building:
        old = Where(estate=old.estate)
    elif new.unit and old.unit and new.unit != old.unit:
        old = replace(old, unit=None, floor=None, room=None)
    return Where(
        estate=new.estate or old.estate,
        building=new.building or old.building,
        unit=new.unit or old.unit,
        floor=new.floor or old.floor,
        room=new.room or old.room,
        place=new.place or old.place,
    )


def amend(
    ctx: Context,
    speaker: Speaker,
    ticket: Ticket,
    *,
    category: Category | None = None,
    urgency: int | None = None,
    where: Where | None = None,
    private: bool | None = None,
    sensitive: bool = False,
    summary: str | None = None,
    reason: str = "",
) -> tuple[Ticket, list[Outgoing]]:
    """The ticket put right and what is to be said; Refused where nothing changes or it may not be."""
    place = joined_places(ticket.where, where) if where is not None else None
    grave = sensitive and not ticket.sensitive
    moved, event = moves.correct(
        # Even of what was private already it is news that it is now for the trusted alone.
        replace(ticket, sensitive=True, private=False) if grave else ticket,
        ctx.now,
        by(speaker),
        category=category,
        urgency=urgency,
        where=place,
        private=private or grave,
        summary=summary,
        reason=reason,
    )
    if place is not None:
        here = ctx.store.areas.get(ticket.area).path
        moved = replace(moved, area=area_of(ctx, ctx.store.areas.seat(here), place))
    if moved.status != "proposed":
        history = [kept.event for kept in ctx.store.tickets.events(ticket.id)]
        moved = sla.recounted(ticket, moved, history, ctx.now, ctx.settings)
    new = keep(ctx, speaker, ticket, (moved, event))
    if new.where.building or new.where.place or new.where.house:
        ctx.store.tickets.asked_where(new.id, None, None)
    _remember(ctx, speaker, ticket, new)
    hide = (new.private and not ticket.private) or grave
    found = posting.refresh(ctx, new, hide=hide)
    if _is_called_anew(ticket, new) and not recipients.is_discreet(new):
        # What is said once more in the group need not stand above it as well.
        found = [one for one in found if one.card != cards.residents_key(new.id)]
    if hide and new.status != "proposed":
        found += posting.post_staff(ctx, new)
    return new, found + _call(ctx, ticket, new, speaker.line)


def _is_called_anew(old: Ticket, new: Ticket) -> bool:
    """Lives may depend on what was none before: all its cards are sent once more, since an edit rings nobody."""
    in_hand = new.status == "taken" and new.assignee is not None
    return is_emergency(new) and not is_emergency(old) and (in_hand or new.status == "open")


def _call(ctx: Context, old: Ticket, new: Ticket, line: int | None) -> list[Outgoing]:
    """Those on duty when it has become urgent; everybody when lives may depend on it, the group included:
    that is the one case in which it speaks there a second time."""
    grave = _is_called_anew(old, new)
    if new.status == "taken" and grave and new.assignee is not None:
        # It is in somebody's hands, but he set out for something that could wait.
        found = posting.call(ctx, new, [new.assignee], again=True) + posting.call_on_duty(ctx, new)
        return found + posting.post_staff(ctx, new) + posting.tell_residents(ctx, new, line)
    if new.status != "open" or (new.urgency <= old.urgency and not grave):
        return []
    found = posting.call_on_duty(ctx, new, again=grave)
    if grave:
        alarms.watch_ladder(ctx, new, sum(1 for rung in ctx.settings.emergency.ladder if rung.minutes == 0))
        found += posting.post_staff(ctx, new) + posting.tell_residents(ctx, new, line)
    return found


def _remember(ctx: Context, speaker: Speaker, old: Ticket, new: Ticket) -> None:
    changed: list[tuple[CorrectionKind, str, str]] = []
    if new.category != old.category:
        changed.append(("category", old.category, new.category))
    if new.urgency != old.urgency:
        changed.append(("urgency", str(old.urgency), str(new.urgency)))
    if new.where != old.where:
        changed.append(("where", spelled(old.where), spelled(new.where)))
    for kind, was, became in changed:
        ctx.store.tickets.add_correction(
            new,
            kind,
            ctx.now,
            was=was,
            became=became,
            text=cards.words_of(ctx, new),
            line=speaker.line,
            person=speaker.actor.person,
            account=speaker.account.id,
        )


def spelled(where: Where) -> str:
    """A place as one string of its parts, for learning from."""
    return "|".join(getattr(where, name) or "" for name in Where.__slots__)
