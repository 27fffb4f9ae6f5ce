"""A report handed in for somebody else: whose it is, where, and a line to paste back to where it came from."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.errors import Refused
from domain.messages import Outgoing
from domain.reading import Where
from handlers.answers import among_residents, here, language, quietly
from handlers.care.attached import pictures_with
from handlers.care.doors import Door, estate_names, find_door, place_of
from handlers.care.pasting import paste_back
from handlers.care.wishes import read_as_report
from handlers.context import Context, Speaker
from handlers.deeds.opening import Opening, open_ticket
from handlers.listening.place import area_of, villages_at
from handlers.texts import say
from nlu.diary import parse_visits
from nlu.visit_pieces import Setting

# How the worker came to know of it; no part of the matter.
_SOURCE = re.compile(
    r"[，,。；;\s（(]*(?:是)?(?:刚才|刚刚|刚|今天|上午|下午)?(?:在)?(?:电话|微信|微信群|群|当面|上门|路上|窗口)(?:里|上|中)?"
    r"(?:跟我|和我|打来)?(?:说|讲|反映|提|报)?的?[)）。\s]*$"
)


def report_for(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """Opens the ticket; the last of what is said is the receipt with the line to paste back."""
    matter = _SOURCE.sub("", words).strip() or words
    reading = read_as_report(ctx, speaker, matter)
    if speaker.seat is None:
        raise Refused("care.no_area")
    estates = estate_names(ctx, speaker)
    setting = Setting(village=bool(villages_at(ctx, speaker.seat, matter)))
    told = next(iter(parse_visits(f"#走访 {matter}", estates, setting=setting)), None)
    person = told.person if told is not None else None
    door = Door()
    if told is not None and told.kind == "resident":
        door = find_door(ctx, speaker, told.household, told.estate, person, make=False)
    named = max((name for name in estates if name in matter), key=len, default=None)
    where = default_place(ctx, speaker, replace(reading.where, estate=reading.where.estate or named), door)
    household = door.household
    photos = [one for one in pictures_with(ctx, speaker) if one != speaker.line] if speaker.private else []
    ticket, outgoing = open_ticket(
        ctx,
        speaker,
        Opening(
            lines=(*photos, *((speaker.line,) if speaker.line is not None else ())),
            category=reading.category or "community_report",
            urgency=max(reading.urgency, 1),
            where=where,
            summary=matter if len(matter) <= 40 else matter[:39] + "…",
            text=matter,
            nature=reading.nature,
            tags=reading.tags,
            sure=True,
            private=False,
            on_behalf_of=person,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=("代报",),
            area=household.area if household is not None else area_of(ctx, speaker.seat, where),
            group=speaker.group if among_residents(speaker) else None,
        ),
    )
    if speaker.line is not None:
        ctx.store.lines.keep([speaker.line])
    tongue = language(ctx, speaker)
    if ticket.sensitive:
        paste = say("handed.no_paste", tongue, number=ticket.number)
    else:
        paste = say("care.paste", tongue, line=paste_back(ctx, ticket, person, tongue, said_there=False))
    receipt = "\n".join([say("care.reported", tongue, number=ticket.number), paste])
    return [*outgoing, quietly(speaker, receipt) if among_residents(speaker) else here(speaker, receipt)]


def default_place(ctx: Context, speaker: Speaker, said: Where, door: Door) -> Where:
    """The door's own address where it is known; else as said, in his only estate where none was named."""
    if door.household is not None:
        return replace(place_of(door.household), floor=said.floor, place=said.place)
    own = {one.name for post in speaker.actor.posts for one in ctx.store.areas.estates(post.area_path)}
    return replace(said, estate=next(iter(own))) if said.estate is None and len(own) == 1 else said
