"""Plays a written conversation through the real road on a throw-away database, and tells what became of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

from bot.channels.replay import NAME, ReplayChannel
from bot.clock import OfficeClock
from bot.intake import Intake
from bot.office import RunningOffice
from bot.replay_result import result_of
from bot.sender import Sender
from domain.messages import Address, Raw
from domain.people import Role
from domain.reading import TIERS, Tier
from domain.settings import Settings
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store

# Time goes on after the last message, for what was to follow at once.
AFTERWARDS = timedelta(minutes=10)

_ROLES: Mapping[str, Role] = {
    "grid_worker": Role.GRID_WORKER,
    "property": Role.PROPERTY_DUTY,
    "secretary": Role.SECRETARY,
    "admin": Role.DISTRICT_ADMIN,
}


class Stage:
    """A template database made once; each conversation plays on a copy of it."""

    def __init__(self, folder: Path, settings: Settings, reader: Reader) -> None:
        self._settings = settings
        self._reader = reader
        self._template = folder / "template.db"
        self._copy = folder / "stage.db"
        storage = replace(settings.storage, url=f"sqlite:///{self._copy}")
        self._database = Database(storage, Cipher(new_key()))
        migrate.upgrade(self._database)
        self._database.reopen()
        self._copy.replace(self._template)

    def close(self) -> None:
        self._database.close()

    async def play(self, conversation: Mapping[str, Any]) -> dict[str, Any]:
        """Feed the messages one by one; ticks due before each run first, the outbox is drained after each."""
        self._database.reopen()
        for suffix in ("-wal", "-shm"):
            self._copy.with_name(self._copy.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._copy)
        return await self._play(self._database, conversation)

    async def _play(self, database: Database, conversation: Mapping[str, Any]) -> dict[str, Any]:
        messages: list[dict[str, Any]] = conversation["messages"]
        start = datetime.fromisoformat(messages[0]["at"]).astimezone(UTC)
        clock = OfficeClock(lambda: start)
        settings = replace(self._settings, intake=replace(self._settings.intake, batch=1))
        channel = ReplayChannel()
        intake = Intake(database, {NAME: channel}, settings, self._reader, clock.now)
        sender = Sender(database, {NAME: channel}, settings, clock.now)
        office = RunningOffice(settings, database, self._reader, clock, intake, sender)
        database.write(lambda store: furnish(store, conversation, start))
        for message in messages:
            at = datetime.fromisoformat(message["at"])
            await office.advance(at)
            channel.after = message["n"]
            body = dict(message)
            body["replies_to"] = database.read(partial(_quoted, message=message))
            raw = Raw(NAME, str(message["n"]), message["group"], json.dumps(body, ensure_ascii=False).encode(), at)
            await office.submit(raw)
            await office.settle()
        await office.advance(clock.now() + AFTERWARDS)
        return database.read(lambda store: result_of(store, conversation, channel.spoken))


def furnish(store: Store, conversation: Mapping[str, Any], now: datetime) -> None:
    """The areas, groups, staff groups and posts that a conversation takes for granted."""
    area = conversation["area"]
    district = store.areas.add(None, "district", area["district"], area["district"], label=area["district"][:2])
    place = {"district": district.id, "community": district.id, "unit": district.id}
    if area["community"]:
        place["community"] = place["unit"] = store.areas.add(
            district.id, "community", area["community"], area["community"], label=area["community"].removesuffix("社区")
        ).id
    if area["estate"]:
        place["community"] = place["unit"] = store.areas.add(
            place["community"], "estate", area["estate"], area["estate"]
        ).id
    if area["building"]:
        kind, code = ("unit", f"{area['building']}-{area['unit']}") if area["unit"] else ("building", area["building"])
        place["unit"] = store.areas.add(place["community"], kind, code, code).id
    for group in conversation["groups"]:
        tier = cast(Tier, group["tier"])
        store.areas.bind(Address(NAME, group["key"]), place[tier], tier, "residents", group["name"], now)
    for tier in TIERS:
        store.areas.bind(Address(NAME, f"staff:{tier}"), place[tier], tier, "staff", f"staff:{tier}", now)
    for who, role in {message["who"]: message["role"] for message in conversation["messages"]}.items():
        account = store.people.account(NAME, who, who, now)
        if role in _ROLES:
            person = store.people.add(district.id, who, now)
            store.people.bind_account(account.id, person)
            post = _ROLES[role]
            seat = place["district"] if post is Role.DISTRICT_ADMIN else place["community"]
            store.people.appoint(person, seat, post, now)


def _quoted(store: Store, message: Mapping[str, Any]) -> str | None:
    """The platform id that a message replies to: another message, or our card of a ticket."""
    if message.get("reply_to") is not None:
        return str(message["reply_to"])
    about = message.get("reply_to_card_about")
    if about is None:
        return None
    for room in (group.chat for group in store.areas.all_groups() if group.audience == "residents"):
        line = store.lines.at(NAME, room, str(about))
        tickets = store.tickets.tickets_of_lines([line]) if line is not None else {}
        for ticket in tickets.get(line or 0, ()):
            remotes = store.outbox.remotes(NAME, message["group"], f"ticket:{ticket}:residents")
            if remotes:
                return remotes[0]
    return None
