"""What the sender is given of the outbox, and what looking for it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from domain.messages import Address, Outgoing, Priority
from storage import driver, prepared
from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
ROOM, OTHER = Address("playground", "g:1"), Address("playground", "g:2")


def claim(store: Store, at: datetime = NOW, limit: int = 10) -> list[str]:
    real = datetime.now(UTC)
    return [one.text for one in store.outbox.claim(real, at, "me", real + timedelta(seconds=60), limit, "playground")]


def plans(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the database goes about each statement of a claim."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Connection, sql: str, parameters: Any, **how: Any) -> Any:
        asked.append((sql, parameters))
        return driver.run(connection, sql, parameters, **how)

    with monkeypatch.context() as patched:
        patched.setattr(prepared, "run", note)
        claim(store)
    if store.connection.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN "
    else:
        explain = "EXPLAIN "
        # A table of no rows is read as a whole, and sorted: is there another way?
        for costly in ("seqscan", "sort", "bitmapscan"):
            store.connection.exec_driver_sql(f"SET LOCAL enable_{costly} = off")
    return [
        "\n".join(str(row[-1]) for row in driver.run(store.connection, explain + sql, parameters).fetchall())
        for sql, parameters in asked
    ]


def test_letters_long_sent_are_not_looked_at(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    freed, found = database.write(lambda store: plans(store, monkeypatch))
    assert "ix_outbox_lease" in freed
    assert "ix_outbox_due" in found
    # Neither a walk over the whole table nor one over what is due only to sort it.
    for plan in (freed, found):
        for costly in ("SCAN outbox\n", "TEMP B-TREE", "Seq Scan", "Sort"):
            assert costly not in f"{plan}\n", plan


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
