"""What somebody asked for on a visit becomes a ticket: for the staff alone, since visits tell of people's health."""

from __future__ import annotations

from domain.archive import HouseholdKey
from domain.errors import Refused
from domain.listening import Notes
from domain.messages import Account, Outgoing
from domain.reading import Category, Reading, Where
from domain.tickets import Ticket
from domain.visits import Cared
from handlers.answers import among_residents, here, quietly
from handlers.cards import residents_key
from handlers.care.doors import estate_names, place_of
from handlers.care.entries import Round, Written, receipts, write
from handlers.care.stood_in import cared_by
from handlers.context import Context, Speaker
from handlers.deeds.opening import Opening, open_ticket
from handlers.listening.place import read_at, villages_at
from nlu.diary import Visit, parse_visits, wish
from nlu.visit_pieces import Setting
from nlu.visit_words import OFFICE

# Matters of the house, of which nobody's private life can be read.
PUBLIC: frozenset[Category] = frozenset({"public_repair", "community_report", "public_security"})
_THINGS: frozenset[Category] = frozenset({"public_repair", "home_repair", "emergency", "public_security"})


def note_visit(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing] | None:
    """ "3-2-402 王奶奶血压偏高，要申请轮椅": the entry, the visit ticked off, the ticket; of a round each. None
    when neither door nor firm nor one of his own people is named."""
    setting = Setting(village=bool(villages_at(ctx, speaker.seat, words)))
    told = _told(words, estate_names(ctx, speaker), setting, _cared(ctx, speaker))
    if not told:
        return None
    round_ = Round()
    letters: list[Outgoing] = []
    waits = False
    for place, (notes, asked) in enumerate(told):
        written = round_.written[place] = write(ctx, speaker, notes, speaker.line)
        asked = asked or wish(written.before)
        if asked is None or written.door.choices:
            # Which door it is has just been asked: the wish is registered when he says it again in full.
            waits = waits or asked is not None
            continue
        ticket, outgoing = raise_ticket(ctx, speaker, written, asked, speaker.line)
        round_.tickets[place] = ticket.number
        # Our answer says that it is registered; the reporter's own card would say it a second time.
        mine = Account(speaker.account.id)
        letters += [one for one in outgoing if one.card != residents_key(ticket.id) or one.to != mine]
    return [*letters, _answer(ctx, speaker, receipts(ctx, speaker, round_.told(), waits=waits))]


def _cared(ctx: Context, speaker: Speaker) -> tuple[Cared, ...]:
    if speaker.actor.person is None:
        return ()
    day = speaker.event.sent_at.astimezone(ctx.settings.office.tz).date()
    return cared_by(ctx, speaker.actor.person, day)


def _told(
    words: str, estates: tuple[str, ...], setting: Setting, cared: tuple[Cared, ...]
) -> list[tuple[Notes, str | None]]:
    visits = parse_visits(f"#走访 {words}", estates, setting=setting, cared=cared)
    if visits:
        return [(_as_notes(visit), visit.wish) for visit in visits]
    door, _, rest = words.strip().partition(" ")
    try:
        return [(Notes(str(HouseholdKey.parse(door)), "resident", rest.strip() or words), wish(rest))]
    except Refused:
        return []


def _as_notes(visit: Visit) -> Notes:
    return Notes(
        visit.household,
        visit.kind,
        visit.note,
        visit.estate,
        visit.person,
        choices=visit.choices,
        unmet=visit.unmet,
        gone=visit.gone,
    )


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
    if category not in _THINGS and OFFICE.search(asked):
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
    reading = read_at(ctx, speaker.seat)(text, "unit", sent_at)
    if reading.category is not None:
        return reading
    return read_at(ctx, speaker.seat)(f"{text}，麻烦来看看", "unit", sent_at)
