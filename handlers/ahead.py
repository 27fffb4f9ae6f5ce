"""What a batch of messages will ask the tables for, read at once: one by one it would cost many times as much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.areas import Group
from domain.messages import Event, Incoming, Said
from domain.reading import Tier
from domain.settings import Settings
from storage.meant import Coming
from storage.store import Store


def look_ahead(store: Store, settings: Settings, coming: Sequence[Incoming], now: datetime) -> None:
    """Who speaks (strangers are made known), ids for their lines, the talk before in their groups, and the tickets
    around. Nothing depends on it."""
    events = [one for one in coming if isinstance(one, Event)]
    store.areas.expect(one.at for one in events)
    store.people.expect({(one.at.channel, one.sender.user_id) for one in events})
    said = [one for one in events if isinstance(one, Said) and not one.sender.is_bot]
    store.people.welcome([(one.at.channel, one.sender, one.at.chat if one.private else None) for one in said], now)
    in_groups = [(one, group) for one in said if not one.private and (group := store.areas.group_at(one.at))]
    store.people.expect_posts({group.area_path for _, group in in_groups})
    listening = settings.listening
    since: dict[tuple[int, Tier], datetime] = {}
    for one, group in in_groups:
        begins = one.sent_at - timedelta(hours=listening.recent_hours)
        since[group.id, group.tier] = min(begins, since.get((group.id, group.tier), begins))
    store.lines.expect(len(said), since, listening.recent_lines + 1)
    if len(in_groups) > 1:
        _expect_tickets(store, settings, in_groups)


def _expect_tickets(store: Store, settings: Settings, in_groups: Sequence[tuple[Said, Group]]) -> None:
    there: dict[tuple[int | None, int | None], list[tuple[Said, Group]]] = {}
    for one, group in in_groups:
        seat = store.areas.seat(group.area_path)
        there.setdefault((seat.community, None if seat.community is not None else seat.district), []).append(
            (one, group)
        )
    listening = settings.listening
    for place, those in there.items():
        first = min(one.sent_at for one, _ in those)
        speakers = {store.people.known_as(one.at.channel, one.sender.user_id) for one, _ in those}
        store.known.expect(
            *place,
            Coming(
                groups=frozenset(group.id for _, group in those),
                accounts=frozenset(account.id for account in speakers if account is not None),
                since=first - timedelta(days=max(listening.reopen_days, listening.match_days)),
                lately=first - timedelta(hours=listening.recent_hours),
            ),
        )
