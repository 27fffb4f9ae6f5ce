"""An office on Telegram: the whole program in this process, the fake Bot API server as its far end, a district."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import uvicorn

from bot.app import ROLES, Parts, build, make_app, start
from bot.clock import OfficeClock
from bot.config import Secrets
from domain.messages import Address
from domain.people import Role
from domain.running import Intake, Outbox, StorageSettings
from domain.settings import Playground, Settings, Telegram
from domain.tickets import Ticket
from nlu.reader import Reader
from storage.store import Store
from storage.tables import metadata
from tests.telegram.fake_server import SECRET, TOKEN, FakeServer
from tests.telegram.phones import Phones

T = TypeVar("T")
# A Friday morning, 09:30 in Shanghai.
START = datetime(2026, 5, 8, 1, 30, 5, tzinfo=UTC)
KEY = "c3Rvcnktb2YtdGhlLXRlbGVncmFtLWpvdXJuYWwtMDE="
RESIDENTS, STAFF = -1001000000501, -1001000000502
ZHANG, LIU, LIMIN, WANG, ADMIN = 501, 502, 601, 602, 700


@dataclass
class Town:
    server: FakeServer
    phones: Phones
    parts: Parts
    places: dict[str, int]
    door: str = ""

    def read(self, work: Callable[[Store], T]) -> T:
        return self.parts.database.read(work)

    def write(self, work: Callable[[Store], T]) -> T:
        return self.parts.database.write(work)

    def tickets(self) -> list[Ticket]:
        states = ("proposed", "open", "taken", "done", "closed", "withdrawn", "rejected", "merged")
        return self.read(lambda store: store.tickets.in_area("/", states))

    def inbox(self) -> dict[str, int]:
        return self.read(lambda store: store.inbox.counts())

    async def met(self) -> None:
        """Until the bot has told who it is: before that a refusal does not count."""
        await self.until(lambda: self.read(lambda store: store.channel_state.names("telegram", "bot:")))

    def bind(self) -> None:
        """What the binding by hand would come to: both groups, and the worker's account."""

        def work(store: Store) -> None:
            store.areas.bind(_room(RESIDENTS), self.places["unit"], "unit", "residents", "3-2居民群", START)
            store.areas.bind(_room(STAFF), self.places["estate"], "unit", "staff", "云栖里工作群", START)
            account = store.people.account("telegram", str(LIMIN), "李敏", START, str(LIMIN))
            store.people.bind_account(account.id, self.places["limin"])

        self.write(work)

    async def settle(self, seconds: float = 15.0) -> None:
        """Until what people did is handled, and what is to be said now is said."""
        until, quiet = time.monotonic() + seconds, 0
        while quiet < 2:
            assert time.monotonic() < until, (self.server.pending, self.inbox(), self._outbox())
            waiting = self.inbox().get("new", 0) or self._due()
            quiet = quiet + 1 if not self.server.pending and not waiting else 0
            await asyncio.sleep(0.03)

    async def until(self, true: Callable[[], object], seconds: float = 15.0) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, (self.inbox(), self._outbox(), self.server.methods())
            await asyncio.sleep(0.02)

    def _due(self) -> int:
        return self.read(lambda store: store.outbox.due_count(self.parts.clock.now()))

    def _outbox(self) -> dict[str, int]:
        return self.read(lambda store: store.outbox.counts())


def settings_for(url: str, telegram: Telegram) -> Settings:
    """The defaults, but impatient."""
    return replace(
        Settings(),
        storage=StorageSettings(url=url),
        playground=Playground(on=False, virtual_clock=False),
        telegram=telegram,
        intake=Intake(poll_seconds=0.05),
        outbox=Outbox(poll_seconds=0.05, send_timeout_seconds=3.0, backoff_seconds=(1,)),
        listening=replace(Settings().listening, album_seconds=0.3),
    )


@asynccontextmanager
async def running(
    storage_url: str,
    reader: Reader,
    *,
    mode: str = "polling",
    server: FakeServer | None = None,
    menus: bool = False,
    roles: Collection[str] = ROLES,
) -> AsyncIterator[Town]:
    """The program, listening and speaking, until the end of the block."""
    server = server or FakeServer()
    # A server that has an address is somebody else's, who started it.
    if not server.address:
        await server.start()
    server.date = int(START.timestamp())
    sock = socket.create_server(("127.0.0.1", 0)) if mode == "webhook" else None
    url = f"http://127.0.0.1:{sock.getsockname()[1]}/telegram/webhook" if sock is not None else ""
    telegram = Telegram(
        on=True,
        mode="webhook" if sock is not None else "polling",
        webhook_url=url,
        api=server.address,
        poll_seconds=1,
        http_seconds=1.0,
        menus=menus,
    )
    clock = OfficeClock()
    clock.set(START)
    secrets = Secrets(key=KEY, telegram_token=TOKEN, telegram_secret=SECRET)
    parts = build(settings_for(storage_url, telegram), KEY, clock, reader, secrets)
    if not parts.database.parallel:
        with parts.database.engine.begin() as connection:
            metadata.create_all(connection)
    places = parts.database.write(found)
    town = Town(server, people(server), parts, places, url)
    tasks: list[asyncio.Task[None]] = []
    web: uvicorn.Server | None = None
    if sock is not None:
        web = uvicorn.Server(uvicorn.Config(make_app(parts, roles), log_level="warning", lifespan="on"))
        tasks.append(asyncio.create_task(web.serve(sockets=[sock])))
    else:
        tasks = start(parts)
    await asyncio.sleep(0)
    try:
        yield town
    finally:
        if web is not None:
            web.should_exit = True
        else:
            for task in tasks:
                task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await parts.channels["telegram"].close()
        await server.stop()
        parts.close()


def people(server: FakeServer) -> Phones:
    phones = Phones(server)
    for user, name in ((ZHANG, "张女士"), (LIU, "老刘"), (LIMIN, "李敏"), (WANG, "王书记"), (ADMIN, "孙群主")):
        if user not in server.users:
            phones.person(user, name)
    if RESIDENTS not in server.chats:
        members = {ZHANG: "member", LIU: "member", ADMIN: "creator", LIMIN: "member"}
        phones.group(RESIDENTS, "3幢2单元邻居群", members)
        phones.group(STAFF, "云栖里工作群", {LIMIN: "member", WANG: "administrator"})
    return phones


def found(store: Store) -> dict[str, int]:
    """The district, where it is not there yet."""
    there = store.areas.below("/")
    if there:
        named = {area.kind: area.id for area in there}
        return named | {"limin": 1, "wang": 2}
    district = store.areas.add(None, "district", "qinglan", "青澜区", label="青澜")
    community = store.areas.add(district.id, "community", "yangguang", "阳光社区", label="阳光")
    estate = store.areas.add(community.id, "estate", "yunqi", "云栖里")
    unit = store.areas.add(estate.id, "unit", "3-2", "3幢2单元")
    limin = store.people.add(district.id, "李敏", START, "13800000001")
    store.people.appoint(limin, estate.id, Role.GRID_WORKER, START)
    wang = store.people.add(district.id, "王建国", START, "13800000002")
    store.people.appoint(wang, community.id, Role.SECRETARY, START)
    return {
        "district": district.id,
        "community": community.id,
        "estate": estate.id,
        "unit": unit.id,
        "limin": limin,
        "wang": wang,
    }


def _room(chat: int) -> Address:
    return Address("telegram", str(chat))
