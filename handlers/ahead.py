"""What a batch of messages will ask the tables for, read at once: one by one it would cost many times as much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.messages import Event, Incoming, Said
from domain.settings import Settings
from storage.store import Store


def look_ahead(store: Store, settings: Settings, coming: Sequence[Incoming]) -> None:
    """Who speaks, ids for their lines, and the talk before in their groups. Nothing depends on it."""
    events = [one for one in coming if isinstance(one, Event)]
    store.people.expect({(one.at.channel, one.sender.user_id) for one in events})
    said = [one for one in events if isinstance(one, Said)]
    listening = settings.listening
    since: dict[int, datetime] = {}
    for one in said:
        group = store.areas.group_at(one.at) if not one.private else None
        if group is not None:
            begins = one.sent_at - timedelta(hours=listening.recent_hours)
            since[group.id] = min(begins, since.get(group.id, begins))
    store.lines.expect(len(said), since, listening.recent_lines + 1)
