"""Where cards stand while letters wait to be written, and what a newer letter makes needless: many edits of a card in
one go become one letter, and what was committed before is dropped where anybody can see that it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.messages import Address, Mode, Outgoing
from storage.database import Database
from storage.store import Store
from storage.tables import outbox

NOW = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
ROOM, OTHER = Address("playground", "room"), Address("playground", "other")


class Stop(Exception):
    """Ends a piece of work in the middle."""


def say(store: Store, text: str, mode: Mode = "edit", card: str = "a", room: Address = ROOM) -> None:
    store.outbox.queue(Outgoing(to=room, text=text, card=card, mode=mode), room, NOW)


def kept(database: Database) -> list[tuple[str, str, str]]:
    """Each letter's card, mode and state, in the order in which they were queued."""
    look = select(outbox.c.card, outbox.c.mode, outbox.c.state).order_by(outbox.c.id)
    return database.read(lambda store: [tuple(row) for row in store.connection.execute(look)])


def test_of_a_storm_of_edits_only_the_last_is_written(database: Database) -> None:
    def work(store: Store) -> None:
        say(store, "new", "new")
        for n in range(5):
            say(store, f"edit {n}")
            assert store.outbox.rooms_of("a") == [ROOM]
        say(store, "new", "new", card="b")

    database.write(work)
    assert kept(database) == [("a", "new", "queued"), ("a", "edit", "queued"), ("b", "new", "queued")]
    ids = select(outbox.c.id).where(outbox.c.mode == "edit")
    [edit] = database.read(lambda store: store.outbox.letters(store.connection.execute(ids).scalars().all()))
    assert edit.text == "edit 4"


def test_what_was_committed_before_is_dropped(database: Database) -> None:
    database.write(lambda store: say(store, "new", "new"))
    database.write(lambda store: say(store, "edit"))
    database.write(lambda store: say(store, "edit"))
    assert kept(database) == [("a", "new", "queued"), ("a", "edit", "dropped"), ("a", "edit", "queued")]
    database.write(lambda store: say(store, "anew", "new"))
    assert [state for _, _, state in kept(database)] == ["dropped", "dropped", "dropped", "queued"]


def test_both_at_once(database: Database) -> None:
    database.write(lambda store: say(store, "new", "new"))
    database.write(lambda store: say(store, "edit"))

    def work(store: Store) -> None:
        say(store, "edit")
        say(store, "edit", room=OTHER)
        say(store, "anew", "new")
        assert store.outbox.rooms_of("a") == [ROOM]

    database.write(work)
    assert kept(database) == [
        *(("a", mode, "dropped") for mode in ("new", "edit")),
        ("a", "edit", "queued"),
        ("a", "new", "queued"),
    ]


def test_a_reply_stays_and_other_cards_do(database: Database) -> None:
    def work(store: Store) -> None:
        say(store, "reply", "reply")
        say(store, "other", "edit", card="b")
        say(store, "edit")
        say(store, "edit")

    database.write(work)
    assert kept(database) == [("a", "reply", "queued"), ("b", "edit", "queued"), ("a", "edit", "queued")]


def test_what_is_refused_gives_back_what_it_made_needless(database: Database) -> None:
    def work(store: Store) -> None:
        say(store, "new", "new")
        say(store, "edit")
        with pytest.raises(Stop), store.step():
            say(store, "edit")
            say(store, "anew", "new")
            raise Stop
        assert store.outbox.rooms_of("a") == [ROOM]

    database.write(work)
    assert kept(database) == [("a", "new", "queued"), ("a", "edit", "queued")]


def test_what_is_not_written_yet_stands_as_what_is(database: Database) -> None:
    """Also after another piece of work has begun, which on a server forgets what others may write."""
    database.write(lambda store: say(store, "new", "new"))
    later = NOW + timedelta(hours=3)

    def work(store: Store) -> None:
        held = Outgoing(to=OTHER, text="held back", card="b", not_before=later)
        store.outbox.queue(held, OTHER, NOW)
        say(store, "new", "new", room=OTHER)
        store.begin_anew()
        store.outbox.expect_cards(["a", "b", "c"])
        assert store.outbox.rooms_of("a") == [ROOM, OTHER]
        assert store.outbox.rooms_of("b") == [OTHER]
        assert store.outbox.rooms_of("c") == []
        say(store, "edit", card="b", room=OTHER)

    database.write(work)
    look = select(outbox.c.not_before).where(outbox.c.card == "b")
    held = database.read(lambda store: store.connection.execute(look).scalars().all())
    assert held == [later, later], "what edits a card that is held back is held back as long"
