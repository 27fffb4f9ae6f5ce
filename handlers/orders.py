"""Matters that another system filed: each becomes a ticket or joins one, and what is done about it there is followed.

They are reports already, and nobody is asked. Whether one is the same as an open matter the listener decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import structlog

from domain import moves
from domain.areas import Area, place_of
from domain.listening import Line
from domain.messages import Filed, Outgoing
from domain.people import Account, Actor
from domain.tickets import By, Ticket, possible
from handlers.context import Context, Speaker
from handlers.deeds import opening, posting
from handlers.deeds.acting import keep
from handlers.listening.details import summary
from handlers.listening.hearing import keep_line
from handlers.listening.place import area_of, read_at
from handlers.listening.rehearsal import Paper, rehearse
from handlers.listening.scene import TICKETS_SEEN
from handlers.texts import say
from storage.areas import Seat
from storage.orders import OutsideOrder

log = structlog.get_logger()


def take(ctx: Context, filed: Filed) -> list[Outgoing]:
    """The order as it is now; the same again changes nothing. An order of an area that nobody knows goes to the
    district, and to nobody where there are several."""
    order = ctx.store.orders.find(filed.at.channel, filed.order)
    account = ctx.store.people.account(filed.at.channel, filed.sender.user_id, filed.sender.name, ctx.now)
    outgoing: list[Outgoing] = []
    if order is None:
        area = _area(ctx, filed)
        if area is None:
            log.warning("order_of_no_area", order=filed.order, grid=filed.grid, do="minqing wecom grid")
            return []
        ticket, outgoing = _register(ctx, filed, account, ctx.store.areas.seat(area.path))
        order = ctx.store.orders.add(filed.at.channel, filed.order, ticket.id, ctx.now)
    return outgoing + _follow(ctx, filed, account, order)


def grid_key(grid: str) -> str:
    """Under which name a channel remembers which area a grid there is."""
    return f"grid:{grid}"


def _area(ctx: Context, filed: Filed) -> Area | None:
    known = ctx.store.channel_state.get(filed.at.channel, grid_key(filed.grid), ctx.now) if filed.grid else None
    everywhere = ctx.store.areas.below("/")
    by_id = {area.id: area for area in everywhere}
    if known is not None and int(known) in by_id:
        return by_id[int(known)]
    named = [area for area in everywhere if area.name == filed.grid_name]
    districts = [area for area in everywhere if area.kind == "district"]
    found = named if len(named) == 1 else districts if len(districts) == 1 else []
    return found[0] if found else None


def _register(ctx: Context, filed: Filed, account: Account, seat: Seat) -> tuple[Ticket, list[Outgoing]]:
    actor = Actor(account=account.id)
    tongue = ctx.settings.office.language
    # With the line it is sealed, and whoever handles the ticket finds it there; no card shows it.
    phone = f"\n{say('orders.phone', tongue, phone=filed.phone)}" if filed.phone else ""
    speaker = Speaker(account, actor, filed.at, None, seat, private=True, event=filed)
    speaker = keep_line(ctx, speaker, replace(filed, text=filed.text + phone))
    reading = read_at(ctx, seat)(filed.text, "community", filed.sent_at)
    line = Line(
        id=speaker.line or 0,
        group=0,
        speaker=-1,
        name=account.name,
        role="resident",
        text=filed.text,
        sent_at=filed.sent_at,
        photo=bool(filed.media),
        reading=reading,
    )
    known = ctx.store.known.around(
        community=seat.community,
        district=seat.district,
        since=ctx.now - timedelta(days=ctx.settings.listening.match_days),
        limit=TICKETS_SEEN,
        resident=None,
    )
    live = tuple(one for one in known if one.status not in ("done", "closed") and not one.private)
    estates = tuple(area.name for area in ctx.store.areas.estates(seat.chain[-1].path))
    drafts = rehearse([line], Paper(live, place_of(seat.chain), estates))
    draft = drafts[0] if drafts else None
    if draft is not None and draft.ticket is not None:
        ticket = ctx.store.tickets.get(draft.ticket)
        return ticket, opening.join(ctx, speaker, ticket, line=speaker.line, voice=True)
    where = draft.where if draft is not None else reading.where
    home = place_of(seat.chain).estate or (estates[0] if len(estates) == 1 else None)
    where = replace(where, estate=where.estate or home)
    if filed.spot is not None and where.place is None:
        where = replace(where, place=filed.spot.name or None)
    heard = draft.category if draft is not None else reading.category
    return opening.open_ticket(
        ctx,
        speaker,
        opening.Opening(
            lines=(speaker.line,) if speaker.line is not None else (),
            category=filed.category or heard or "community_report",
            urgency=max(filed.urgency, draft.urgency if draft is not None else reading.urgency, 1),
            where=where,
            summary=summary(line) or say("orders.bare", tongue),
            text=filed.text,
            nature=reading.nature,
            tags=reading.tags,
            sure=True,
            private=draft.private if draft is not None else False,
            on_behalf_of=None,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=("政民沟通",),
            area=area_of(ctx, seat, where),
        ),
    )


def _follow(ctx: Context, filed: Filed, account: Account, order: OutsideOrder) -> list[Outgoing]:
    """Steps there that the ticket does not show yet become notes; solved there, it ends here."""
    new = [step for step in filed.steps if step.key not in order.noted]
    ticket = ctx.store.tickets.get(order.ticket)
    by = By(account=account.id)
    changed = False
    for step in new:
        ticket = keep(ctx, None, ticket, moves.note(ticket, ctx.now, by, step.text))
        changed = True
    if new:
        ctx.store.orders.note(order, tuple(step.key for step in new), ctx.now)
    # What others reported too is not over because one of them is content.
    own = ticket.reporter_account == account.id
    if filed.solved is not None and own and possible(ticket, "done"):
        result = filed.solved.strip() or say("orders.solved", ctx.settings.office.language)
        ticket = keep(ctx, None, ticket, moves.finish(ticket, ctx.now, by, result))
        # He is asked how it was over there, if anywhere.
        ticket = keep(ctx, None, ticket, moves.close(ticket, ctx.now, by, why="solved_there"))
        changed = True
    return posting.refresh(ctx, ticket) if changed else []
