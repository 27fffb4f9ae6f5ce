"""The bot leaves a group because one who runs it asks for that: says what it keeps, forgets the rest, and goes."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing, Priority
from domain.people import Action, may
from handlers.answers import here
from handlers.context import Context, Speaker
from handlers.texts import say


def leave(ctx: Context, speaker: Speaker) -> list[Outgoing]:
    """退群: by one of the room's admins, or by whoever manages its area. Lines that became nothing are gone at once,
    what still waited to be said there is not said, and the room is bound to nothing any more. A forum is left with all
    its topics."""
    if speaker.group is None:
        raise Refused("leave.in_the_group")
    store = ctx.store
    groups = store.areas.in_room(speaker.at)
    if not all(may(speaker.actor, Action.MANAGE, area_path=group.area_path) for group in groups):
        if speaker.event.sender.admin is None:
            raise Refused("leave.unchecked")
        if not speaker.event.sender.admin:
            raise Refused("leave.needs_admin")
    for group in groups:
        forgotten = store.lines.forget_room(group.id)
        store.people.heard_nowhere(group.id)
        store.people.audit(
            ctx.now,
            "leave_group",
            f"group:{group.id}",
            person=speaker.actor.person,
            account=speaker.account.id,
            district=store.areas.seat(group.area_path).district,
            data={"lines": forgotten},
        )
    store.rooms.hush(speaker.at)
    store.areas.leave(speaker.at, ctx.now)
    goodbye = here(speaker, say("leave.goodbye", ctx.settings.office.language))
    return [goodbye, Outgoing(to=speaker.at, text="", mode="leave", priority=Priority.ANSWER, silent=True)]
