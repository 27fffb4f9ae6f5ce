"""Where the robot may answer: each callback brings an address for one answer within an hour (101138). They are kept,
so that what comes up meanwhile can be said as well; one that was used is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.channels.wecom_aibot.capabilities import CHANNEL
from storage.reach import open_name
from storage.store import Store

_GOOD_FOR = timedelta(minutes=58)
# More than this are not needed: the oldest is used first.
_MOST = 40
_MEDIA_MINUTES = 5


def keep(store: Store, chat: str, url: str, now: datetime) -> None:
    """Another answer may be given there."""
    there = _read(store, chat, now)
    if all(one != url for one, _ in there):
        _write(store, chat, [*there, (url, now + _GOOD_FOR)][-_MOST:])


def is_new(store: Store, key: str, now: datetime) -> bool:
    """Whether this delivery has not been here before: a repeat has the same key."""
    name = f"came:{key}"[:128]
    if store.channel_state.get(CHANNEL, name, now) is not None:
        return False
    store.channel_state.set(CHANNEL, name, "", now + _GOOD_FOR)
    return True


def use(store: Store, chat: str, wanted: int, now: datetime) -> list[tuple[str, datetime]]:
    """Addresses for so many answers, as far as there are any, and until when each is good; used up with this. Those
    that run out first."""
    there = _read(store, chat, now)
    if there:
        _write(store, chat, there[wanted:])
    return there[:wanted]


def give_back(store: Store, chat: str, unused: Sequence[tuple[str, datetime]], now: datetime) -> None:
    """They were not used after all."""
    _write(store, chat, [*unused, *_read(store, chat, now)])


def keep_media(store: Store, name: str, url: str, now: datetime) -> None:
    """Where an attachment lies, for five minutes (100719)."""
    store.channel_state.set(CHANNEL, name, url, now + timedelta(minutes=_MEDIA_MINUTES))


def _read(store: Store, chat: str, now: datetime) -> list[tuple[str, datetime]]:
    # The door adds to them while the sender uses them up, perhaps in another process.
    kept = store.channel_state.hold(CHANNEL, open_name(chat), now)
    found = [(url, datetime.fromtimestamp(until, UTC)) for url, until in json.loads(kept)] if kept else []
    return [one for one in found if one[1] > now]


def _write(store: Store, chat: str, some: Sequence[tuple[str, datetime]]) -> None:
    if not some:
        store.channel_state.delete(CHANNEL, open_name(chat))
        return
    kept = json.dumps([(url, until.timestamp()) for url, until in some])
    store.channel_state.set(CHANNEL, open_name(chat), kept, max(until for _, until in some))
