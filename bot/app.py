"""Wiring: knows all the parts (the channels through bot/doors.py), builds them, and owns the FastAPI app."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot import shown
from bot.aids import Aid, open_aids
from bot.attachments import Attachments
from bot.barred import Refusals
from bot.channel import Channel
from bot.clock import OfficeClock, tick
from bot.config import secrets as secrets_of
from bot.credentials import Secrets
from bot.doors import Wiring, contradictions, open_doors
from bot.intake import Intake
from bot.leasing import Leasing
from bot.loops import Loop, guarded
from bot.office import RunningOffice
from bot.sender import Sender
from bot.taught import Teaching
from domain.settings import Settings
from handlers.care.today import ensure_alarms
from handlers.context import Context
from nlu.reader import Reader
from storage import migrate
from storage.cipher import WRONG_KEY, Cipher, WrongKey
from storage.database import Database
from storage.reach import keep_pushes
from storage.store import Store

log = structlog.get_logger()

# What a process of `minqing run` may do; all of it unless told otherwise.
ROLES = ("intake", "clock", "web", "sender")


class NotReady(Exception):
    """The program cannot start; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that runs, made once."""

    settings: Settings
    database: Database
    reader: Reader
    clock: OfficeClock
    channels: Mapping[str, Channel]
    aids: Mapping[str, Aid]
    intake: Intake
    sender: Sender
    attachments: Attachments
    leasing: Leasing

    def close(self) -> None:
        self.database.close()


def build(
    settings: Settings,
    key: str,
    clock: OfficeClock | None = None,
    reader: Reader | None = None,
    secrets: Secrets | None = None,
) -> Parts:
    """Open the database and make the parts; nothing runs yet. Call it before or outside the event loop's hot path.
    NotReady where a setting does not go with another, or a secret is missing."""
    secrets = secrets or secrets_of()
    refuse_contradictions(settings, secrets)
    clock = clock or OfficeClock()
    database = Database(settings.storage, Cipher(key))
    reader = reader or Reader.load()
    wiring = Wiring(database, settings, secrets, clock.now)
    channels = {door.name: door.make(wiring) for door in open_doors(settings)}
    aids = open_aids(wiring)
    return Parts(
        settings=settings,
        database=database,
        reader=reader,
        clock=clock,
        channels=channels,
        aids=aids,
        intake=Intake(database, {**channels, **aids, Refusals.name: Refusals()}, settings, reader, clock.now),
        sender=Sender(database, channels, settings, clock.now),
        attachments=Attachments(database, channels, settings),
        leasing=Leasing(database, settings.outbox.sender_lease_seconds),
    )


def refuse_contradictions(settings: Settings, secrets: Secrets) -> None:
    """NotReady where the settings or secrets of a real channel cannot work."""
    for _door, what in contradictions(settings, secrets):
        raise NotReady(what)


def check_ready(parts: Parts) -> None:
    """Refuse to start on a database of another schema or sealed with another key."""
    with parts.database.engine.connect() as connection:
        revision = migrate.current(connection)
    if revision != migrate.head():
        raise NotReady(
            f"the database is at {revision or 'nothing'}, the program at {migrate.head()}: minqing db upgrade"
        )
    try:
        known = parts.database.read(lambda store: store.channel_state.get("minqing", "key", parts.clock.now()))
    except WrongKey:
        raise NotReady(WRONG_KEY) from None
    if known is None:
        parts.database.write(lambda store: store.channel_state.set("minqing", "key", "sealed with this key"))


@asynccontextmanager
async def running(parts: Parts, roles: Collection[str] = ROLES) -> AsyncIterator[None]:
    """The loops of these roles, from here to the end of the block."""
    tasks = start(parts, roles)
    scheduler = AsyncIOScheduler(timezone="UTC")
    if "clock" in roles:
        scheduler.add_job(
            beat,
            "interval",
            args=[parts],
            seconds=parts.settings.beat.seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        for one in (*parts.channels.values(), *parts.aids.values()):
            await one.close()
        await parts.leasing.give_back()


def make_app(parts: Parts, roles: Collection[str] = ROLES) -> FastAPI:
    """The web app: the platforms' doors first, then the pages (after NiceGUI nothing else is found)."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with running(parts, roles):
            yield

    app = FastAPI(title="minqing", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        counts = await asyncio.to_thread(
            parts.database.read, lambda store: (store.inbox.unfinished(), store.outbox.unfinished())
        )
        return JSONResponse({"inbox": counts[0], "outbox": counts[1]})

    if parts.settings.web.public_url:
        app.include_router(shown.door(parts.database, parts.clock.now))
    for channel in parts.channels.values():
        router = channel.routes(parts.intake.receive)
        if router is not None:
            app.include_router(router)
    if parts.settings.playground.on:
        from bot.channels.playground import PlaygroundChannel
        from cockpit.app import mount

        playground = parts.channels[PlaygroundChannel.name]
        office = RunningOffice(
            parts.settings, parts.database, parts.reader, parts.clock, parts.intake, parts.sender,
            playground if isinstance(playground, PlaygroundChannel) else None,
        )  # fmt: skip
        mount(app, office)
    return app


def start(parts: Parts, roles: Collection[str] = ROLES) -> list[asyncio.Task[None]]:
    """Set the loops of these roles going: intake (with listening and attachments), sender, and the alarms."""
    parts.database.write(partial(_begin, parts))
    loops: dict[str, Loop] = {}
    if "sender" in roles:
        loops["sender"] = parts.sender.run
    if "clock" in roles:
        loops["teaching"] = Teaching(parts.database, parts.reader, parts.clock.now).run
    if "intake" in roles:
        leasing = parts.leasing
        loops |= {"intake": parts.intake.run, "leases": leasing.keep}
        loops["attachments"] = partial(leasing.alone, "attachments", parts.attachments.run)
        # Two that ask one platform for the same deliveries are in each other's way.
        for name, channel in (*parts.channels.items(), *parts.aids.items()):
            listens = f"listen:{name}"
            loops[listens] = partial(leasing.alone, listens, partial(channel.listen, parts.intake.receive))
    return [asyncio.create_task(guarded(name, loop)) for name, loop in loops.items()]


def _begin(parts: Parts, store: Store) -> None:
    keep_pushes(store.channel_state, {name: one.capabilities.push for name, one in parts.channels.items()})
    ensure_alarms(Context(parts.clock.now(), store, parts.settings, parts.reader))


async def beat(parts: Parts) -> None:
    """One beat of the clock: what is due is done, what came of it is sent."""
    done = await asyncio.to_thread(tick, parts.database, parts.settings, parts.reader, parts.clock.now())
    if done:
        parts.sender.wake()
