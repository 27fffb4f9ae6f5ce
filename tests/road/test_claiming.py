"""What the sender is given of the outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.messages import Address, Outgoing, Priority
from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM, OTHER = Address("playground", "g:1"), Address("playground", "g:2")


def claim(store: Store, at: datetime = NOW, limit: int = 10) -> list[str]:
    real = datetime.now(UTC)
    return [one.text for one in store.outbox.claim(real, at, "me", real + timedelta(seconds=60), limit, "playground")]


def put(store: Store, text: str, to: Address, card: str | None = None, priority: Priority = Priority.NOTICE) -> None:
    changes = card is not None and text.startswith("change")
    message = Outgoing(to=to, text=text, card=card, mode="edit" if changes else "new", priority=priority)
    store.outbox.put(message, to, NOW)


@pytest.mark.parametrize("said_later", [False, True])
def test_cards_that_cannot_go_yet_are_in_nobodys_way(database: Database, said_later: bool) -> None:
    """Of more cards than are claimed at once the platform took none, and each has been changed since; or they are less
    urgent than their changes, and were not reached yet."""
    cards = [f"ticket:{n}:staff" for n in range(6)]

    def work(store: Store) -> list[str]:
        for card in cards:
            put(store, "card", ROOM, card, Priority.ROUTINE if said_later else Priority.NOTICE)
        if not said_later:
            real = datetime.now(UTC)
            for letter in store.outbox.claim(real, NOW, "me", real + timedelta(seconds=60), 10, "playground"):
                store.outbox.again(letter, real + timedelta(hours=1), "502")
        for card in cards:
            put(store, f"change of {card}", ROOM, card)
        put(store, "着火了", OTHER)
        return claim(store, limit=3)

    claimed = database.write(work)
    assert "着火了" in claimed
    assert not any(text.startswith("change") for text in claimed)


def test_what_was_written_after_a_change_stays_behind_it(database: Database) -> None:
    def work(store: Store) -> list[str]:
        put(store, "card", ROOM, "ticket:1:staff")
        put(store, "change", ROOM, "ticket:1:staff")
        put(store, "afterwards", ROOM)
        put(store, "elsewhere", OTHER)
        return claim(store)

    assert database.write(work) == ["card", "elsewhere"]
