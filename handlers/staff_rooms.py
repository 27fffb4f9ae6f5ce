"""Rooms that we only push into: bound to an area by whoever runs the program, since nobody can hand in a code there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.areas import Area
from domain.messages import Address, Outgoing, Priority
from domain.people import Role
from handlers.binding import TIER_OF, called
from handlers.delivery import post
from handlers.texts import say
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a post in the area; `user` is his account on the platform, None where none is bound."""

    person: int
    name: str
    user: str | None


def room_name(store: Store, area: Area, tongue: str) -> str:
    """云栖里3-2工作群"""
    return say("bind.room_name", tongue, area=called(store, area), audience="staff")


def colleagues(store: Store, area: Area, channel: str) -> list[Colleague]:
    """Everybody with a post in the area or below it, and the platform's name of his account."""
    posts = [post for post in store.people.posts_in(tuple(Role)) if post.area_path.startswith(area.path)]
    people = list(dict.fromkeys(post.person for post in posts if post.role is not Role.RESIDENT))
    found = []
    for person in people:
        users = [account.user_id for account in store.people.accounts_of(person) if account.channel == channel]
        found.append(Colleague(person, store.people.get(person).name, users[0] if users else None))
    return found


def bind_staff_room(store: Store, to: Address, area: Area, tongue: str, now: datetime) -> str:
    """Bind the room as the area's staff group and say so in it (an app's group is seen only once something is said).
    Returns its name."""
    name = room_name(store, area, tongue)
    group = store.areas.bind(to, area.id, TIER_OF[area.kind], "staff", name, now)
    seat = store.areas.seat(area.path)
    store.people.audit(
        now,
        "bind_group",
        f"group:{group.id}",
        district=seat.district,
        data={"area": area.id, "audience": "staff", "by": "command line"},
    )
    text = say("bind.staff_room", tongue, room=name)
    hello = Outgoing(to=to, text=text, priority=Priority.ANSWER, once=f"bound:{to.channel}:{to.chat}:{area.id}")
    post(store, [hello], now, seat.district)
    return name
