"""What the writer remembers of what it has just written is what another connection reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from domain.reading import Where
from domain.tickets import Ticket
from handlers import cards
from handlers.deeds import closing, handling
from handlers.deeds.alarms import KINDS
from storage.store import Store
from tests.deeds.street import CHANNEL, Street


def everything(ticket: Ticket) -> Callable[[Store], list[object]]:
    """All that is remembered of a ticket."""

    def read(store: Store) -> list[object]:
        lines = store.tickets.lines_of(ticket.id)
        keys = [cards.residents_key(ticket.id), *(cards.staff_key(ticket.id, tier) for tier in ("unit", "community"))]
        told = store.tickets.extra(ticket.id).told
        keys += [cards.person_key(ticket.id, person) for person in told]
        return [
            store.tickets.get(ticket.id),
            store.tickets.extra(ticket.id),
            store.tickets.voices(ticket.id),
            store.tickets.events(ticket.id),
            store.tickets.photos(ticket.id),
            store.tickets.lines_of(ticket.id, ("report",)),
            store.lines.many(lines),
            [(store.lines.room_of(line), store.lines.remote_of(line), store.lines.speaker_of(line)) for line in lines],
            [store.outbox.rooms_of(key) for key in keys],
            [store.alarms.exists(kind, ticket.id) for kind in KINDS],
            [store.people.account(CHANNEL, who, who, ticket.opened_at) for who in ("张女士", "李先生")],
        ]

    return read


def test_what_was_just_written_is_remembered_as_it_is(street: Street) -> None:
    ticket, _ = street.report(where=Where(building="3"), ask_where=True, photo=True)
    read = everything(ticket)
    steps: list[Callable[[], object]] = [
        lambda: street.joins("李先生", ticket, "我家也是", photo=True, voice=True),
        lambda: street.joins("李先生", ticket, "3幢2单元", where=Where(building="3", unit="2")),
        lambda: street.joins("张女士", ticket, "有人被困", category="emergency", urgency=3),
        lambda: street.by("小李", handling.claim, ticket),
        lambda: street.by("小李", handling.note, ticket, "等配件"),
        lambda: street.by("小李", handling.finish, ticket, "换了门机", ()),
        lambda: street.by("张女士", closing.rate, ticket, 3, "还没好"),
    ]
    for step in [lambda: None, *steps]:
        step()
        assert street.database.write(read) == street.database.read(read)


def test_what_the_listener_knows_of_new_tickets_is_as_it_would_be_read(street: Street) -> None:
    """Put together from what was just written, in the transaction that wrote it and in a later one."""
    first, _ = street.report(where=Where(building="3"), ask_where=True)
    second, _ = street.report(category="complaint", private=True)
    street.joins("李先生", second, "我家也是", voice=True)
    third, _ = street.report()
    street.by("小李", handling.claim, third)

    def around(store: Store) -> tuple[object, ...]:
        community = store.tickets.get(first.id).community
        since = first.opened_at - timedelta(days=9)
        return store.known.around(community=community, district=None, since=since, limit=60)

    assert street.database.write(around) == street.database.read(around)
    assert len(street.database.read(around)) == 3

    def again(store: Store) -> tuple[object, ...]:
        store.tickets.add_voice(first.id, store.tickets.voices(second.id)[1].account, "李先生", first.opened_at)
        return around(store)

    assert street.database.write(again) == street.database.read(around)


def test_the_listener_sees_who_else_has_the_trouble_and_what_was_said(street: Street) -> None:
    """As in the talks by which its weights were fitted: the reporter is no voice beside himself, a photo no words."""
    ticket, _ = street.report(where=Where(building="3"))
    street.joins("张女士", ticket, "", photo=True)
    street.joins("李先生", ticket, "我家也是", voice=True)

    def known(store: Store) -> tuple[object, ...]:
        community = store.tickets.get(ticket.id).community
        since = ticket.opened_at - timedelta(days=9)
        (found,) = store.known.around(community=community, district=None, since=since, limit=60)
        others = {one.account for one in store.tickets.voices(ticket.id)} - {found.reporter}
        return found.voices == others, len(others), all(found.texts)

    assert street.database.write(known) == street.database.read(known) == (True, 1, True)
