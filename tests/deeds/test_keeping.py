"""Tickets in the database: found by what people call them, sealed, and never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.areas import Group
from domain.messages import Address
from domain.reading import Where
from handlers.deeds import handling
from storage.store import Store
from storage.tables import lines, ticket_events, tickets
from storage.tickets import Stale
from tests.deeds.street import CHANNEL, Street


def test_what_was_kept_comes_back_as_it_was(street: Street) -> None:
    ticket, _ = street.report(where=Where(building="3", unit="2", room="502"), on_behalf_of="张奶奶")
    assert street.ticket(ticket) == ticket


@pytest.mark.parametrize("text", ["阳光2", "2", "#2", "＃２", "阳光 2", "#阳光2号"])
def test_found_by_what_people_call_it(street: Street, text: str) -> None:
    street.report()
    ticket, _ = street.report()
    found = street.database.read(lambda store: store.tickets.by_number(text, ticket.district, ticket.community))
    assert found is not None and found.id == ticket.id


@pytest.mark.parametrize("text", ["阳光9", "9", "河畔1", "电梯", ""])
def test_nothing_is_found_by_anything_else(street: Street, text: str) -> None:
    ticket, _ = street.report()
    assert street.database.read(lambda store: store.tickets.by_number(text, ticket.district)) is None


def test_a_bare_number_is_the_communitys_own(street: Street) -> None:
    def bind(store: Store) -> Group:
        return store.areas.bind(
            Address(CHANNEL, "river"), street.areas["river"], "community", "residents", "river", street.now
        )

    street.rooms["river"] = street.database.write(bind)
    ours, _ = street.report()
    theirs, _ = street.report(room="river", where=Where())
    assert (ours.number, theirs.number) == ("阳光1", "河畔1")

    def find(community: int | None) -> int | None:
        found = street.database.read(lambda store: store.tickets.by_number("1", ours.district, community))
        return found.id if found is not None else None

    assert find(ours.community) == ours.id and find(theirs.community) == theirs.id and find(None) is None


def test_words_are_sealed_in_the_database(street: Street) -> None:
    ticket, _ = street.report(text="电梯停了")
    street.by("小李", handling.finish, ticket, "换了皮带")

    def look(store: Store) -> bytes:
        row = store.connection.execute(select(tickets.c.summary, tickets.c.result)).one()
        notes = store.connection.execute(select(ticket_events.c.note, ticket_events.c.data)).all()
        return b"".join([row.summary, row.result, *(note or b"" for note, _ in notes), str(notes).encode()])

    raw = street.database.read(look)
    assert "皮带".encode() not in raw and "电梯".encode() not in raw
    history = street.database.read(lambda store: store.tickets.events(ticket.id))
    assert [kept.event.kind for kept in history] == ["opened", "done"]
    assert history[-1].event.data["result"] == "换了皮带"


def test_a_ticket_changed_meanwhile_is_not_overwritten(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.claim, ticket)
    with pytest.raises(Stale):
        street.database.write(lambda store: store.tickets.save(replace(ticket, urgency=2, version=1), ticket.version))


def test_its_lines_are_kept_as_long_as_it_is(street: Street) -> None:
    street.report()
    assert street.database.read(lambda store: list(store.connection.execute(select(lines.c.kept)).scalars())) == [True]
    later = street.now + timedelta(days=30)
    assert street.database.write(lambda store: store.lines.forget(later, 100)) == 0


def test_lists_by_hand_by_reporter_and_by_area(street: Street) -> None:
    one, _ = street.report(urgency=1)
    two, _ = street.report(urgency=2)
    street.by("小李", handling.claim, one)
    street.by("小李", handling.claim, two)
    street.by("小李", handling.transfer, two, "水务")
    person, account = street.people["小李"], one.reporter_account

    def ids(store: Store) -> list[list[int]]:
        found = (
            store.tickets.of_assignee(person),
            store.tickets.of_department(street.water),
            store.tickets.of_reporter(account),
            store.tickets.in_area(f"/{street.areas['city']}/"),
            store.tickets.in_area("/999/"),
        )
        return [[ticket.id for ticket in some] for some in found]

    assert street.database.read(ids) == [[one.id], [two.id], [one.id, two.id], [two.id, one.id], []]
