"""Puts a ticket's cards where they belong, and edits them where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain import sla
from domain.areas import Group
from domain.messages import Address, Button, Outgoing, Person, Priority
from domain.reading import TIERS
from domain.tickets import Ticket, is_emergency
from handlers import cards, recipients, staff_card
from handlers.context import Context
from handlers.deeds.emergencies import line_for
from handlers.deeds.quiet import is_quiet, priority_of, tongue_of, unasked_at
from handlers.delivery import reached_now
from handlers.texts import say
from handlers.wording import heard, moment
from storage.attached import Part

REPORT: tuple[Part, ...] = ("report",)


# new cards


def tell_residents(ctx: Context, ticket: Ticket, line: int | None = None) -> list[Outgoing]:
    """The one card in the group, as a reply to what was said; of a matter that is nobody else's business, a
    word to the reporter alone."""
    if recipients.is_discreet(ticket):
        return _tell_reporter(ctx, ticket, line)
    room = recipients.home_room(ctx, ticket)
    if room is None:
        return _tell_reporter(ctx, ticket, line)
    return [_in_group(ctx, ticket, room, cards.residents(ctx, ticket), line)]


def _in_group(ctx: Context, ticket: Ticket, room: Group, text: str, line: int | None) -> Outgoing:
    at, remote = report_in(ctx, ticket, room, line)
    return Outgoing(
        to=at,
        text=text,
        card=cards.residents_key(ticket.id),
        mode="reply" if remote is not None else "new",
        replies_to=remote,
        priority=priority_of(ticket, Priority.ANSWER),
        silent=is_quiet(ctx, room) and not is_emergency(ticket),
    )


def report_in(ctx: Context, ticket: Ticket, room: Group, line: int | None) -> tuple[Address, str | None]:
    """Where in that room it was reported, to the topic, and the platform's id of the report: of the given line, else
    of the latest one."""
    lines = [line] if line is not None else []
    lines += reversed(ctx.store.tickets.lines_of(ticket.id, REPORT))
    for one in lines:
        said = ctx.store.lines.room_of(one)
        if said is not None and (said.channel, said.chat) == (room.channel, room.chat):
            return said, ctx.store.lines.remote_of(one)
    return room.address, None


def _tell_reporter(ctx: Context, ticket: Ticket, line: int | None) -> list[Outgoing]:
    tongue = ctx.settings.office.language
    to = recipients.reporter(ctx, ticket)
    if recipients.home_room(ctx, ticket) is None and recipients.reported_by_staff(ctx, ticket):
        # 代报, a visit, a word in the staff group: he is answered by what he used.
        return []
    if to is None:
        room = recipients.home_room(ctx, ticket)
        if room is None or ticket.sensitive:
            return []
        return [_in_group(ctx, ticket, room, say("card.private", tongue), line)]
    text = say("sensitive.reporter", tongue) if ticket.sensitive else _private_words(ctx, ticket, tongue)
    return [
        Outgoing(
            to=to,
            text=text,
            card=cards.residents_key(ticket.id),
            priority=priority_of(ticket, Priority.ANSWER),
            silent=is_quiet(ctx) and not is_emergency(ticket),
        )
    ]


def _private_words(ctx: Context, ticket: Ticket, tongue: str) -> str:
    words = line_for(ctx, ticket, tongue)
    due = moment(ticket.first_due or ctx.now, ctx.now, ctx.settings, tongue)
    key = "private.opened" if recipients.is_discreet(ticket) else "private.noted"
    words += say(key, tongue, heard=heard(ticket, tongue), number=ticket.number, due=due)
    if ctx.store.tickets.extra(ticket.id).asked_where_of is not None:
        key = "private.ask_where.village" if cards.is_of_village(ctx, ticket) else "private.ask_where"
        words += "\n" + say(key, tongue, thing=say("card.ask_where.thing", tongue))
    return words


def post_staff(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """The card with buttons: to the staff group of its tier, or to single people where no group may read it."""
    if recipients.is_discreet(ticket):
        return confide(ctx, ticket, recipients.confidants(ctx, ticket))
    room = recipients.staff_room(ctx, ticket)
    if room is None:
        return call(ctx, ticket, recipients.holders(ctx, ticket, recipients.LEADS[ticket.tier]))
    tongue = ctx.settings.office.language
    return [_in_staff_room(ctx, ticket, room, staff_card.text(ctx, ticket, tongue), tongue)]


def _in_staff_room(ctx: Context, ticket: Ticket, room: Group, text: str, tongue: str) -> Outgoing:
    return Outgoing(
        to=room.address,
        text=text,
        card=cards.staff_key(ticket.id, room.tier),
        buttons=staff_card.buttons(ticket, tongue),
        priority=priority_of(ticket),
        not_before=unasked_at(ctx, ticket, room),
    )


def call(ctx: Context, ticket: Ticket, persons: Iterable[int], *, again: bool = False) -> list[Outgoing]:
    """A card of their own, in their own chats, for those who have none yet (or `again`: it is now theirs)."""
    told = () if again else ctx.store.tickets.extra(ticket.id).told
    new = [person for person in dict.fromkeys(persons) if person not in told]
    ctx.store.tickets.tell(ticket.id, new)
    return [
        Outgoing(
            to=Person(person),
            text=staff_card.text(ctx, ticket, tongue_of(ctx, person)),
            card=cards.person_key(ticket.id, person),
            buttons=staff_card.buttons(ticket, tongue_of(ctx, person)),
            priority=priority_of(ticket),
            not_before=unasked_at(ctx, ticket),
        )
        for person in new
    ]


def confide(ctx: Context, ticket: Ticket, persons: Sequence[int], *, again: bool = False) -> list[Outgoing]:
    """Cards of their own; and where somebody of them has no chat in which we can speak up (offices that only have a
    robot in the staff group), a card without a word of the matter in that group, so that it is not missed.
    Never of what is sensitive or against somebody."""
    found = call(ctx, ticket, persons, again=again)
    room = recipients.staff_room(ctx, ticket)
    if room is None or not recipients.may_be_hinted(ticket):
        return found
    if all(reached_now(ctx.store, Person(person), ctx.now) for person in persons):
        return found
    tongue = ctx.settings.office.language
    return [
        *found,
        _in_staff_room(ctx, ticket, room, staff_card.masked(ctx, ticket, tongue), tongue),
    ]


def call_on_duty(ctx: Context, ticket: Ticket, *, again: bool = False) -> list[Outgoing]:
    """What cannot wait goes to those on duty besides; of a discreet matter they know already, or must not. `again`: the
    card that they have asks less of them, and an edit rings nobody."""
    if not sla.goes_at_once(ticket) or recipients.is_discreet(ticket):
        return []
    return call(ctx, ticket, recipients.on_duty(ctx, ticket), again=again)


# edits


def refresh(ctx: Context, ticket: Ticket, *, hide: bool = False) -> list[Outgoing]:
    """Every card that stands somewhere, with what is true now. `hide`: it has just become private, so that
    what was said of it in shared rooms is taken back."""
    discreet = recipients.is_discreet(ticket)
    told = ctx.store.tickets.extra(ticket.id).told
    ctx.store.outbox.expect_cards(
        [
            cards.residents_key(ticket.id),
            *(cards.staff_key(ticket.id, tier) for tier in TIERS),
            *(cards.person_key(ticket.id, person) for person in told),
        ]
    )
    found: list[Outgoing] = []
    if not discreet or hide:
        found += edit(ctx, cards.residents_key(ticket.id), cards.residents(ctx, ticket))
        found += _refresh_staff(ctx, ticket, hide=discreet)
    else:
        if recipients.may_be_hinted(ticket):
            found += _refresh_staff(ctx, ticket, hide=False)
        if ticket.status in ("withdrawn", "rejected"):
            found += edit(ctx, cards.residents_key(ticket.id), cards.ended(ctx, ticket))
    for person in told:
        speech = tongue_of(ctx, person)
        text = say("staff.hidden" if discreet else "staff.elsewhere", speech, number=ticket.number)
        buttons: tuple[Button, ...] = ()
        if recipients.may_see(ctx, ticket, person):
            text, buttons = staff_card.text(ctx, ticket, speech), staff_card.buttons(ticket, speech)
        found += edit(ctx, cards.person_key(ticket.id, person), text, buttons)
    return found


def refresh_for_staff(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """The cards of those who work on it, where something changed that the residents' card does not tell."""
    return [one for one in refresh(ctx, ticket) if one.card != cards.residents_key(ticket.id)]


def _refresh_staff(ctx: Context, ticket: Ticket, *, hide: bool) -> list[Outgoing]:
    """The cards in staff groups; only where the ticket is now can anything be pressed."""
    tongue = ctx.settings.office.language
    room = recipients.staff_room(ctx, ticket)
    if hide:
        text = say("staff.hidden", tongue, number=ticket.number)
    elif recipients.is_discreet(ticket):
        text = staff_card.masked(ctx, ticket, tongue)
    else:
        text = staff_card.text(ctx, ticket, tongue)
    found: list[Outgoing] = []
    for tier in TIERS:
        here = not hide and room is not None and room.tier == tier
        found += edit(ctx, cards.staff_key(ticket.id, tier), text, staff_card.buttons(ticket, tongue) if here else ())
    return found


def edit(ctx: Context, card: str, text: str, buttons: tuple[Button, ...] = ()) -> list[Outgoing]:
    """The card in every room where it stands; nothing where it stands nowhere."""
    return [
        Outgoing(to=room, text=text, card=card, mode="edit", buttons=buttons, silent=True)
        for room in ctx.store.outbox.rooms_of(card)
    ]
