"""今日: whom to look in on today, and what is open."""

from __future__ import annotations

from domain.messages import Button, Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import among_residents, here, language, quietly
from handlers.asked import Command
from handlers.care.stood_in import stood_in_for
from handlers.care.today import doors, due_today, morning_list, today
from handlers.context import Context, Speaker
from handlers.texts import say


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    worker = speaker.actor.person
    if worker is None:
        return [here(speaker, say("care.today.nothing", tongue))]
    overheard = not speaker.private and speaker.account.chat is None
    listed = morning_list(ctx, worker, today(ctx), greet=False, shared=overheard)
    others = _stood_in(ctx, worker, tongue)
    if among_residents(speaker) and overheard:
        # Who is looked after, and why, is not for the neighbours.
        return [here(speaker, say("command.in_private", tongue))]
    buttons = (Button(say("care.button.all_well", tongue), "都好"),) if listed.visits and speaker.private else ()
    own = [listed.text] if listed.has_anything or not others else []
    return [quietly(speaker, "\n".join([*own, *others]), buttons)]


def _stood_in(ctx: Context, worker: int, tongue: str) -> list[str]:
    """Whom those were to see for whom he stands in."""
    lines = []
    for other in stood_in_for(ctx, worker, today(ctx)):
        if visits := due_today(ctx, other, today(ctx)):
            name, named = ctx.store.people.get(other).name, doors(visits, tongue)
            lines.append(say("care.today.stood_in", tongue, name=name, count=len(visits), doors=named))
    return lines


COMMAND = Command("今日", "today", run, Action.TODAY)
