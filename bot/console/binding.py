"""`minqing bind`: a staff group that we only push into becomes an area's: a webhook robot's, or one the app makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import config as configuration
from bot.console.office import database_of, fail, settings_of
from bot.doors import DOORS, contradictions
from domain.areas import Area
from domain.errors import SendFailed
from domain.messages import Address
from domain.settings import Settings
from handlers.binding import named
from handlers.staff_rooms import Colleague, bind_staff_room, colleagues, room_name
from storage.database import Database
from storage.store import Store

_KEY = re.compile(r"(?:https://\S+[?&]key=)?([0-9A-Za-z-]{16,64})(?:&\S*)?")


def bind(config: Path | None, area: str, *, webhook: bool, appchat: bool, members: Sequence[str]) -> None:
    if webhook == appchat:
        raise fail("name an area with --webhook or --appchat, or somebody of the staff with --person", 2)
    if members and not appchat:
        raise fail("--member goes with --appchat: a robot's group has its members already", 2)
    settings = settings_of(config)
    with database_of(settings) as database:
        place = database.read(lambda store: _area(store, area))
        if webhook:
            _bind_webhook(settings, database, place)
        else:
            _bind_appchat(settings, database, place, members)


def _area(store: Store, name: str) -> Area:
    found = named(store, "/", name)
    if len(found) != 1:
        among = ": " + ", ".join(f"{one.name} ({one.code})" for one in found[:8]) if found else ""
        raise fail(f"there is {'more than one' if found else 'no'} area called {name!r}{among}")
    return found[0]


def _bind_webhook(settings: Settings, database: Database, area: Area) -> None:
    from bot.channels.wecom_webhook import CHANNEL, keep_key

    said = typer.prompt("The robot's webhook address, or its key (not shown)", hide_input=True, err=True).strip()
    key = _KEY.fullmatch(said)
    if key is None:
        raise fail("that is no webhook address and no key: copy it from the group's robot (消息推送)", 2)

    def work(store: Store) -> str:
        chat = keep_key(store, key[1])
        return bind_staff_room(store, Address(CHANNEL, chat), area, settings.office.language, datetime.now(UTC))

    name = database.write(work)
    typer.echo(f"bound: {name}. The robot greets the group as soon as minqing runs{_if_off(settings, CHANNEL)}")


def _bind_appchat(settings: Settings, database: Database, area: Area, more: Sequence[str]) -> None:
    from bot.channels.wecom_appchat import APP, CHANNEL, FEWEST, MOST, WecomAppchatChannel

    secrets = configuration.secrets()
    for door, what in contradictions(settings, secrets, every=True):
        if door.name == CHANNEL:
            raise fail(what)
    people = database.read(lambda store: colleagues(store, area, APP))
    users = list(dict.fromkeys([one.user for one in people if one.user is not None] + list(more)))
    _tell_missing([one for one in people if one.user is None])
    if not FEWEST <= len(users) <= MOST:
        raise fail(
            f"WeCom makes a group of {FEWEST} to {MOST} members; these are {len(users)}. Colleagues are known once "
            "they have written to the app and are bound; others are named with --member USERID"
        )
    channel = WecomAppchatChannel(database, settings, lambda: datetime.now(UTC), secrets)
    name = database.read(lambda store: room_name(store, area, settings.office.language))
    try:
        chat = channel.create(name, users)
    except SendFailed as failed:
        raise fail(f"WeCom did not make the group: {failed.why}") from None
    now = datetime.now(UTC)
    database.write(lambda store: bind_staff_room(store, Address(CHANNEL, chat), area, settings.office.language, now))
    typer.echo(
        f"made and bound: {name}, {len(users)} members. It is seen once something is said in it, which happens as soon "
        f"as minqing runs{_if_off(settings, CHANNEL)}"
    )


def _tell_missing(unknown: Sequence[Colleague]) -> None:
    if unknown:
        names = ", ".join(one.name for one in unknown)
        typer.echo(f"left out, since their account in the app is not bound yet: {names}", err=True)


def _if_off(settings: Settings, channel: str) -> str:
    [door] = [one for one in DOORS if one.name == channel]
    return "" if door.is_on(settings) else f" with [{door.section}] on = true"
