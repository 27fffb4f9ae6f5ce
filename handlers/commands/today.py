"""今日: whom to look in on today, and what is open."""

from __future__ import annotations

from domain.messages import Button, Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.answers import among_residents, here, language, quietly
from handlers.asked import Command
from handlers.care.today import morning_list, today
from handlers.context import Context, Speaker
from handlers.texts import say


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    worker = speaker.actor.person
    if worker is None:
        return [here(speaker, say("care.today.nothing", tongue))]
    overheard = not speaker.private and speaker.account.chat is None
    listed = morning_list(ctx, worker, today(ctx), greet=False, shared=overheard)
    if among_residents(speaker) and overheard:
        # Who is looked after, and why, is not for the neighbours.
        return [here(speaker, say("command.in_private", tongue))]
    buttons = (Button(say("care.button.all_well", tongue), "都好"),) if listed.visits and speaker.private else ()
    return [quietly(speaker, listed.text, buttons)]


COMMAND = Command("今日", "today", run, Action.TODAY)
