"""Which rooms are this bot's: to another one (a wrong token) every room is gone, and that must unbind none of them."""

from __future__ import annotations

from datetime import datetime

from bot.channels.telegram_bot.deliveries import CHANNEL
from domain.messages import Address
from storage.store import Store

_BOT = "bot:"


def meet(store: Store, bot: int, now: datetime) -> bool:
    """Keep since when this bot works here; the first one did ever since. Whether it is a further one, and new."""
    name = f"{_BOT}{bot}"
    if store.channel_state.get(CHANNEL, name, now) is not None:
        return False
    further = bool(store.channel_state.names(CHANNEL, _BOT))
    store.channel_state.set(CHANNEL, name, now.isoformat() if further else "")
    return further


def is_ours(store: Store, bot: int, room: Address, now: datetime) -> bool | None:
    """Whether the room was bound, or somebody first seen there, since this bot works here; None before it was met."""
    since = store.channel_state.get(CHANNEL, f"{_BOT}{bot}", now)
    if since is None:
        return None
    return not since or store.rooms.known_since(room, datetime.fromisoformat(since))
