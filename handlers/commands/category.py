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
from handlers.texts import listed, say
from nlu.categories import category_named

# 紧急2 says how urgent it is, 紧急 alone which category; 急3楼 is a place.
_URGENCY = re.compile(r"(?:紧急|急|urgency)\s*(?:程度|级别)?\s*[:：]?\s*([123１２３])(?![\d楼层幢栋号单室])")
_NOT_URGENT = re.compile(
    r"(?:不|没有?|别|并?非)(?:是|算|属于|应该|该|太|很|怎么|那么|这么|什么|多|用|要|必|当成?|特别|十分|非常|到|至于)*"
    r"(?:紧急求救|紧急情况|紧急|着急|求救|急救|急)(?:\s*[123１２３])?"
)


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    if not words.strip():
        if not allowed(ctx, speaker, ticket, Action.CORRECT):
            raise Refused("command.not_yours", number=ticket.number)
        return [_to_which(ctx, speaker, ticket)]
    said = _NOT_URGENT.sub(" ", words)
    category = category_of(_URGENCY.sub(" ", said))
    level = _URGENCY.search(said)
    if category is None and level is None:
        tongue = language(ctx, speaker)
        names = listed((say(f"category.{code}", tongue) for code in CATEGORIES), tongue)
        raise Refused("command.category.unknown", number=ticket.number, names=names)
    urgency = int(level[1]) if level is not None else None
    done = correcting.correct(ctx, speaker, ticket, category=category, urgency=urgency, reason=words)
    return [*done, *acknowledge(ctx, speaker, "command.category.done", number=ticket.number)]


def category_of(words: str) -> Category | None:
    """The category by its code or by any of the words for it."""
    first = words.lower().split()[:1]
    by_code = next((code for code in CATEGORIES if [code] == first), None)
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
