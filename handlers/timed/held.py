"""Yesterday's reminders that the day's number of pushes left no room for, in one message to whom no other has told."""

from __future__ import annotations

from domain.messages import Outgoing, Priority
from domain.messages import Person as To
from handlers import held
from handlers.answers import language_of
from handlers.context import Context
from handlers.texts import say
from storage.alarms import Alarm
from storage.pushes import push_key


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    person = ctx.store.people.get(alarm.subject)
    lines = held.take(ctx, person.id)
    if not lines or not person.active:
        return []
    day = ctx.now.astimezone(ctx.settings.office.tz).date()
    head = say("timed.held.head", language_of(ctx, person.id), name=person.name)
    return [
        Outgoing(
            to=To(person.id),
            text="\n".join([head, *lines]),
            priority=Priority.ROUTINE,
            once=push_key(person.id, day, held.KIND),
        )
    ]
