"""The morning list to one worker: today's, if it may still be sent; and the next morning's alarm."""

from __future__ import annotations

from domain.messages import Button, Outgoing, Person, Priority
from handlers import held
from handlers.answers import language_of
from handlers.care.today import card_of, is_morning, morning_list, next_morning, today
from handlers.context import Context
from handlers.texts import say
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    worker = ctx.store.people.get(alarm.subject)
    if not worker.active:
        return []
    ctx.store.alarms.set("morning", worker.id, next_morning(ctx), district=alarm.district)
    day = today(ctx)
    away = worker.away_until is not None and worker.away_until >= day
    if away or not is_morning(ctx):
        return []
    listed = morning_list(ctx, worker.id, day)
    tongue = language_of(ctx, worker.id)
    text = listed.text if listed.has_anything else ""
    if late := held.take(ctx, worker.id, told=text):
        key = "timed.held.also" if text else "timed.held.head"
        text = "\n".join([*([text] if text else []), say(key, tongue, name=worker.name), *late])
    if not text:
        return []
    buttons = (
        Button(say("care.button.all_well", tongue), "都好"),
        Button(say("care.button.leave", tongue), "请假"),
    )
    return [
        Outgoing(
            to=Person(worker.id),
            text=text,
            card=card_of(worker.id, day),
            buttons=buttons if listed.visits else (),
            priority=Priority.ROUTINE,
            once=card_of(worker.id, day),
        )
    ]
