"""走访: what was seen on a visit becomes a diary entry, ticks the visit off, and raises what was asked for."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.tickets import Ticket
from handlers.asked import Command
from handlers.care.wishes import note_visit
from handlers.context import Context, Speaker
from nlu.diary import parse_visit, parse_visits
from nlu.visit_pieces import Setting


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    said = note_visit(ctx, speaker, words)
    if said is None:
        raise Refused("care.visit_how")
    return said


def _tells(words: str) -> bool:
    tagged = f"#走访 {words}"
    return parse_visit(tagged) is not None or bool(parse_visits(tagged, setting=Setting(village=True)))


COMMAND = Command("走访", "visit", run, Action.VISIT, words="must", fits=_tells)
