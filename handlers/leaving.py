"""The bot leaves a group because one who runs it asks for that: says what it keeps, forgets the rest, and goes.

Or it is thrown out, or the group is dissolved: then it forgets as much, and those who bind rooms hear of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain import sla
from domain.areas import Group
from domain.errors import Refused
from domain.messages import Address, Outgoing, Person, Priority
from domain.people import Action, Role, may
from handlers.answers import here, language_of
from handlers.context import Context, Speaker
from handlers.texts import say


def leave(ctx: Context, speaker: Speaker) -> list[Outgoing]:
    """退群: by one of the room's admins, or by whoever manages its area. Lines that became nothing are gone at once,
    what still waited to be said there is not said, and the room is bound to nothing any more. A forum is left with all
    its topics."""
    if speaker.group is None:
        raise Refused("leave.in_the_group")
    groups = ctx.store.areas.in_room(speaker.at)
    if not all(may(speaker.actor, Action.MANAGE, area_path=group.area_path) for group in groups):
        if speaker.event.sender.admin is None:
            raise Refused("leave.unchecked")
        if not speaker.event.sender.admin:
            raise Refused("leave.needs_admin")
    _end(ctx, groups, speaker.at, "leave_group", person=speaker.actor.person, account=speaker.account.id)
    goodbye = here(speaker, say("leave.goodbye", ctx.settings.office.language))
    return [goodbye, Outgoing(to=speaker.at, text="", mode="leave", priority=Priority.ANSWER, silent=True)]


def thrown_out(ctx: Context, room: Address, *, refused: bool = False) -> list[Outgoing]:
    """Somebody took the bot out, or dissolved the group (`refused`: the platform says so of a letter). Once only: of a
    room that is bound no more there is nothing to tell."""
    groups = ctx.store.areas.in_room(room)
    _end(ctx, groups, room, "thrown_out")
    rooms: dict[int, dict[str, None]] = {}
    for group in groups:
        path = group.area_path
        secretaries = ctx.store.people.posts_along(path, (Role.SECRETARY,))
        posts = secretaries or ctx.store.people.posts_along(path, (Role.DISTRICT_ADMIN,))
        for post in posts:
            rooms.setdefault(post.person, {})[group.name] = None
    return [
        Outgoing(
            to=Person(person),
            text=say(
                "leave.refused" if refused else "leave.thrown_out", tongue, rooms=say("care.comma", tongue).join(names)
            ),
            priority=Priority.ROUTINE,
            not_before=sla.send_at(ctx.now, ctx.settings),
        )
        for person, names in rooms.items()
        for tongue in (language_of(ctx, person),)
    ]


def _end(
    ctx: Context,
    groups: Sequence[Group],
    room: Address,
    action: str,
    *,
    person: int | None = None,
    account: int | None = None,
) -> None:
    """Nothing is heard or said there any more, and what became nothing is forgotten."""
    store = ctx.store
    for group in groups:
        forgotten = store.lines.forget_room(group.id)
        store.people.heard_nowhere(group.id)
        store.people.audit(
            ctx.now,
            action,
            f"group:{group.id}",
            person=person,
            account=account,
            district=store.areas.seat(group.area_path).district,
            data={"lines": forgotten},
        )
    if groups:
        store.rooms.hush(room)
        store.areas.leave(room, ctx.now)
