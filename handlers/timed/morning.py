"""The morning list to one worker, or to whoever stands in for him: today's, if it may still be sent; and the next
morning's alarm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from domain import people
from domain.messages import Button, Outgoing, Person, Priority
from handlers import held
from handlers.care.facts import gather
from handlers.care.standing_in import hand_over
from handlers.care.today import MorningList, card_of, is_morning, list_of, next_morning, today
from handlers.context import Context
from handlers.texts import say
from storage.alarms import Alarm


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    return sweep(ctx, [alarm])


def sweep(ctx: Context, alarms: Sequence[Alarm]) -> list[Outgoing]:
    """The lists of many workers, and the next morning's alarms."""
    workers = ctx.store.people.many([alarm.subject for alarm in alarms])
    at_work, gone = list[Alarm](), list[Alarm]()
    for alarm in alarms:
        (at_work if workers[alarm.subject].active else gone).append(alarm)
    ctx.store.alarms.move(at_work, next_morning(ctx))
    ctx.store.alarms.settle_each(gone)
    return lists(ctx, [workers[alarm.subject] for alarm in at_work])


def lists(ctx: Context, workers: Iterable[people.Person]) -> list[Outgoing]:
    """Today's list to each of these who is here, if it may still be sent; of facts that are read for all at once. Whom
    the others were to see is told to those who stand in for them."""
    if not is_morning(ctx):
        return []
    day, handed, here = today(ctx), list[Outgoing](), dict[int, people.Person]()
    him = {worker.id: worker for worker in workers}
    leaves = ctx.store.leaves.of_each(him, day)
    for worker in him.values():
        away = next((one for one in leaves.get(worker.id, ()) if one.on(day) and one.half is None), None)
        if away is None:
            here[worker.id] = worker
        elif away.listed != day:
            handed += hand_over(ctx, away, day)
    if not here:
        return handed
    facts, waiting = gather(ctx, here, day), ctx.store.alarms.data_of(held.KIND, [*here])
    letters = [
        _letter(ctx, worker, list_of(ctx, facts, worker, day), day, worker.id in waiting) for worker in here.values()
    ]
    return [*(letter for letter in letters if letter is not None), *handed]


def _letter(ctx: Context, worker: people.Person, listed: MorningList, day: date, waiting: bool) -> Outgoing | None:
    """`waiting`: something was held for him, which goes along."""
    tongue = worker.language or ctx.settings.office.language
    text = listed.text if listed.has_anything else ""
    if waiting and (late := held.take(ctx, worker.id, told=text)):
        key = "timed.held.also" if text else "timed.held.head"
        text = "\n".join([*([text] if text else []), say(key, tongue, name=worker.name), *late])
    if not text:
        return None
    card = card_of(worker.id, day)
    return Outgoing(
        to=Person(worker.id),
        text=text,
        card=card,
        buttons=_buttons(tongue) if listed.visits else (),
        priority=Priority.ROUTINE,
        once=card,
    )


@lru_cache
def _buttons(tongue: str) -> tuple[Button, ...]:
    labels = {"都好": "care.button.all_well", "请假 今天": "care.button.leave"}
    return tuple(Button(say(label, tongue), command) for command, label in labels.items())
