"""A small neighbourhood on a real database, in which people say things and press buttons, and time passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import select

from domain.areas import Audience, Group
from domain.listening import Heard as DecidedSteps
from domain.listening import Scene, Step
from domain.messages import Address, Incoming, Media, Pressed, Said, Sender
from domain.people import Role
from domain.reading import Category, Tier, Where
from domain.settings import Settings
from domain.tickets import Against, Ticket
from handlers.context import Context
from handlers.deeds.opening import Opening, open_ticket
from handlers.delivery import post
from handlers.dispatch import handle, speaker_of
from handlers.listening.apply import apply
from handlers.listening.hearing import keep_line
from handlers.timed import ALARMS
from nlu.reader import Reader
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store
from storage.tables import ratings, tickets
from storage.ticket_lines import WORDS

T = TypeVar("T")
CHANNEL = "square"
# A Tuesday, 09:00 in Hangzhou.
START = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
STAFF = {
    "李明": (Role.GRID_WORKER, "grid"),
    "赵师傅": (Role.PROPERTY_DUTY, "estate"),
    "陈干事": (Role.COMMUNITY_STAFF, "community"),
    "王芳": (Role.SECRETARY, "community"),
    "孙值班": (Role.STREET_DUTY, "district"),
    "吴主任": (Role.DISTRICT_ADMIN, "district"),
    "周工": (Role.DEPARTMENT, "district"),
}
RESIDENTS = ("张女士", "老刘")


@dataclass
class Heard:
    """What was sent after something happened."""

    letters: list[Letter]

    @property
    def texts(self) -> list[str]:
        return [letter.text for letter in self.letters]

    def to(self, chat: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.to.chat == chat]

    def said_to(self, chat: str) -> str:
        return "\n".join(letter.text for letter in self.to(chat))

    def buttons_for(self, chat: str) -> list[str]:
        return [button.command for letter in self.to(chat) for button in letter.buttons]


@dataclass
class Neighbourhood:
    database: Database
    settings: Settings
    reader: Reader
    now: datetime = START
    areas: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    numbers: Iterable[int] = field(default_factory=count)

    # settling in

    def settle(self) -> Neighbourhood:
        self.database.write(self._settle)
        return self

    def _settle(self, store: Store) -> None:
        parent: int | None = None
        for kind, code, name, label in (
            ("district", "d", "滨江区", "滨江"),
            ("community", "c", "阳光社区", "阳光"),
            ("grid", "1", "一网格", ""),
            ("estate", "e", "阳光花园", ""),
            ("building", "3", "3幢", ""),
            ("unit", "3-2", "3幢2单元", ""),
        ):
            parent = self.areas[kind] = store.areas.add(parent, kind, code, name, label).id
        water = store.areas.add_department(self.areas["district"], "水务", "职能部门", ["水务公司"], ["public_repair"])
        store.areas.add_department(self.areas["district"], "城管", "职能部门", [], ["complaint"])
        for name, (role, kind) in STAFF.items():
            person = self.people[name] = store.people.add(self.areas["district"], name, self.now)
            department = water if role is Role.DEPARTMENT else None
            store.people.appoint(person, self.areas[kind], role, self.now, department)
            account = store.people.account(CHANNEL, name, name, self.now, private_chat=f"@{name}")
            store.people.bind_account(account.id, person)
        # 小陈 has never opened a private chat.
        store.people.account(CHANNEL, "小陈", "小陈", self.now)
        for name in RESIDENTS:
            store.people.account(CHANNEL, name, name, self.now, private_chat=f"@{name}")
        rooms: tuple[tuple[str, str, Tier, Audience], ...] = (
            ("unit", "unit", "unit", "residents"),
            ("unit-staff", "grid", "unit", "staff"),
            ("community-staff", "community", "community", "staff"),
            ("district-staff", "district", "district", "staff"),
        )
        for room, kind, tier, audience in rooms:
            self.groups[room] = store.areas.bind(
                Address(CHANNEL, room), self.areas[kind], tier, audience, room, self.now, ["edit", "buttons"]
            )

    # what people do

    def say(
        self, who: str, text: str, room: str | None = None, *, card: str | None = None, photo: bool = False
    ) -> Heard:
        """In a group, or in private where no room is named; `card` is the card of ours that it replies to."""
        self.do(who, text, room, card=card, photo=photo)
        return self.deliver()

    def do(self, who: str, text: str, room: str | None = None, *, card: str | None = None, photo: bool = False) -> None:
        """Say it; what is answered is still to be sent."""
        chat = room or f"@{who}"
        remote = self.read(lambda store: store.outbox.remotes(CHANNEL, chat, card)[0]) if card else None
        said = Said(
            at=Address(CHANNEL, chat),
            id=f"m{next(iter(self.numbers))}",
            sender=Sender(who, who),
            sent_at=self.now,
            private=room is None,
            text=text,
            replies_to=remote,
            media=(Media("photo", "a-photo"),) if photo else (),
        )
        self._keep(said)

    def press(self, who: str, command: str, room: str | None = None, *, card: str | None = None) -> Heard:
        chat = room or f"@{who}"
        remote = self.read(lambda store: store.outbox.remotes(CHANNEL, chat, card)[0]) if card else None
        pressed = Pressed(
            at=Address(CHANNEL, chat),
            id=f"p{next(iter(self.numbers))}",
            sender=Sender(who, who),
            sent_at=self.now,
            private=room is None,
            command=command,
            on=remote,
        )
        return self.takes(pressed)

    def report(
        self,
        who: str = "张女士",
        summary: str = "3幢2单元电梯停了",
        *,
        category: Category = "public_repair",
        urgency: int = 1,
        sure: bool = True,
        private: bool = False,
        against: Against | None = None,
    ) -> Ticket:
        """A ticket opened from the unit's group."""

        def work(store: Store) -> Ticket:
            ctx = self.context(store)
            said = Said(
                at=Address(CHANNEL, "unit"),
                id=f"m{next(iter(self.numbers))}",
                sender=Sender(who, who),
                sent_at=self.now,
                text=summary,
            )
            opening = Opening(
                lines=(),
                category=category,
                urgency=urgency,
                where=Where(building="3", unit="2"),
                summary=summary,
                text=summary,
                nature=None,
                tags=(),
                sure=sure,
                private=private,
                on_behalf_of=None,
                reopens=None,
                ask_where=False,
                confidence=0.9,
                why=(),
                area=self.areas["unit"],
                group=self.groups["unit"],
                against=against,
            )
            ticket, outgoing = open_ticket(ctx, speaker_of(ctx, said), opening)
            post(store, outgoing, self.now, ticket.district)
            return store.tickets.get(ticket.id)

        ticket = self.database.write(work)
        self.deliver()
        return ticket

    def decided(self, who: str, step: Step, room: str | None = None) -> Heard:
        """He said something, in private where no room is named, that was taken for this."""

        def work(store: Store) -> None:
            ctx = self.context(store)
            said = Said(
                at=Address(CHANNEL, room or f"@{who}"),
                id=f"m{next(iter(self.numbers))}",
                sender=Sender(who, who),
                sent_at=self.now,
                private=room is None,
                text="…",
            )
            speaker = keep_line(ctx, speaker_of(ctx, said), said)
            assert speaker.line is not None
            line = store.lines.get(speaker.line)
            assert line is not None
            outgoing, _ = apply(ctx, speaker, said, Scene(line), DecidedSteps((step,)))
            post(store, outgoing, self.now)

        self.database.write(work)
        return self.deliver()

    def lose_chat(self, who: str) -> None:
        """He has blocked us."""
        self.database.write(lambda store: store.people.lose_chat(CHANNEL, f"@{who}"))

    def takes(self, incoming: Incoming) -> Heard:
        self._keep(incoming)
        return self.deliver()

    def _keep(self, incoming: Incoming) -> None:
        self.database.write(lambda store: post(store, handle(self.context(store), incoming), self.now, 1) and None)

    # what time does

    def wait(self, **span: float) -> Heard:
        """Let time pass; every alarm rings when it is due."""
        until = self.now + timedelta(**span)
        letters: list[Letter] = []
        while (due := self.read(lambda store: store.alarms.next_due())) is not None and due <= until:
            self.now = max(self.now, due)
            self.database.write(self._ring)
            letters += self.deliver().letters
        self.now = until
        return Heard([*letters, *self.deliver().letters])

    def _ring(self, store: Store) -> None:
        for alarm in store.alarms.due(self.now, 50):
            post(store, ALARMS[alarm.kind](self.context(store), alarm), self.now, alarm.district)
            store.alarms.settle(alarm)

    # what is there

    def deliver(self) -> Heard:
        """Everything that may leave now, with the ids that a platform would give it."""

        def work(store: Store) -> list[Letter]:
            found: list[Letter] = []
            while batch := self._claim(store):
                for letter in batch:
                    remotes = letter.remotes if letter.mode == "edit" else [f"s{letter.id}"]
                    store.outbox.sent(letter, remotes, self.now, None)
                found += batch
            return found

        return Heard(self.database.write(work))

    def claim(self) -> list[Letter]:
        """What may leave now, in the sender's hands."""
        return self.database.write(self._claim)

    def _claim(self, store: Store) -> list[Letter]:
        return store.outbox.claim(self.now, self.now, "test", self.now + timedelta(hours=1), 50, CHANNEL)

    def read(self, work: Callable[[Store], T]) -> T:
        return self.database.read(work)

    def ticket(self, ticket: Ticket) -> Ticket:
        return self.read(lambda store: store.tickets.get(ticket.id))

    def tickets(self) -> list[Ticket]:
        """All of them, oldest first."""

        def work(store: Store) -> list[Ticket]:
            return [
                store.tickets.get(number) for number in store.connection.scalars(select(tickets.c.id).order_by("id"))
            ]

        return self.database.read(work)

    def ratings(self, ticket: Ticket) -> list[tuple[int, str]]:
        """Scores with the words that went with them, as they lie in the table, oldest first."""

        def work(store: Store) -> list[tuple[int, str]]:
            rows = store.connection.execute(select(ratings).where(ratings.c.ticket_id == ticket.id).order_by("id"))
            return [(row.score, store.cipher.open_text(row.words, WORDS)) for row in rows]

        return self.database.read(work)

    def context(self, store: Store) -> Context:
        return Context(self.now, store, self.settings, self.reader)
