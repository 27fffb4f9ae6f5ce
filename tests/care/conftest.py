"""A sample district in a real database, and somebody who speaks in it at an hour of the office's clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from domain.leaves import Leave
from domain.messages import Address, Outgoing, Said, Sender
from domain.people import Role
from domain.settings import Settings
from handlers import delivery
from handlers.context import Context, Speaker
from nlu.reader import Reader
from storage import sample
from storage.database import Database
from storage.store import Store

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
LOADED = datetime(2026, 3, 9, 6, 0, tzinfo=ZONE)  # a Monday


@dataclass
class Town:
    """The sample district and its clock."""

    database: Database
    settings: Settings
    reader: Reader
    now: datetime = LOADED

    def at(self, text: str) -> Town:
        """Set the clock: "2026-03-10 08:00", where the office is."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=ZONE)
        return self

    def do(self, work: Callable[[Context], T]) -> T:
        """Work in one transaction; raises what it raised, nothing of it kept then."""
        return self.database.write(lambda store: work(self.context(store)))

    def context(self, store: Store) -> Context:
        return Context(self.now, store, self.settings, self.reader)

    def says(
        self,
        user: str,
        text: str,
        work: Callable[[Context, Speaker], T],
        *,
        chat: str | None = None,
        card: str | None = None,
    ) -> T:
        """Somebody says something, in private unless a room is named; `work` gets him as dispatch would make him."""
        from handlers.dispatch import speaker_of
        from handlers.listening.hearing import keep_line

        def run(ctx: Context) -> T:
            said = Said(
                at=Address("playground", chat or f"private:{user}"),
                id=f"{self.now.isoformat()}:{text}",
                sender=Sender(user, ctx.store.people.account("playground", user, "", self.now).name),
                sent_at=self.now,
                private=chat is None,
                text=text,
            )
            return work(ctx, keep_line(ctx, speaker_of(ctx, said, card), said))

        return self.do(run)

    def leaves(self, name: str) -> list[Leave]:
        """Those of somebody that are not over."""
        person, day = self.person(name), self.now.date()
        return list(self.do(lambda ctx: ctx.store.leaves.of(person, day)))

    def person(self, name: str) -> int:
        return self.do(
            lambda ctx: next(
                post.person
                for post in ctx.store.people.posts_in(list(Role))
                if ctx.store.people.get(post.person).name == name
            )
        )

    def deliver(self, messages: list[Outgoing]) -> int:
        """Queue what was said, as the clock and intake do."""
        return self.do(lambda ctx: delivery.post(ctx.store, messages, ctx.now))


@pytest.fixture
def town(database: Database, settings: Settings, reader: Reader) -> Town:
    database.write(lambda store: sample.load(store, LOADED))
    return Town(database, settings, reader)
