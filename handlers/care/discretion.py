"""What a diary entry shows where several read it: health only of those who have agreed (SERVICE.md §3)."""

from __future__ import annotations

from domain.diary import Entry, title_of
from handlers.context import Context, Speaker
from handlers.texts import say
from nlu.people import tells_of_health


def shown(ctx: Context, speaker: Speaker, entry: Entry, tongue: str) -> str:
    """The entry's line: as it is in private, or where it tells of nobody's health, or all it is about have agreed to
    that being kept; else the door alone, and where the words can be read."""
    if speaker.private or not tells_of_health(entry.text) or _agreed(ctx, entry):
        return title_of(entry)
    return say("care.diary_masked", tongue, door=entry.household)


def _agreed(ctx: Context, entry: Entry) -> bool:
    """Everybody named has a consent on record. Where nobody is known to be meant, nobody has agreed."""
    residents = [subject.id for subject in entry.subjects if subject.kind == "resident"]
    return bool(residents) and all(
        ctx.store.households.resident(resident).consent_on is not None for resident in residents
    )
