"""What a button carries over a platform on which anybody may send anything as pressed: signed, bound to the room.

In a private room that is the one person there; in a group those who are in it, each with the rights of his posts,
which the command asks for when it is carried out.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime

from domain.messages import Address, Pressed
from storage.store import Store

# Bytes that a mark may have (Telegram's callback_data); 12 of them are the signature.
LIMIT = 64
_WORDS, _NUMBER = "=", "#"


def mark(store: Store, to: Address, command: str, now: datetime, limit: int = LIMIT) -> str:
    """The mark of a button in a room: the command itself where it fits, else the id under which it is kept."""
    body = _WORDS + command
    if len(body.encode()) + _SIGNATURE > limit:
        body = _NUMBER + str(store.button_texts.keep(command, now))
    return _sign(store, to, body) + body


def needs_keeping(command: str, limit: int = LIMIT) -> bool:
    """Whether `mark` has to write."""
    return len((_WORDS + command).encode()) + _SIGNATURE > limit


def command_of(store: Store, pressed: Pressed) -> str | None:
    """The command that was given out with the button; None where the mark is not ours, or not for this room."""
    if pressed.mark is None:
        return pressed.command
    signature, body = pressed.mark[:_SIGNATURE], pressed.mark[_SIGNATURE:]
    if not hmac.compare_digest(signature.encode(), _sign(store, pressed.at, body).encode()):
        return None
    if body.startswith(_WORDS):
        return body[1:]
    return store.button_texts.get(int(body[1:]))


_SIGNATURE = 12


def _sign(store: Store, to: Address, body: str) -> str:
    group = store.areas.group_at(to)
    # A group keeps its id when the platform gives its room another.
    room = f"group {group.id}" if group is not None else f"room {to.chat}"
    digest = store.cipher.look_up(f"button\0{to.channel}\0{room}\0{body}")
    return urlsafe_b64encode(digest[:9]).decode()
