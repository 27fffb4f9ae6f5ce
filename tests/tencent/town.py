"""An office with doors to WeCom: the whole program in this process, the far end beside it, a district. Residents live
on the playground's platform, so that a story crosses doors. Another door: `running(changed=…, secrets=…)`.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import uvicorn

from bot.app import Parts, build, make_app
from bot.clock import OfficeClock
from bot.credentials import Secrets
from domain.messages import Address, Raw
from domain.people import Role
from domain.running import Intake, Outbox, StorageSettings
from domain.settings import Playground, Settings
from domain.tickets import Ticket
from domain.wecom import Wecom, WecomApp
from nlu.reader import Reader
from storage.playground import Member, private_chat
from storage.store import Store
from storage.tables import metadata
from tests.tencent.caller import AES_KEY, TOKEN, CallbackSender, message
from tests.tencent.far_end import CORP, SECRET, FarEnd

T = TypeVar("T")
# A Friday morning, 09:30 in Shanghai.
START = datetime(2026, 5, 8, 1, 30, 5, tzinfo=UTC)
KEY = "c3Rvcnktb2YtdGhlLXRlbGVncmFtLWpvdXJuYWwtMDE="
AGENT = 1000002
RESIDENTS = "g:3-2"
ZHANG = Member("u:zhang", "张女士", "resident", "3-2-501")
LIU = Member("u:liu", "老刘", "resident", "3-2-602")
LIMIN, WANG = "limin", "wangjianguo"
SECRETS = Secrets(key=KEY, wecom_app_secret=SECRET, wecom_app_token=TOKEN, wecom_app_aes_key=AES_KEY)


@dataclass
class Town:
    far: FarEnd
    parts: Parts
    places: dict[str, int]
    web: str
    # WeCom calling the app's door.
    app: CallbackSender
    brought: int = 100

    def read(self, work: Callable[[Store], T]) -> T:
        return self.parts.database.read(work)

    def write(self, work: Callable[[Store], T]) -> T:
        return self.parts.database.write(work)

    def tickets(self) -> list[Ticket]:
        states = ("proposed", "open", "taken", "done", "closed", "withdrawn", "rejected", "merged")
        return self.read(lambda store: store.tickets.in_area("/", states))

    def inbox(self) -> dict[str, int]:
        return self.read(lambda store: store.inbox.counts())

    def outbox(self) -> dict[str, int]:
        return self.read(lambda store: store.outbox.counts())

    # workers, in the app

    async def says(self, user: str, text: str) -> None:
        """Somebody writes to the app; handled and answered on return."""
        await self.brings("text", user, Content=text)

    async def brings(self, kind: str, user: str, **fields: object) -> None:
        self.brought += 1
        assert await self.app.says(message(kind, user, self.brought, **fields)) == (200, b"")
        await self.settle()

    async def presses(self, user: str, label: str) -> None:
        """A button of the last card that stands in his chat."""
        card = self.far.card(user)
        [key] = [one["key"] for one in card["button_list"] if one["text"] == label]
        await self.press_with(user, card["task_id"], key)

    async def press_with(self, user: str, task: str, key: str) -> None:
        code = self.far.code_for(user, task)
        self.app.now += 1
        event = message(
            "event", user, 0, self.app.now, Event="template_card_event", EventKey=key, TaskId=task, ResponseCode=code,
            CardType="button_interaction",
        )  # fmt: skip
        assert await self.app.says(event) == (200, b"")
        await self.settle()

    # residents, on the playground's platform

    async def writes(self, who: Member, text: str, chat: str = RESIDENTS) -> None:
        await self._hand_in(lambda store: store.playground.say(chat, who.user_id, who.name, text, START))

    async def chooses(self, who: Member, post: int, label: str) -> None:
        """Presses a button of a post."""
        shown = self.read(lambda store: store.playground.get(post))
        assert shown is not None
        [command] = [button.command for button in shown.buttons if button.label == label]
        await self._hand_in(lambda store: store.playground.press(post, command, who.user_id, who.name, START))

    async def _hand_in(self, made: Callable[[Store], Raw | None]) -> None:
        raw = self.write(made)
        assert raw is not None
        await self.parts.intake.receive([raw])
        await self.settle()

    def posts(self, chat: str = RESIDENTS) -> list[str]:
        """What stands there from the bot."""
        return [one.text for one in self.read(lambda store: store.playground.of_room(chat)) if one.bot]

    async def settle(self, seconds: float = 45.0) -> None:
        """Until what people did is handled, and what is to be said now is said."""
        until, quiet = time.monotonic() + seconds, 0
        while quiet < 2:
            assert time.monotonic() < until, (self.inbox(), self.outbox(), self.far.paths())
            waiting = self.inbox().get("new", 0) or self._due()
            quiet = quiet + 1 if not waiting else 0
            await asyncio.sleep(0.03)

    async def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, (self.inbox(), self.outbox(), self.far.paths())
            await asyncio.sleep(0.02)

    def _due(self) -> int:
        return self.read(lambda store: store.outbox.due_count(self.parts.clock.now()))


def settings_for(url: str, api: str) -> Settings:
    """The defaults, but impatient; the app's door open."""
    return replace(
        Settings(),
        storage=StorageSettings(url=url),
        playground=Playground(on=True, virtual_clock=False),
        wecom=Wecom(corp_id=CORP, api=api, http_seconds=1.5, app=WecomApp(on=True, agent_id=AGENT)),
        intake=Intake(poll_seconds=0.05),
        outbox=Outbox(poll_seconds=0.05, send_timeout_seconds=4.0, backoff_seconds=(1,)),
    )


@asynccontextmanager
async def running(
    storage_url: str,
    reader: Reader,
    *,
    changed: Callable[[Settings], Settings] = lambda settings: settings,
    secrets: Secrets = SECRETS,
) -> AsyncIterator[Town]:
    """The program, with its doors open, until the end of the block. `changed` gets the settings and gives others."""
    far = FarEnd()
    far.members |= {LIMIN, WANG}
    await far.start()
    sock = socket.create_server(("127.0.0.1", 0))
    web = f"http://127.0.0.1:{sock.getsockname()[1]}"
    clock = OfficeClock()
    clock.set(START)
    parts = build(changed(settings_for(storage_url, far.address)), KEY, clock, reader, secrets)
    if not parts.database.parallel:
        with parts.database.engine.begin() as connection:
            metadata.create_all(connection)
    places = parts.database.write(found)
    # The doors without the playground's pages, which nobody looks at here.
    doors = replace(parts, settings=replace(parts.settings, playground=Playground(on=False, virtual_clock=False)))
    server = uvicorn.Server(uvicorn.Config(make_app(doors), log_level="warning", lifespan="on"))
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    sender = CallbackSender(f"{web}/wecom/app", receiver=CORP, now=int(START.timestamp()))
    try:
        yield Town(far, parts, places, web, sender)
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving
        await far.stop()
        parts.close()


def found(store: Store) -> dict[str, int]:
    """The district, its people, the residents' group and chats, and the workers' accounts in the app."""
    district = store.areas.add(None, "district", "qinglan", "青澜区", label="青澜")
    community = store.areas.add(district.id, "community", "yangguang", "阳光社区", label="阳光")
    estate = store.areas.add(community.id, "estate", "yunqi", "云栖里")
    unit = store.areas.add(estate.id, "unit", "3-2", "3幢2单元")
    places = {"district": district.id, "community": community.id, "estate": estate.id, "unit": unit.id}
    for name, role, area, phone in (
        (LIMIN, Role.GRID_WORKER, estate.id, "13800000001"),
        (WANG, Role.SECRETARY, community.id, "13800000002"),
    ):
        person = store.people.add(district.id, {LIMIN: "李敏", WANG: "王建国"}[name], START, phone)
        store.people.appoint(person, area, role, START)
        account = store.people.account("wecom_app", name, name, START, name)
        store.people.bind_account(account.id, person)
        places[name] = person
    store.playground.add_room(RESIDENTS, "3幢2单元邻居群", "residents", "unit", [ZHANG, LIU], 0)
    store.areas.bind(Address("playground", RESIDENTS), unit.id, "unit", "residents", "3-2居民群", START)
    for position, member in enumerate((ZHANG, LIU), start=1):
        chat = private_chat(member.user_id)
        store.playground.add_room(chat, member.name, "private", members=[member], position=position)
        store.people.account("playground", member.user_id, member.name, START, chat)
    return places
