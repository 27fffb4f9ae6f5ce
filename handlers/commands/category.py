"""改类: the category was wrong."""

from __future__ import annotations

import re

from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.people import Action
from domain.reading import CATEGORIES, Category
from domain.tickets import Ticket
from handlers.answers import acknowledge, language, quietly
from handlers.asked import Command, allowed
from handlers.context import Context, Speaker
from handlers.deeds import correcting
from handlers.texts import say
from nlu.staff_acts import category_named

_URGENCY = re.compile(r"(?:紧急|急|urgency)\s*(?:程度)?\s*([123])")


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words:
        if not allowed(ctx, speaker, ticket, Action.CORRECT):
            raise Refused("command.not_yours", number=ticket.number)
        return [_to_which(ctx, speaker, ticket)]
    category = category_of(words)
    level = _URGENCY.search(words)
    if category is None and level is None:
        names = "、".join(say(f"category.{code}", language(ctx, speaker)) for code in CATEGORIES)
        raise Refused("command.category.unknown", number=ticket.number, names=names)
    urgency = int(level[1]) if level is not None else None
    said = correcting.correct(ctx, speaker, ticket, category=category, urgency=urgency, reason=words)
    return [*said, *acknowledge(ctx, speaker, "command.category.done", number=ticket.number)]


def category_of(words: str) -> Category | None:
    """The category by its code or by any of the words for it."""
    first = words.split()[0].lower()
    by_code = next((code for code in CATEGORIES if first == code), None)
    return by_code or category_named(words)


def _to_which(ctx: Context, speaker: Speaker, ticket: Ticket) -> Outgoing:
    tongue = language(ctx, speaker)
    buttons = tuple(
        Button(say(f"category.{code}", tongue), f"改类 {ticket.number} {code}")
        for code in CATEGORIES
        if code != ticket.category
    )
    return quietly(speaker, say("command.category.which", tongue, number=ticket.number), buttons)


COMMAND = Command("改类", "category", run, Action.CORRECT, move="correct", words="may", jargon=True)
