"""A platform let a letter of ours not in and will let in no other: a group is gone for us, a private chat is shut.

What is busy, away or has moved is not meant: that is tried again, and changes nothing.
"""

from __future__ import annotations

from domain.messages import Address, Barred, Outgoing, Person, Priority
from handlers import leaving
from handlers.asked import ticket_of_card
from handlers.context import Context
from handlers.deeds.alarms import hurry
from handlers.delivery import room_of
from storage.letters import Letter


def barred(ctx: Context, incoming: Barred) -> list[Outgoing]:
    """Of a group as of being thrown out. A private chat is none until its reader writes again: he gets the letter where
    else he can be reached, and where that is nowhere, the ladder of an emergency goes on at once."""
    room = incoming.at
    if ctx.store.areas.in_room(room):
        return leaving.thrown_out(ctx, room, refused=True)
    person = ctx.store.people.lose_chat(room.channel, room.chat)
    if person is None:
        return []
    [letter] = ctx.store.outbox.letters([incoming.letter])
    elsewhere = room_of(ctx.store, Person(person), ctx.now)
    if elsewhere is not None:
        return [_to_him(letter, person, elsewhere)] if letter.mode == "new" else []
    ticket = ticket_of_card(letter.card)
    found = ctx.store.tickets.find(ticket) if ticket is not None else None
    if found is not None:
        hurry(ctx, found)
    return []


def _to_him(letter: Letter, person: int, elsewhere: Address) -> Outgoing:
    return Outgoing(
        to=Person(person),
        text=letter.text,
        card=letter.card,
        buttons=letter.buttons,
        # A photo is known to its own platform only.
        media=letter.media if elsewhere.channel == letter.to.channel else (),
        priority=Priority(letter.priority),
        silent=letter.silent,
    )
