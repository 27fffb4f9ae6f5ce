"""One transaction's view of the data: every repository over the same connection. Nothing here commits."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cached_property

from sqlalchemy import Connection

from storage.alarms import Alarms
from storage.areas import Areas
from storage.channel_state import ChannelState
from storage.cipher import Cipher
from storage.diary import Diary
from storage.households import Households
from storage.inbox import Inbox
from storage.known import KnownTickets
from storage.lines import Lines
from storage.media import MediaStore
from storage.outbox import Outbox
from storage.people import People
from storage.playground import Playground
from storage.tickets import Tickets
from storage.visits import Visits


class Store:
    """Handed to every piece of work. A repository is made when first asked for."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self.connection = connection
        self.cipher = cipher

    def savepoint(self) -> AbstractContextManager[object]:
        """What happens inside is undone by itself when it raises."""
        return self.connection.begin_nested()

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection, self.cipher)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection, self.cipher)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.connection, self.cipher)

    @cached_property
    def media(self) -> MediaStore:
        return MediaStore(self.connection, self.cipher)

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
    def tickets(self) -> Tickets:
        return Tickets(self.connection, self.cipher)

    @cached_property
    def known(self) -> KnownTickets:
        return KnownTickets(self.connection, self.cipher)

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
    def channel_state(self) -> ChannelState:
        return ChannelState(self.connection, self.cipher)

    @cached_property
    def playground(self) -> Playground:
        return Playground(self.connection)
