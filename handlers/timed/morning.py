"""The morning list to one worker: today's, if it may still be sent; and the next morning's alarm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from domain.messages import Button, Outgoing, Person, Priority
from handlers import held
from handlers.care.today import card_of, is_morning, morning_list, next_morning, today
from handlers.context import Context
from handlers.texts import say
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    return sweep(ctx, [alarm])


def sweep(ctx: Context, alarms: Sequence[Alarm]) -> list[Outgoing]:
    """The lists of many workers: what is asked for each is loaded for all."""
    day, workers = today(ctx), [alarm.subject for alarm in alarms]
    ctx.store.people.ahead(workers)
    ctx.store.kin.ahead(workers)
    at_work = [alarm for alarm in alarms if ctx.store.people.get(alarm.subject).active]
    ctx.store.alarms.move(at_work, next_morning(ctx))
    ctx.store.visits.ahead(workers, day)
    ctx.store.tickets.ahead(workers)
    ctx.store.alarms.data_of(held.KIND, workers)
    return [message for alarm in at_work for message in _list(ctx, alarm.subject, day)] if is_morning(ctx) else []


def _list(ctx: Context, person: int, day: date) -> list[Outgoing]:
    worker = ctx.store.people.get(person)
    away = worker.away_until is not None and worker.away_until >= day
    if away:
        return []
    listed = morning_list(ctx, worker.id, day)
    tongue = worker.language or ctx.settings.office.language
    text = listed.text if listed.has_anything else ""
    if late := held.take(ctx, worker.id, told=text):
        key = "timed.held.also" if text else "timed.held.head"
        text = "\n".join([*([text] if text else []), say(key, tongue, name=worker.name), *late])
    if not text:
        return []
    return [
        Outgoing(
            to=Person(worker.id),
            text=text,
            card=card_of(worker.id, day),
            buttons=_buttons(tongue) if listed.visits else (),
            priority=Priority.ROUTINE,
            once=card_of(worker.id, day),
        )
    ]


@lru_cache
def _buttons(tongue: str) -> tuple[Button, ...]:
    labels = {"都好": "care.button.all_well", "请假": "care.button.leave"}
    return tuple(Button(say(label, tongue), command) for command, label in labels.items())
