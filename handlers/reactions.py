"""An emoji of the staff on a line: 👌 means that it is a report and is to be registered."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Refused
from domain.listening import Line
from domain.messages import Outgoing, Reacted
from domain.people import Action, may
from handlers.care.wishes import read_as_report
from handlers.context import Context, Speaker
from handlers.deeds import correcting
from handlers.deeds.opening import Opening, open_ticket
from handlers.listening.place import area_of

REGISTERS = frozenset({"👌"})
_LONGEST = 40


def react(ctx: Context, speaker: Speaker, reacted: Reacted) -> list[Outgoing]:
    """Mostly nothing: others' emojis are talk, and talk is never answered with a refusal."""
    if reacted.emoji not in REGISTERS:
        return []
    line_id = ctx.store.lines.at(reacted.at.channel, reacted.at.chat, reacted.on)
    line = ctx.store.lines.get(line_id) if line_id is not None else None
    if line is None or not line.group:
        return []
    # The platform does not say in which topic of a forum it was; the line does.
    group = ctx.store.areas.group(line.group)
    speaker = replace(speaker, group=group, seat=ctx.store.areas.seat(group.area_path))
    try:
        if not line.tickets:
            return _register(ctx, speaker, line)
        tickets = [ctx.store.tickets.get(one) for one in line.tickets]
        return [
            said
            for ticket in tickets
            if ticket.status == "proposed"
            for said in correcting.register(ctx, speaker, ticket)
        ]
    except Refused:
        return []


def _register(ctx: Context, speaker: Speaker, line: Line) -> list[Outgoing]:
    """A line that became nothing is a report after all, of him who said it."""
    if speaker.group is None or speaker.seat is None or not line.text:
        return []
    if not may(speaker.actor, Action.REPORT_FOR, area_path=speaker.group.area_path):
        return []
    account = ctx.store.people.account_by_id(line.speaker)
    reporter = replace(
        speaker, account=account, actor=ctx.store.people.actor(account, ctx.settings.sensitive.people), line=line.id
    )
    reading = line.reading if line.reading.category is not None else read_as_report(ctx, speaker, line.text)
    ctx.store.lines.keep([line.id])
    ticket, said = open_ticket(
        ctx,
        reporter,
        Opening(
            lines=(line.id,),
            category=reading.category or "community_report",
            urgency=max(reading.urgency, 1),
            where=reading.where,
            summary=line.text if len(line.text) <= _LONGEST else line.text[: _LONGEST - 1] + "…",
            text=line.text,
            nature=reading.nature,
            tags=reading.tags,
            sure=True,
            private=False,
            on_behalf_of=None,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=("👌",),
            area=area_of(ctx, speaker.seat, reading.where),
            group=speaker.group,
        ),
    )
    ctx.store.tickets.add_correction(
        ticket,
        "register",
        ctx.now,
        was="none",
        became=ticket.category,
        text=line.text,
        line=line.id,
        person=speaker.actor.person,
        account=speaker.account.id,
    )
    return said
