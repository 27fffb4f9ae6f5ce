"""Answers that take longer than WeCom waits: a stream is begun at once, and grows each time that the platform asks how
far it is (msgtype stream, 101031), until what was said is handled and answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.channels.wecom_aibot.capabilities import CHANNEL, CONTENT_BYTES
from domain.messages import Raw
from storage.store import Store

# WeCom asks for six minutes at most after what was said; ours end before.
_OPEN = timedelta(minutes=5)
_KNOWN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer to the delivery `key`; `told` is all of it so far. `open` until it has ended."""

    id: str
    key: str
    chat: str
    told: str = ""
    open: bool = True


def stream_for(raw: Raw) -> Stream:
    """The one that answers this delivery, and each repeat of it."""
    return Stream(hashlib.sha256(raw.key.encode()).hexdigest()[:24], raw.key, raw.chat)


def begin(store: Store, stream: Stream, now: datetime) -> bool:
    """From now on what is said in its chat is said in it. A repeat begins nothing anew: whether it is a new one."""
    if find(store, stream.id, now) is not None:
        return False
    _write(store, stream, now)
    store.channel_state.set(CHANNEL, _here(stream.chat), stream.id, now + _OPEN)
    return True


def waited_name(key: str) -> str:
    """Under which name is kept what waited in the chat when this delivery came, as the answer that tells it."""
    return f"waited:{key}"[:128]


def find(store: Store, stream: str, now: datetime) -> Stream | None:
    kept = store.channel_state.get(CHANNEL, _name(stream), now)
    return Stream(**json.loads(kept)) if kept is not None else None


def add(store: Store, chat: str, text: str, now: datetime) -> str | None:
    """Say this in the stream that is open in the chat: its id; None where there is none, or no room in it."""
    here = store.channel_state.get(CHANNEL, _here(chat), now)
    stream = find(store, here, now) if here is not None else None
    if stream is None:
        return None
    told = f"{stream.told}\n\n{text}" if stream.told else text
    if len(told.encode()) > CONTENT_BYTES:
        return None
    _write(store, Stream(stream.id, stream.key, chat, told), now)
    return stream.id


def is_over(store: Store, stream: Stream, now: datetime) -> bool:
    """Its delivery is handled and nothing more is on its way to its chat, or it is too late for it."""
    late = store.channel_state.get(CHANNEL, _here(stream.chat), now) != stream.id
    busy = store.inbox.is_new(CHANNEL, stream.key) or store.outbox.is_due_in(CHANNEL, stream.chat, now)
    return late or not busy


def end(store: Store, stream: str, now: datetime) -> Stream | None:
    """The whole of it, and nothing is said in it any more."""
    whole = find(store, stream, now)
    if whole is None or not whole.open:
        return whole
    if store.channel_state.get(CHANNEL, _here(whole.chat), now) == stream:
        store.channel_state.delete(CHANNEL, _here(whole.chat))
    ended = Stream(whole.id, whole.key, whole.chat, whole.told, open=False)
    _write(store, ended, now)
    return ended


def _write(store: Store, stream: Stream, now: datetime) -> None:
    kept = json.dumps(asdict(stream), ensure_ascii=False)
    store.channel_state.set(CHANNEL, _name(stream.id), kept, now + _KNOWN)


def _name(stream: str) -> str:
    return f"stream:{stream}"[:128]


def _here(chat: str) -> str:
    return f"streaming:{chat}"[:128]
