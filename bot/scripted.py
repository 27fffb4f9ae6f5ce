"""Plays the scripted day of the sample district: the same doors and the same clock as everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from domain.messages import Raw
from domain.settings import Settings
from storage import sample
from storage.database import Database
from storage.playground import Post, Room
from storage.store import Store

log = structlog.get_logger()

MORNING = time(7, 30)

# The smallest PNG there is: a photo whose content does not matter.
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63d8b163070003fe01fe"
    "2d5b8fd80000000049454e44ae426082"
)


class Player(Protocol):
    """What the script needs of the office."""

    settings: Settings
    database: Database

    def now(self) -> datetime: ...

    async def submit(self, raw: Raw) -> None: ...

    async def advance(self, to: datetime) -> None: ...

    async def settle(self) -> None: ...


def morning_of(now: datetime, zone: ZoneInfo) -> datetime:
    """Half past seven of that day, where the office is."""
    return datetime.combine(now.astimezone(zone).date(), MORNING, zone)


async def play(office: Player, on_step: Callable[[str], None] | None = None, pause: float = 0.0) -> None:
    """From the first step of the script to its last, today if its morning is still to come, else tomorrow.

    `pause` in seconds after each step lets people read along."""
    steps: list[Mapping[str, Any]] = sample.read("day.toml")["steps"]
    zone = office.settings.office.tz
    day = office.now().astimezone(zone).date()
    first = time.fromisoformat(steps[0]["at"])
    if datetime.combine(day, first, zone) < office.now():
        day += timedelta(days=1)
    posts: list[int] = []
    for step in steps:
        await office.advance(datetime.combine(day, time.fromisoformat(step["at"]), zone))
        delivered = await asyncio.to_thread(_write, office, step, posts)
        if delivered is None:
            # Somebody played here before and has pressed the button already: the day goes on without this step.
            posts.append(0)
            continue
        raw, post_id = delivered
        posts.append(post_id)
        await office.submit(raw)
        await office.settle()
        if on_step is not None:
            on_step(f"{step['at']} {step['who']}")
        await asyncio.sleep(pause)


def _write(office: Player, step: Mapping[str, Any], posts: Sequence[int]) -> tuple[Raw, int] | None:
    """None where the card that the step wants to press or to answer is not there."""
    now = office.now()
    try:
        return office.database.write(lambda store: _deliver(store, step, posts, now))
    except LookupError as error:
        log.warning("step_left_out", at=step["at"], who=step["who"], why=str(error))
        return None


def _deliver(store: Store, step: Mapping[str, Any], posts: Sequence[int], now: datetime) -> tuple[Raw, int]:
    """Write the step into the playground as its page would; the delivery, and the post it is about."""
    rooms = {room.chat: room for room in store.playground.rooms()}
    chat = step["chat"]
    user = step["who"]
    name = _name_of(rooms, user)
    if "press" in step:
        card = _card(store, chat, step["press"], step.get("about"))
        raw = store.playground.press(card.id, _command(card, step["press"]), user, name, now)
        assert raw is not None, "the card was found just now"
        return raw, card.id
    if "edits_step" in step:
        post_id = posts[step["edits_step"]]
        raw = store.playground.change(post_id, step["text"], now)
        assert raw is not None, "the post was made by an earlier step"
        return raw, post_id
    replies_to = posts[step["replies_to_step"]] if "replies_to_step" in step else None
    if "replies_to_card" in step:
        replies_to = _card(store, chat, None, step["replies_to_card"]).id
    raw = store.playground.say(
        chat,
        user,
        name,
        step.get("text", ""),
        now,
        photo=PHOTO if step.get("photo") else None,
        voice=bool(step.get("voice")),
        replies_to=replies_to,
    )
    return raw, int(raw.key.removeprefix("post:"))


def _name_of(rooms: Mapping[str, Room], user: str) -> str:
    return next(
        (member.name for room in rooms.values() for member in room.members if member.user_id == user),
        user,
    )


def _card(store: Store, chat: str, label: str | None, about: str | None) -> Post:
    """The newest message of the bot in a room with this button and these words."""
    for post in reversed(store.playground.of_room(chat)):
        if (
            post.bot
            and (label is None or any(button.label == label for button in post.buttons))
            and (about is None or about in post.text)
        ):
            return post
    raise LookupError(f"the script wants a card in {chat} with [{label}] about {about!r}; there is none")


def _command(card: Post, label: str) -> str:
    return next(button.command for button in card.buttons if button.label == label)
