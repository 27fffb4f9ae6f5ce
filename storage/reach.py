"""Where we can speak up by ourselves just now: what each open door allows, and rooms in which somebody spoke lately."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from domain.messages import Address
from storage.channel_state import ChannelState

# A channel that may only answer keeps something under this name and the room's as long as it may.
OPEN = "open:"
_OURS, _PUSHES = "minqing", "pushes"
# At any time; now, since somebody wrote there; when somebody writes there; never.
ALWAYS, NOW, LATER, NEVER = range(4)
_RANKS = {"yes": ALWAYS, "after_first_message": LATER, "needs_confirmation": LATER}


def keep_pushes(state: ChannelState, pushes: Mapping[str, str]) -> None:
    """What the doors that are open allow, by channel (`push` of domain/capabilities.py): whatever else there is is
    closed."""
    state.set(_OURS, _PUSHES, json.dumps(dict(pushes)))


def reach(state: ChannelState, room: Address, now: datetime) -> int:
    """ALWAYS, NOW, LATER or NEVER: what is least first. Before any door was opened nothing speaks against any room."""
    kept = state.get(_OURS, _PUSHES, now)
    if kept is None:
        return ALWAYS
    rank = _RANKS.get(json.loads(kept).get(room.channel, ""), NEVER)
    if rank == LATER and state.get(room.channel, open_name(room.chat), now) is not None:
        return NOW
    return rank


def open_name(chat: str) -> str:
    """Under which name of its own state a channel keeps that it may speak in this room now."""
    return f"{OPEN}{chat}"[:128]
