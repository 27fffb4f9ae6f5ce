"""One transaction's view of the data: every repository over the same connection. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection

from storage.alarms import Alarms
from storage.areas import Areas
from storage.broadcasts import Broadcasts
from storage.button_texts import ButtonTexts
from storage.channel_state import ChannelState
from storage.cipher import Cipher
from storage.codes import Codes
from storage.diary import Diary
from storage.drafts import Drafts
from storage.driver import plain
from storage.gathered import drop, restore, settle, standing
from storage.households import Households
from storage.inbox import Inbox
from storage.kin import Kin
from storage.known import KnownTickets
from storage.learning import Learning
from storage.leases import Leases
from storage.leaves import Leaves
from storage.lines import Lines
from storage.media import MediaStore
from storage.memory import forget, look_anew, mark
from storage.opinions import Opinions
from storage.orders import Orders
from storage.outbox import Outbox
from storage.outlived import Outlived
from storage.own_data import OwnData
from storage.people import People
from storage.playground import Playground
from storage.rooms import Rooms
from storage.tickets import Tickets
from storage.visits import Visits


class Store:
    """Handed to every piece of work. A repository is made when first asked for."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self.connection = connection
        self.cipher = cipher
        self._depth = 0

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What happens inside is undone by itself when it raises, what was gathered to be written (storage/gathered.py)
        included. Plain statements: SQLAlchemy's own nesting costs several times as much. The same name may be
        nested."""
        settle(self.connection)
        plain(self.connection, "SAVEPOINT work")
        began = mark(self.connection)
        if not self._depth:
            look_anew(self.connection)
        self._depth += 1
        try:
            yield
            settle(self.connection)
        except BaseException:
            drop(self.connection)
            if not self.connection.invalidated:
                plain(self.connection, "ROLLBACK TO SAVEPOINT work")
                plain(self.connection, "RELEASE SAVEPOINT work")
                forget(self.connection, began)
            raise
        finally:
            self._depth -= 1
        plain(self.connection, "RELEASE SAVEPOINT work")

    @contextmanager
    def step(self) -> Iterator[None]:
        """A part of a savepoint's work that may be refused: then it alone is undone. What was gathered before need not
        be written for that, nor what is gathered inside: should it not be fit to be written, the savepoint fails."""
        stood = standing(self.connection)
        began = mark(self.connection)
        plain(self.connection, "SAVEPOINT step")
        try:
            yield
        except BaseException:
            if not self.connection.invalidated:
                plain(self.connection, "ROLLBACK TO SAVEPOINT step")
                plain(self.connection, "RELEASE SAVEPOINT step")
                restore(self.connection, stood)
                forget(self.connection, began)
            raise
        plain(self.connection, "RELEASE SAVEPOINT step")

    def begin_anew(self) -> None:
        """Another piece of work begins that shares a savepoint with others."""
        look_anew(self.connection)

    @cached_property
    def kin(self) -> Kin:
        return Kin(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection, self.cipher)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection, self.cipher)

    @cached_property
    def outlived(self) -> Outlived:
        return Outlived(self.connection)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.connection, self.cipher)

    @cached_property
    def media(self) -> MediaStore:
        return MediaStore(self.connection, self.cipher)

    @cached_property
    def leases(self) -> Leases:
        return Leases(self.connection)

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.connection)

    @cached_property
    def learning(self) -> Learning:
        return Learning(self.connection, self.cipher)

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(self.connection, self.lines)

    @cached_property
    def alarms(self) -> Alarms:
        return Alarms(self.connection)

    @cached_property
    def areas(self) -> Areas:
        return Areas(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection, self.cipher)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self.connection, self.cipher)

    @cached_property
    def button_texts(self) -> ButtonTexts:
        return ButtonTexts(self.connection, self.cipher)

    @cached_property
    def rooms(self) -> Rooms:
        return Rooms(self.connection)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self.connection, self.cipher)

    @cached_property
    def known(self) -> KnownTickets:
        return KnownTickets(self.connection, self.cipher)

    @cached_property
    def own_data(self) -> OwnData:
        return OwnData(self.connection, self.cipher)

    @cached_property
    def households(self) -> Households:
        return Households(self.connection, self.cipher)

    @cached_property
    def visits(self) -> Visits:
        return Visits(self.connection)

    @cached_property
    def diary(self) -> Diary:
        return Diary(self.connection, self.cipher)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.connection, self.cipher)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self.connection)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        return Broadcasts(self.connection, self.cipher)

    @cached_property
    def channel_state(self) -> ChannelState:
        return ChannelState(self.connection, self.cipher)

    @cached_property
    def playground(self) -> Playground:
        return Playground(self.connection)
