"""A report becomes a ticket, or a part of one: number, deadlines, lines, voices, and the first cards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain import moves, sla
from domain.areas import Group
from domain.errors import Refused
from domain.fears import is_feared
from domain.messages import Outgoing
from domain.people import Account
from domain.reading import Category, Nature, Tier, Where
from domain.tickets import Against, Ticket, TicketEvent, is_emergency, number_of
from handlers.context import Context, Speaker
from handlers.deeds import alarms, fearing, posting, privacy
from handlers.deeds.acting import by, keep
from handlers.deeds.joining import join as join

_HOUSE = frozenset({"unit", "building"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What was heard. `lines` are the lines it is made of, the one to reply to last; `sure` False asks the staff
    only; `area` where the fault is and `group` where it was told, if not to be taken from the speaker.
    `sensitive` and `against` are told from the words where they are not given; `voices` say the same beside him;
    `feared`: people may be in danger."""

    lines: tuple[int, ...]
    category: Category
    urgency: int
    where: Where
    summary: str
    text: str
    nature: Nature | None
    tags: tuple[str, ...]
    sure: bool
    private: bool
    on_behalf_of: str | None
    reopens: int | None
    ask_where: bool
    confidence: float
    why: tuple[str, ...]
    area: int | None = None
    group: Group | None = None
    sensitive: bool | None = None
    against: Against | None = None
    against_person: int | None = None
    voices: tuple[Account, ...] = ()
    feared: bool = False


def open_ticket(ctx: Context, speaker: Speaker, opening: Opening) -> tuple[Ticket, list[Outgoing]]:
    """The ticket, and its first cards. Refused when nobody can tell in which area it lies."""
    ticket = _ticket(ctx, speaker, opening)
    line = opening.lines[-1] if opening.lines else None
    asks = opening.ask_where and opening.sure and not ticket.sensitive
    ticket = ctx.store.tickets.insert(
        ticket,
        last_at=ctx.now,
        tags=opening.tags,
        why=opening.why,
        asked_where=speaker.account.id if asks else None,
    )
    event = TicketEvent(
        "opened" if opening.sure else "proposed",
        ctx.now,
        speaker.actor.person,
        speaker.account.id,
        {
            "category": ticket.category,
            "urgency": ticket.urgency,
            "confidence": round(opening.confidence, 4),
            "asked_where": asks,
        },
    )
    ctx.store.tickets.add_event(ticket, event, line)
    for one in opening.lines:
        ctx.store.tickets.attach_line(ticket.id, one)
    for voice in (speaker.account, *opening.voices):
        ctx.store.tickets.add_voice(ticket.id, voice.id, voice.name, ctx.now)
    if not opening.sure and line is not None and _may_be_asked_about(ctx, ticket):
        ctx.store.opinions.want(ticket, line, ctx.now)
    found = announce(ctx, ticket, line, new=True) if opening.sure else posting.post_staff(ctx, ticket)
    if is_feared(ticket):
        found += fearing.ask(ctx, ticket)
    ctx.store.outbox.begin(found)
    return ticket, found


def _may_be_asked_about(ctx: Context, ticket: Ticket) -> bool:
    """What a language model may see, where there is one: talk of a residents' group that nobody wants kept from others,
    and nothing that cannot wait."""
    group = ctx.store.areas.group(ticket.group) if ticket.group is not None else None
    open_talk = group is not None and group.audience == "residents" and not ticket.private and not ticket.sensitive
    waits = not (is_emergency(ticket) or is_feared(ticket))
    return bool(ctx.settings.language_model.url) and open_talk and waits


def announce(ctx: Context, ticket: Ticket, line: int | None = None, *, new: bool = False) -> list[Outgoing]:
    """The first cards of a ticket that stands, and its alarms. Unless it is new the staff have theirs already."""
    if new:
        alarms.begin(ctx, ticket)
    else:
        alarms.watch(ctx, ticket)
    # Staff first: whom the residents are told of must have been told.
    found = posting.post_staff(ctx, ticket) if new else posting.refresh(ctx, ticket)
    calls = is_emergency(ticket) and ticket.status == "open"
    found += posting.call_on_duty(ctx, ticket, again=calls and not new)
    if calls:
        # What the first rung calls has just been called.
        climbed = sum(1 for rung in ctx.settings.emergency.ladder if rung.minutes == 0)
        alarms.watch_ladder(ctx, ticket, climbed)
    return posting.tell_residents(ctx, ticket, line) + found


def settle(ctx: Context, speaker: Speaker, ticket: Ticket, line: int | None) -> list[Outgoing]:
    """What was only proposed is a report after all, by what was said since: the residents get their card."""
    moved, event = moves.register(ticket, ctx.now, by(speaker))
    new = keep(ctx, speaker, ticket, (sla.with_clocks(moved, ctx.settings, start=ctx.now), event))
    return announce(ctx, new, line)


def _ticket(ctx: Context, speaker: Speaker, opening: Opening) -> Ticket:
    group = opening.group or speaker.group
    area = _area(speaker, opening, group)
    seat = ctx.store.areas.seat(ctx.store.areas.get(area).path)
    community = next((one for one in seat.chain if one.id == seat.community), None)
    district = next((one for one in seat.chain if one.id == seat.district), seat.chain[0])
    label = (community.label if community is not None else "") or district.label or (community or district).name
    seq = ctx.store.areas.next_number(district.id, label)
    # The summary is mostly a line of the text.
    told_apart = opening.summary not in opening.text.split("\n")
    said = f"{opening.summary}\n{opening.text}" if told_apart else opening.text
    sensitive = privacy.is_sensitive(said) if opening.sensitive is None else opening.sensitive
    due = (
        sla.deadlines(opening.category, opening.nature, opening.urgency, ctx.now, ctx.settings)
        if opening.sure
        else None
    )
    against = opening.against or privacy.accused(said, opening.category, opening.nature)
    return Ticket(
        id=0,
        number=number_of(label, seq),
        label=label,
        seq=seq,
        district=district.id,
        community=community.id if community is not None else 0,
        area=area,
        tier=group.tier if group is not None else _tier(ctx, area, seat.community),
        category=opening.category,
        nature=opening.nature,
        urgency=opening.urgency,
        status="open" if opening.sure else "proposed",
        private=_is_private(opening, sensitive=sensitive, against=against),
        summary=opening.summary,
        where=opening.where,
        group=group.id if group is not None else None,
        reporter_account=speaker.account.id,
        reporter_person=speaker.actor.person,
        reporter_name=speaker.account.name,
        on_behalf_of=opening.on_behalf_of,
        assignee=None,
        department=None,
        opened_at=ctx.now,
        first_due=due.first if due is not None else None,
        solve_due=due.solve if due is not None else None,
        answered_at=None,
        taken_at=None,
        done_at=None,
        closed_at=None,
        result=None,
        rating=None,
        reopened=0,
        reopens=opening.reopens,
        extended=False,
        confidence=opening.confidence,
        version=0,
        against=against,
        against_person=opening.against_person,
        sensitive=sensitive,
        feared_at=ctx.now if opening.feared else None,
    )


def _is_private(opening: Opening, *, sensitive: bool, against: Against | None) -> bool:
    """An emergency is never kept from those on duty because it was told in private; nothing of it but the number
    and what to do stands in the group's card."""
    if sensitive or against is not None or opening.category == "legal_dispute":
        return True
    return opening.private and opening.category != "emergency"


def _area(speaker: Speaker, opening: Opening, group: Group | None) -> int:
    if opening.area is not None:
        return opening.area
    if group is not None:
        return group.area
    if speaker.seat is not None and speaker.seat.chain:
        return speaker.seat.chain[-1].id
    raise Refused("refused.unknown_area")


def _tier(ctx: Context, area: int, community: int | None) -> Tier:
    """Where a matter begins that no group saw: in the house it concerns, else in the community."""
    if ctx.store.areas.get(area).kind in _HOUSE:
        return "unit"
    return "community" if community is not None else "district"


def proposed_to_open(ctx: Context, ticket: Ticket) -> Ticket:
    """Clocks for a report that staff have just confirmed: the residents' time begins when they are told."""
    return sla.with_clocks(replace(ticket, answered_at=None), ctx.settings, start=ctx.now)
