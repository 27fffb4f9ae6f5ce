"""A small district on a real database: communities, an estate with two units, staff; and what people say there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import select

from domain.areas import Group
from domain.listening import Line
from domain.messages import Address, Media, Outgoing, Said, Sender
from domain.people import Role
from domain.reading import Category, Nature, Where
from domain.settings import Phones, Settings
from domain.tickets import Ticket
from handlers.context import Context, Speaker
from handlers.deeds import opening
from handlers.delivery import post, room_of
from nlu.reader import Reader
from storage.database import Database
from storage.store import Store
from storage.tables import ratings
from storage.ticket_lines import WORDS

T = TypeVar("T")
CHANNEL = "street"
# Tuesday 10 March 2026, 15:12 in Hangzhou.
START = datetime(2026, 3, 10, 7, 12, tzinfo=UTC)
HERE = Where(building="3", unit="2")
NIGHT = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)

AREAS = (
    ("city", None, "district", "d", "越城区", "越城"),
    ("street", "city", "street", "s", "府山街道", ""),
    ("sunny", "street", "community", "c1", "阳光社区", "阳光"),
    ("grid", "sunny", "grid", "g1", "一网格", ""),
    ("garden", "grid", "estate", "e1", "阳光花园", ""),
    ("b3", "garden", "building", "3", "3幢", ""),
    ("u31", "b3", "unit", "3-1", "3幢1单元", ""),
    ("u32", "b3", "unit", "3-2", "3幢2单元", ""),
    ("river", "street", "community", "c2", "河畔社区", "河畔"),
)
ROOMS = (
    ("unit", "u32", "unit", "residents"),
    ("estate", "garden", "community", "residents"),
    ("unit-staff", "grid", "unit", "staff"),
    ("community-staff", "sunny", "community", "staff"),
    ("street-staff", "street", "district", "staff"),
)
STAFF = (
    ("小李", Role.GRID_WORKER, "grid"),
    ("小陈", Role.GRID_WORKER, "river"),
    ("老赵", Role.PROPERTY_DUTY, "garden"),
    ("周姐", Role.COMMUNITY_STAFF, "sunny"),
    ("王书记", Role.SECRETARY, "sunny"),
    ("老孙", Role.STREET_DUTY, "street"),
    ("吴主任", Role.DISTRICT_ADMIN, "city"),
)
RESIDENTS = ("张女士", "老刘", "小美")


@dataclass
class Street:
    """`reachable` are the residents who wrote to us in private before; staff all have."""

    database: Database
    settings: Settings
    reader: Reader
    now: datetime = START
    areas: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, Group] = field(default_factory=dict)
    water: int = 0

    def __post_init__(self) -> None:
        self._ids = count(1)
        self.settings = replace(
            self.settings,
            office=replace(self.settings.office, phones=Phones(lift_rescue="96333", gas_repair="85220000")),
        )

    def settle(self, without: tuple[str, ...] = ()) -> Street:
        """`without`: rooms and staff that this district lacks."""

        def work(store: Store) -> None:
            for name, above, kind, code, title, label in AREAS:
                parent = self.areas[above] if above else None
                self.areas[name] = store.areas.add(parent, kind, code, title, label).id
            city = self.areas["city"]
            self.water = store.areas.add_department(city, "水务局", "职能部门", ["水务", "自来水公司"])
            for name, role, area in (*STAFF, ("水务小吴", Role.DEPARTMENT, "city")):
                if name not in without:
                    person = self.people[name] = store.people.add(city, name, self.now)
                    department = self.water if role is Role.DEPARTMENT else None
                    store.people.appoint(person, self.areas[area], role, self.now, department)
                    account = store.people.account(CHANNEL, name, name, self.now, private_chat=f"@{name}")
                    store.people.bind_account(account.id, person)
            for room, area, tier, audience in ROOMS:
                if room not in without:
                    address = Address(CHANNEL, room)
                    self.rooms[room] = store.areas.bind(address, self.areas[area], tier, audience, room, self.now)  # type: ignore[arg-type]

        self.database.write(work)
        return self

    def befriend(self, *names: str) -> None:
        """These residents open a private chat with us."""
        for name in names:
            self.database.write(
                lambda store, name=name: store.people.account(CHANNEL, name, name, self.now, private_chat=f"@{name}")
            )

    # what happens

    def do(self, work: Callable[[Context], T]) -> T:
        return self.database.write(lambda store: work(Context(self.now, store, self.settings, self.reader)))

    def act(self, deed: Callable[[Context], list[Outgoing]]) -> Told:
        """A deed whose messages are queued as the road would."""

        def work(ctx: Context) -> list[Outgoing]:
            found = deed(ctx)
            post(ctx.store, found, self.now)
            return found

        return Told(self.do(work), self)

    def speaker(self, ctx: Context, who: str, room: str | None = None, text: str = "…", photo: bool = False) -> Speaker:
        """Somebody who has just said something, kept as a line; in private where no room is named."""
        chat = room or f"@{who}"
        account = ctx.store.people.account(CHANNEL, who, who, self.now, private_chat=None if room else chat)
        remote = f"m{next(self._ids)}"
        group = self.rooms[room] if room else None
        actor = ctx.store.people.actor(account, self.settings.sensitive.people)
        path = group.area_path if group else actor.posts[0].area_path if actor.posts else None
        line = ctx.store.lines.add(
            Line(0, 0, 0, who, "resident", text, self.now, photo=photo, private=room is None),
            account=account.id,
            group=group.id if group else None,
            district=None,
            community=None,
            channel=CHANNEL,
            chat=chat,
            remote=remote,
        )
        said = Said(
            at=Address(CHANNEL, chat), id=remote, sender=Sender(who, who), sent_at=self.now, private=room is None,
            text=text, media=(Media("photo", "p"),) if photo else (),
        )  # fmt: skip
        seat = ctx.store.areas.seat(path) if path else None
        return Speaker(account, actor, said.at, group, seat, room is None, said, line)

    def report(
        self,
        who: str = "张女士",
        text: str = "3幢2单元电梯停了",
        room: str | None = "unit",
        *,
        category: Category = "public_repair",
        urgency: int = 1,
        where: Where = HERE,
        sure: bool = True,
        private: bool = False,
        ask_where: bool = False,
        nature: Nature | None = None,
        photo: bool = False,
        on_behalf_of: str | None = None,
        reopens: int | None = None,
        area: str | None = None,
    ) -> tuple[Ticket, Told]:
        kept: list[Ticket] = []

        def deed(ctx: Context) -> list[Outgoing]:
            speaker = self.speaker(ctx, who, room, text, photo)
            ticket, found = opening.open_ticket(
                ctx,
                speaker,
                opening.Opening(
                    lines=(speaker.line,) if speaker.line else (), category=category, urgency=urgency, where=where,
                    summary=text, text=text, nature=nature, tags=(), sure=sure, private=private,
                    on_behalf_of=on_behalf_of, reopens=reopens, ask_where=ask_where, confidence=0.9, why=("test",),
                    area=self.areas[area] if area else None,
                ),
            )  # fmt: skip
            kept.append(ticket)
            return found

        said = self.act(deed)
        return kept[0], said

    def by(
        self,
        who: str,
        deed: Callable[..., list[Outgoing]],
        ticket: Ticket,
        *args: object,
        room: str | None = None,
        text: str = "…",
        **more: object,
    ) -> Told:
        """Somebody does something to the ticket as it is now."""
        return self.act(
            lambda ctx: deed(ctx, self.speaker(ctx, who, room, text), ctx.store.tickets.get(ticket.id), *args, **more)
        )

    def joins(
        self, who: str, ticket: Ticket, text: str, *, room: str = "unit", photo: bool = False, **more: object
    ) -> Told:
        def deed(ctx: Context) -> list[Outgoing]:
            speaker = self.speaker(ctx, who, room, text, photo)
            known = ctx.store.tickets.get(ticket.id)
            return opening.join(ctx, speaker, known, line=speaker.line, **more)  # type: ignore[arg-type]

        return self.act(deed)

    # what is there

    def ticket(self, ticket: Ticket) -> Ticket:
        return self.database.read(lambda store: store.tickets.get(ticket.id))

    def alarm(self, kind: str, ticket: Ticket) -> datetime | None:
        """When it rings."""

        def work(store: Store) -> datetime | None:
            far = self.now + timedelta(days=400)
            return next(
                (one.due for one in store.alarms.due(far, 999) if (one.kind, one.subject) == (kind, ticket.id)), None
            )

        return self.database.read(work)

    def ratings(self, ticket: Ticket) -> list[tuple[int, str]]:
        """Scores with the words that went with them, as they lie in the table, oldest first."""

        def work(store: Store) -> list[tuple[int, str]]:
            rows = store.connection.execute(select(ratings).where(ratings.c.ticket_id == ticket.id).order_by("id"))
            return [(row.score, store.cipher.open_text(row.words, WORDS)) for row in rows]

        return self.database.read(work)

    def corrections(self, ticket: Ticket) -> list[tuple[str, str, str]]:
        return self.database.read(lambda store: store.tickets.corrections_of(ticket.id))


@dataclass
class Told:
    """What a deed returned."""

    messages: list[Outgoing]
    street: Street

    def to(self, chat: str) -> list[Outgoing]:
        """To a room, or to somebody's private chat ("@小李")."""
        return [one for one in self.messages if self._chat(one) == chat]

    def _chat(self, one: Outgoing) -> str | None:
        room = self.street.database.read(lambda store: room_of(store, one.to, self.street.now))
        return room.chat if room is not None else None

    def new(self, chat: str) -> list[Outgoing]:
        return [one for one in self.to(chat) if one.mode != "edit"]

    def edits(self, chat: str) -> list[Outgoing]:
        return [one for one in self.to(chat) if one.mode == "edit"]

    def text(self, chat: str) -> str:
        return "\n".join(one.text for one in self.to(chat))

    @property
    def chats(self) -> set[str | None]:
        return {self._chat(one) for one in self.messages}
