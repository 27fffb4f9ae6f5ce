"""What the page reads: posts newer than it has seen, and what became of lines it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.reading import Where
from storage.playground import CHANNEL, Post
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Heard:
    """A line as it was read, and what it became: `tickets` are their numbers, `why` the listener's own words."""

    report: bool
    confidence: float
    category: str | None
    urgency: int
    where: Where
    keywords: tuple[str, ...]
    why: tuple[str, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """`seq` is what to ask from next time."""

    seq: int
    posts: tuple[Post, ...]
    heard: Mapping[int, Heard]


def news(store: Store, since: int, waiting: Mapping[str, Sequence[int]]) -> News:
    """Posts after `since`, and what is known by now of the posts in `waiting` (ids by chat) and of the new ones."""
    return _told(store, since, store.playground.posts_since(since), waiting)


def first_news(store: Store) -> News:
    """What stood there before the page was opened: of a long time the latest."""
    return _told(store, 0, store.playground.latest(), {})


def _told(store: Store, since: int, posts: Sequence[Post], waiting: Mapping[str, Sequence[int]]) -> News:
    wanted = {chat: set(ids) for chat, ids in waiting.items()}
    for post in posts:
        if not post.bot:
            wanted.setdefault(post.chat, set()).add(post.id)
    heard: dict[int, Heard] = {}
    for chat, ids in wanted.items():
        if ids:
            heard |= _heard(store, chat, ids)
    return News(posts[-1].seq if posts else since, tuple(posts), heard)


def _heard(store: Store, chat: str, ids: set[int]) -> dict[int, Heard]:
    found = store.lines.heard_at(CHANNEL, chat, [str(one) for one in ids])
    tickets = store.tickets.many({ticket for line in found.values() for ticket in line.tickets})
    known = {}
    for remote, line in found.items():
        reading = line.reading
        known[int(remote)] = Heard(
            report=reading["report"],
            confidence=reading["confidence"],
            category=reading["category"],
            urgency=reading["urgency"],
            where=Where(**reading["where"]),
            keywords=tuple(reading["keywords"]),
            why=line.heard,
            tickets=tuple(tickets[ticket].number for ticket in line.tickets if ticket in tickets),
        )
    return known
