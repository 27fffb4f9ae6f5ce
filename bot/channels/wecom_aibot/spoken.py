"""How much was said in each conversation, as WeCom counts it: in the database, since several processes speak there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels.wecom_aibot.capabilities import CHANNEL
from storage.store import Store

# Seconds, and how many in them (101463): replies, pushes and what is answered at the door, all together.
WINDOWS = ((60.0, 30), (3600.0, 1000))
_LONGEST, _MOST = max(seconds for seconds, _ in WINDOWS), max(most for _, most in WINDOWS)


def wait(store: Store, chat: str, now: datetime) -> float:
    """Seconds until one more may be said; 0 where it may be said now. Until the transaction ends nobody else counts
    in this conversation."""
    return pause(_said(store, chat, now), now.timestamp())


def add(store: Store, chat: str, now: datetime, count: int = 1) -> None:
    """So many more were said."""
    said = [*_said(store, chat, now), *[round(now.timestamp(), 3)] * count][-_MOST:]
    store.channel_state.set(CHANNEL, _name(chat), json.dumps(said), now + timedelta(seconds=_LONGEST))


def pause(said: Sequence[float], now: float) -> float:
    """Seconds until no window is full, of what was said at these moments (the latest last)."""
    # The one so many answers ago must be out of the window.
    full = [said[-most] + seconds for seconds, most in WINDOWS if len(said) >= most]
    return max(0.0, *(until - now for until in full)) if full else 0.0


def _said(store: Store, chat: str, now: datetime) -> list[float]:
    kept = store.channel_state.hold(CHANNEL, _name(chat), now)
    return [at for at in json.loads(kept) if at > now.timestamp() - _LONGEST] if kept else []


def _name(chat: str) -> str:
    return f"spoken:{chat}"[:128]
