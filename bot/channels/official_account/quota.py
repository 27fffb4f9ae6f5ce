"""How many messages a follower may still be sent: kept in the database, so that no restart forgets what was sent.

Each thing that he does makes the count anew, it does not add up (the platform's own rule).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.channels.official_account.capabilities import CHANNEL
from storage.reach import open_name
from storage.store import Store

_MESSAGE, _EVENT = "message", "event"
# Seconds that are left off at the end: a message on its way must still arrive in time.
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class Grant:
    """`left` messages until then, for what he did at `at`."""

    kind: str
    at: datetime
    left: int
    until: datetime

    @classmethod
    def message(cls, at: datetime) -> Grant:
        return cls(_MESSAGE, at, 5, at + timedelta(hours=48))

    @classmethod
    def event(cls, at: datetime) -> Grant:
        return cls(_EVENT, at, 3, at + timedelta(minutes=1))


def grant(store: Store, user: str, new: Grant, now: datetime) -> None:
    """Something was said or done. A delivery that comes again grants nothing anew."""
    grants = _read(store, user, now)
    before = grants.get(new.kind)
    if before is None or before.at < new.at:
        _write(store, user, {**grants, new.kind: new})


def take(store: Store, user: str, wanted: int, now: datetime) -> int:
    """Take so many messages of those that are left, as far as there are any: how many may be sent. What ends first is
    used first."""
    grants = _read(store, user, now)
    taken = 0
    for one in sorted(grants.values(), key=lambda one: one.until):
        some = min(wanted - taken, one.left)
        grants[one.kind] = replace(one, left=one.left - some)
        taken += some
    if taken:
        _write(store, user, grants)
    return taken


def give_back(store: Store, user: str, unused: int, now: datetime) -> None:
    """What was taken and not sent after all."""
    grants = _read(store, user, now)
    if unused and grants:
        last = max(grants.values(), key=lambda one: one.until)
        _write(store, user, {**grants, last.kind: replace(last, left=last.left + unused)})


def nothing_left(store: Store, user: str) -> None:
    """The platform counts otherwise than we do (somebody answered by hand): it is right."""
    store.channel_state.delete(CHANNEL, _name(user))
    store.channel_state.delete(CHANNEL, open_name(user))


def _read(store: Store, user: str, now: datetime) -> dict[str, Grant]:
    # The door grants while the sender takes, perhaps in another process.
    kept = store.channel_state.hold(CHANNEL, _name(user), now)
    if kept is None:
        return {}
    found = {
        kind: Grant(kind, datetime.fromtimestamp(at, UTC), left, datetime.fromtimestamp(until, UTC))
        for kind, (at, left, until) in json.loads(kept).items()
    }
    return {kind: one for kind, one in found.items() if one.until > now + timedelta(seconds=_MARGIN)}


def _write(store: Store, user: str, grants: Mapping[str, Grant]) -> None:
    until = max(one.until for one in grants.values())
    kept = {one.kind: [one.at.timestamp(), one.left, one.until.timestamp()] for one in grants.values()}
    store.channel_state.set(CHANNEL, _name(user), json.dumps(kept), until)
    if any(one.left for one in grants.values()):
        may = max(one.until for one in grants.values() if one.left) - timedelta(seconds=_MARGIN)
        store.channel_state.set(CHANNEL, open_name(user), "", may)
    else:
        store.channel_state.delete(CHANNEL, open_name(user))


def _name(user: str) -> str:
    return f"quota:{user}"[:128]
