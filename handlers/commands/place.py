"""改址: the place was wrong."""

from __future__ import annotations

import re
import unicodedata

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action
from domain.reading import Where
from domain.tickets import Ticket
from handlers.answers import acknowledge
from handlers.asked import Command
from handlers.context import Context, Speaker
from handlers.deeds import correcting
from handlers.listening.place import read_at, villages_at

_DOOR = re.compile(r"(\d{1,3})\s*[-－—]\s*(\d{1,2})(?:\s*[-－—]\s*(\d{3,4}))?")


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    where = place_in(ctx, speaker, words)
    if not where:
        raise Refused("command.place.where", number=ticket.number)
    said = correcting.correct(ctx, speaker, ticket, where=where, reason=words)
    return [*said, *acknowledge(ctx, speaker, "command.place.done", number=ticket.number)]


def place_in(ctx: Context, speaker: Speaker, words: str) -> Where:
    """3-2, 3-2-402, or however the reader understands it; else the words themselves are the place."""
    plain = unicodedata.normalize("NFKC", words)
    door = _DOOR.fullmatch(plain)
    if door is not None and (door[3] or not villages_at(ctx, speaker.seat)):
        return Where(building=door[1], unit=door[2], room=door[3])
    if not words:
        return Where()
    tier = speaker.group.tier if speaker.group is not None else "unit"
    found = read_at(ctx, speaker.seat)(plain, tier, speaker.event.sent_at).where
    return found or Where(place=words[:40])


COMMAND = Command("改址", "place", run, Action.CORRECT, move="correct", words="must", jargon=True)
