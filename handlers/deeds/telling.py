"""Single lines beside the cards: to a worker, to the reporter, and the one with which a ticket ends in its group."""

from __future__ import annotations

from domain.areas import Group
from domain.messages import Account, Address, Button, Media, Outgoing, Person, Priority
from domain.tickets import Ticket, is_emergency
from handlers import cards, recipients
from handlers.context import Context, Speaker
from handlers.deeds.posting import report_in
from handlers.deeds.quiet import is_quiet, priority_of, tongue_of, unasked_at
from handlers.texts import say
from handlers.wording import is_named, matter, sentence, shareable, what


def whisper(ctx: Context, ticket: Ticket, person: int | None, key: str, **params: object) -> list[Outgoing]:
    """A private line to one of ours."""
    if person is None:
        return []
    text = say(key, tongue_of(ctx, person), **params)
    return [Outgoing(to=Person(person), text=text, priority=priority_of(ticket), not_before=unasked_at(ctx, ticket))]


def tell_privately(
    ctx: Context,
    ticket: Ticket,
    text: str,
    *,
    card: str | None = None,
    buttons: tuple[Button, ...] = (),
    media: tuple[Media, ...] = (),
) -> list[Outgoing]:
    """A private line to the reporter, unasked; nothing where he cannot be reached. Each is a card of its own, so that
    an answer to it is known to be about the ticket, and a channel that may only send notices can tell of it."""
    to = recipients.reporter(ctx, ticket)
    if to is None:
        return []
    return [
        Outgoing(
            to=to,
            text=text,
            card=card or cards.told_key(ticket),
            buttons=buttons,
            media=media,
            priority=priority_of(ticket),
            not_before=unasked_at(ctx, ticket),
        )
    ]


def that_it_is_done(
    ctx: Context, ticket: Ticket, result: str, tongue: str, *, asks: bool, number: str | None = None
) -> str:
    """The words for its reporter, or for whoever handed it in for him; `number` where he knows another ticket's."""
    if recipients.by_proxy(ctx, ticket):
        return to_pass_on(ticket, result, tongue, asks=asks)
    return say(
        "private.done" if asks else "private.done_told",
        tongue,
        name=ticket.reporter_name,
        matter=matter(ticket, tongue),
        number=number or ticket.number,
        result=result,
    )


def to_pass_on(ticket: Ticket, result: str, tongue: str, *, asks: bool) -> str:
    """That it is done, for the worker who reported it for somebody: a line to paste, and whether he is to ask how it
    is. What stands in the line may be read by a whole group."""
    discreet = recipients.is_discreet(ticket)
    line = say(
        "handed.done_line", tongue,
        name=say("handed.done_name", tongue, name=ticket.on_behalf_of) if ticket.on_behalf_of and not discreet else "",
        matter=say("handed.matter", tongue) if discreet or not is_named(ticket, tongue) else matter(ticket, tongue),
        number=ticket.number,
        result=sentence(say("closing.plain", tongue)) if discreet else shareable(result, tongue),
    )  # fmt: skip
    told = say("handed.done", tongue, number=ticket.number, result=result, line=line)
    return f"{told}\n{say('handed.done_ask', tongue)}" if asks else told


def answer_reporter(ctx: Context, speaker: Speaker, text: str, *, in_group: bool) -> list[Outgoing]:
    """To a reporter who has just spoken: where he did if that was private, else in his private chat; in the
    group only if it must be said and there is no other way."""
    to: Address | Account = speaker.at
    if not speaker.private:
        if speaker.account.chat is not None:
            to = Account(speaker.account.id)
        elif not in_group:
            return []
    reply = to == speaker.at and not speaker.private
    return [
        Outgoing(
            to=to,
            text=text,
            mode="reply" if reply else "new",
            replies_to=speaker.event.id if reply else None,
            priority=Priority.ANSWER,
            silent=is_quiet(ctx, speaker.group),
        )
    ]


def close_in_group(ctx: Context, ticket: Ticket, text: str, media: tuple[Media, ...] = ()) -> list[Outgoing]:
    """The one line with which it ends where it began, as a reply to the card there."""
    room = recipients.home_room(ctx, ticket)
    if room is None or recipients.is_discreet(ticket):
        return []
    standing = ctx.store.outbox.remotes(room.channel, room.chat, cards.residents_key(ticket.id))
    at, report = report_in(ctx, ticket, room, None)
    remote = standing[0] if standing else report
    return [
        Outgoing(
            to=at,
            text=sentence(text),
            card=cards.closing_key(ticket.id),
            mode="reply" if remote is not None else "new",
            replies_to=remote,
            media=media,
            priority=priority_of(ticket),
            not_before=unasked_at(ctx, ticket, room),
        )
    ]


def in_staff_room(ctx: Context, ticket: Ticket, room: Group, text: str) -> Outgoing:
    """A word to a staff group that has not got the ticket itself; replying to it means the ticket."""
    return Outgoing(
        to=room.address,
        text=text,
        card=cards.staff_key(ticket.id, room.tier),
        priority=priority_of(ticket),
        not_before=unasked_at(ctx, ticket, room),
    )


def stop(ctx: Context, speaker: Speaker, ticket: Ticket, key: str) -> list[Outgoing]:
    """Who was on his way is told that he need not go; of an emergency everybody who was called."""
    persons = {ticket.assignee} if ticket.assignee is not None else set()
    if is_emergency(ticket):
        persons |= set(ctx.store.tickets.extra(ticket.id).told)
    found: list[Outgoing] = []
    for person in sorted(persons - {speaker.actor.person}, key=lambda one: one or 0):
        if person is not None:
            found += whisper(ctx, ticket, person, key, number=ticket.number, what=what(ticket, tongue_of(ctx, person)))
    return found
