"""What somebody asked for on a visit becomes a ticket: for the staff alone, since visits tell of people's health."""

from __future__ import annotations

import re

from domain.archive import HouseholdKey
from domain.errors import Refused
from domain.listening import Notes
from domain.messages import Account, Outgoing
from domain.reading import Category, Reading, Where
from domain.tickets import Ticket
from handlers.answers import among_residents, here, quietly
from handlers.cards import residents_key
from handlers.care.doors import estate_names, place_of
from handlers.care.entries import Written, receipt, write
from handlers.context import Context, Speaker
from handlers.deeds.opening import Opening, open_ticket
from nlu.diary import parse_visit, wish

# Matters of the house, of which nobody's private life can be read.
PUBLIC: frozenset[Category] = frozenset({"public_repair", "community_report", "public_security"})
# What an office grants is asked for at the office, whatever else the words sound like (申请轮椅 is no renovation).
_OFFICE = re.compile(
    r"申请|补贴|补助|津贴|轮椅|拐杖|助听器|护理床|低保|救助|残疾证|居住证|医保|社保|养老|助餐|送餐|体检|家政|招工|招人|贷款|政策"
)
_THINGS: frozenset[Category] = frozenset({"public_repair", "home_repair", "emergency", "public_security"})


def note_visit(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing] | None:
    """ "3-2-402 王奶奶血压偏高，要申请轮椅": the entry, the visit ticked off, the ticket. None when no door or firm is
    named."""
    notes, asked = _told(words, estate_names(ctx, speaker))
    if notes is None:
        return None
    written = write(ctx, speaker, notes, speaker.line)
    if asked is None or written.door.choices:
        # Which door it is has just been asked: the wish is registered when he says it again in full.
        return [_answer(ctx, speaker, receipt(ctx, speaker, written, waits=asked is not None))]
    ticket, outgoing = raise_ticket(ctx, speaker, written, asked, speaker.line)
    # Our answer says that it is registered; the reporter's own card would say it a second time.
    own = [one for one in outgoing if one.card == residents_key(ticket.id) and one.to == Account(speaker.account.id)]
    outgoing = [one for one in outgoing if one not in own]
    return [*outgoing, _answer(ctx, speaker, receipt(ctx, speaker, written, ticket.number))]


def _told(words: str, estates: tuple[str, ...]) -> tuple[Notes | None, str | None]:
    visit = parse_visit(f"#走访 {words}", estates)
    if visit is not None:
        return Notes(visit.household, visit.kind, visit.note, visit.estate, visit.person), visit.wish
    door, _, rest = words.strip().partition(" ")
    try:
        return Notes(str(HouseholdKey.parse(door)), "resident", rest.strip() or words), wish(rest)
    except Refused:
        return None, None


def _answer(ctx: Context, speaker: Speaker, text: str) -> Outgoing:
    return quietly(speaker, text) if among_residents(speaker) else here(speaker, text)


def raise_ticket(
    ctx: Context, speaker: Speaker, written: Written, asked: str, line: int | None
) -> tuple[Ticket, list[Outgoing]]:
    """Opens a ticket for the wish and ties the entry to it. The residents hear of it only
    where it is a public matter told in their own group."""
    entry, household = written.entry, written.door.household
    reading = read_as_report(ctx, speaker, asked)
    category = reading.category or "consultation"
    if category not in _THINGS and _OFFICE.search(asked):
        category = "consultation"
    where = Where(place=entry.household) if household is None and entry.kind == "enterprise" else Where()
    if household is not None:
        where = place_of(household)
    ticket, outgoing = open_ticket(
        ctx,
        speaker,
        Opening(
            lines=(line,) if line is not None else (),
            category=category,
            urgency=min(max(reading.urgency, 1), 2) if category != "emergency" else 3,
            where=where,
            summary=summary(entry.person_name, asked),
            text=asked,
            nature=reading.nature or "求助",
            tags=tuple(sorted({*reading.tags, *entry.tags})),
            sure=True,
            private=category not in PUBLIC,
            on_behalf_of=entry.person_name or entry.household or None,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=("走访",),
            area=household.area if household is not None else None,
            group=None,
        ),
    )
    ctx.store.diary.became(entry.id, ticket.id)
    return ticket, outgoing


def summary(person: str | None, asked: str) -> str:
    """王奶奶要申请轮椅: the wish as a title of one breath."""
    words = asked if person is None or asked.startswith(person) else f"{person}{asked}"
    return words if len(words) <= 40 else words[:39] + "…"


def read_as_report(ctx: Context, speaker: Speaker, text: str) -> Reading:
    """What a worker hands in is a report already; a dry line is read as its resident would have put it."""
    sent_at = speaker.event.sent_at
    reading = ctx.reader.read(text, tier="unit", sent_at=sent_at)
    if reading.category is not None:
        return reading
    return ctx.reader.read(f"{text}，麻烦来看看", tier="unit", sent_at=sent_at)
