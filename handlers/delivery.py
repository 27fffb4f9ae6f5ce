"""From what handlers return to rows of the outbox: finds the private chat of a person, and the rooms of a card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

import structlog

from domain import people
from domain.messages import Account, Address, Outgoing, Person
from storage.reach import NEVER, NOW, reach
from storage.store import Store

log = structlog.get_logger()


def post(store: Store, messages: Iterable[Outgoing], now: datetime, district: int | None = None) -> int:
    """Queue messages. Returns how many were queued; what has no way to its reader is logged and left out."""
    reached = _reaching(store, messages, now, partial(_rooms_for, store))
    return sum(store.outbox.queue(message, room, now, district) for message, room in reached)


def post_once(store: Store, messages: Iterable[Outgoing], now: datetime, district: int | None = None) -> None:
    """As `post`, in one go, for messages that each have a `once` key and a new card of their own."""
    messages = list(messages)
    known = store.people.rooms_of_each([one.to.id for one in messages if isinstance(one.to, Person)])
    reached = _reaching(store, messages, now, lambda person: known.get(person, ()))
    store.outbox.put_once(list(reached), now, district)


def _reaching(
    store: Store, messages: Iterable[Outgoing], now: datetime, his: Callable[[int], Sequence[Address]]
) -> Iterator[tuple[Outgoing, Address]]:
    """Those that have a way to their reader, with the room; what has none is logged. `his`: a
    person's private chats."""
    for message in messages:
        room = _room_of(store, message.to, now, his)
        if room is None:
            log.info("nobody_to_reach", card=message.card, once=message.once)
        elif isinstance(message.to, Address) and message.card is not None and _was_left(store, room):
            # A card of a matter that began there: the bot is gone, nobody there is told any more.
            log.info("room_was_left", card=message.card)
        else:
            yield message, room


def _was_left(store: Store, room: Address) -> bool:
    return store.areas.group_at(room) is None and store.areas.has_left(room)


def room_of(store: Store, to: Address | Person | Account, now: datetime) -> Address | None:
    """Where a message goes: a room as it is, a person to that of his accounts which can be written to just now."""
    return _room_of(store, to, now, partial(_rooms_for, store))


def _room_of(
    store: Store, to: Address | Person | Account, now: datetime, his: Callable[[int], Sequence[Address]]
) -> Address | None:
    if isinstance(to, Address):
        return to
    rooms = his(to.id) if isinstance(to, Person) else _chats([store.people.account_by_id(to.id)])
    if len(rooms) < 2:
        return rooms[0] if rooms else None
    return min(rooms, key=lambda room: reach(store.channel_state, room, now))


def best_of(store: Store, accounts: Iterable[people.Account], now: datetime) -> people.Account | None:
    """Of the accounts that have a private chat the one whose platform lets us speak up there soonest; of equals the
    first."""
    known = [one for one in accounts if one.chat is not None]
    if len(known) < 2:
        return known[0] if known else None
    return min(known, key=lambda one: reach(store.channel_state, Address(one.channel, one.chat or ""), now))


def reached_now(store: Store, to: Person, now: datetime) -> bool:
    """Whether a letter gets to him without his writing to us first."""
    room = room_of(store, to, now)
    return room is not None and reach(store.channel_state, room, now) <= NOW


def accounts_for(store: Store, person: int, now: datetime) -> list[people.Account]:
    """His accounts; where he can be written to on none of them, not even later, those of whoever speaks for him."""
    own = list(store.people.accounts_of(person))
    if any(reach(store.channel_state, room, now) < NEVER for room in _chats(own)):
        return own
    return own + [store.people.account_by_id(one) for one in store.kin.accounts_for(person)]


def _rooms_for(store: Store, person: int) -> list[Address]:
    """His private chats. A person is written to for the office's work: whoever speaks for him at home has no part in
    that (what he reported himself is answered by `handlers/recipients.py`)."""
    return _chats(store.people.accounts_of(person))


def _chats(accounts: Iterable[people.Account]) -> list[Address]:
    return [Address(one.channel, one.chat) for one in accounts if one.chat is not None]
