"""The second tap: what was handed in becomes tickets, with a line for each to paste back where it came from."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.errors import Refused
from domain.listening import Line
from domain.messages import Outgoing
from domain.people import Account, Actor
from domain.tickets import Ticket, possible
from handlers.answers import here, language
from handlers.asked import sees
from handlers.care.doors import Door
from handlers.care.pasting import paste_back
from handlers.care.reporting import default_place
from handlers.context import Context, Speaker
from handlers.deeds.opening import Opening, join, open_ticket
from handlers.listening.place import area_of, read_at
from handlers.texts import listed, say
from storage.drafts import ReportDraft

# Accounts of people whom we know only as somebody's paste names them: they are nobody, and nobody can write to them.
PASTED = "pasted"
_PRESSED = re.compile(r"(?P<sheet>\d{1,18})(?:-(?P<place>\d{1,2}))?")


def register(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing] | None:
    """ "217-1" registers the first draft of sheet 217, "217" all that are sure. None where the words say more.
    Refused where he handed in no such sheet, or it is forgotten."""
    pressed = _PRESSED.fullmatch(words.strip())
    if pressed is None:
        return None
    sheet = ctx.store.drafts.of_sheet(speaker.account.id, int(pressed["sheet"]))
    if not sheet:
        raise Refused("handed.gone")
    if speaker.seat is None:
        raise Refused("care.no_area")
    if pressed["place"] is not None:
        chosen = [draft for draft in sheet if draft.place == int(pressed["place"])]
    else:
        chosen = [draft for draft in sheet if draft.sure]
    tongue = language(ctx, speaker)
    outgoing: list[Outgoing] = []
    done: list[tuple[Ticket, ReportDraft]] = []
    again: list[str] = []
    for draft in chosen:
        if draft.ticket is not None:
            again.append(ctx.store.tickets.get(draft.ticket).number)
            continue
        ticket, said = _register(ctx, speaker, draft)
        ctx.store.drafts.became(draft.id, ticket.id)
        outgoing += said
        done.append((ticket, draft))
    if not done and not again:
        raise Refused("handed.gone")
    rows = []
    if done:
        rows.append(say("care.reported", tongue, number=listed((ticket.number for ticket, _ in done), tongue)))
        lines = [
            paste_back(ctx, ticket, next(iter(draft.names), None), tongue, said_there=True)
            for ticket, draft in done
            if not ticket.sensitive
        ]
        rows += [say("care.paste", tongue, line="\n".join(lines))] if lines else []
        hidden = [ticket.number for ticket, _ in done if ticket.sensitive]
        rows += [say("handed.no_paste", tongue, number=listed(hidden, tongue))] if hidden else []
    if again:
        rows.append(say("handed.again", tongue, number=listed(again, tongue)))
    return [*outgoing, here(speaker, "\n".join(rows))]


def _register(ctx: Context, speaker: Speaker, draft: ReportDraft) -> tuple[Ticket, list[Outgoing]]:
    lines = _kept_lines(ctx, speaker, draft)
    if draft.joins is not None:
        known = ctx.store.tickets.get(draft.joins)
        if sees(ctx, speaker, known) and possible(known, "claim"):
            return known, _joined(ctx, speaker, known, draft, lines)
    seat = speaker.seat
    if seat is None:
        raise Refused("care.no_area")
    where = default_place(ctx, speaker, draft.where, Door())
    text = "\n".join(line.text for line, _ in lines if line.text) or draft.summary
    reading = read_at(ctx, speaker.seat)(text, "community", draft.lines[0].sent_at)
    first = next(iter(draft.names), None)
    ticket, outgoing = open_ticket(
        ctx,
        speaker,
        Opening(
            lines=tuple(line.id for line, _ in lines) + _bare(ctx, draft),
            category=draft.category,
            urgency=draft.urgency,
            where=where,
            summary=draft.summary,
            text=text,
            nature=reading.nature,
            tags=reading.tags,
            sure=True,
            private=draft.private,
            on_behalf_of=first,
            reopens=None,
            ask_where=False,
            confidence=1.0,
            why=("代报",),
            area=area_of(ctx, seat, where),
            voices=tuple(account for line, account in lines if line.name and line.name != first),
        ),
    )
    _attach_photos(ctx, ticket, draft)
    return ticket, outgoing


def _joined(
    ctx: Context, speaker: Speaker, ticket: Ticket, draft: ReportDraft, lines: list[tuple[Line, Account]]
) -> list[Outgoing]:
    outgoing: list[Outgoing] = []
    for line, account in lines:
        resident = replace(speaker, account=account, actor=Actor(account=account.id), line=line.id)
        outgoing = join(ctx, resident, ctx.store.tickets.get(ticket.id), line=line.id, voice=True) or outgoing
    _attach_photos(ctx, ticket, draft)
    return outgoing


def _bare(ctx: Context, draft: ReportDraft) -> tuple[int, ...]:
    return tuple(line.id for line in ctx.store.lines.many(draft.photos) if not line.text.strip())


def _attach_photos(ctx: Context, ticket: Ticket, draft: ReportDraft) -> None:
    """Those with words of their own as something done: the worker's line holds the whole paste, others' words too."""
    for line in draft.photos:
        ctx.store.tickets.attach_line(ticket.id, line, "act")


def _kept_lines(ctx: Context, speaker: Speaker, draft: ReportDraft) -> list[tuple[Line, Account]]:
    """The draft's lines as lines of those who said them, so that later talk is matched with them."""
    found = []
    for place, said in enumerate(draft.lines):
        account = ctx.store.people.account(PASTED, f"{speaker.account.id}:{said.name}", said.name, ctx.now)
        line = Line(
            id=0,
            group=0,
            speaker=account.id,
            name=said.name,
            role="resident",
            text=said.text,
            sent_at=said.sent_at,
            private=True,
            reading=read_at(ctx, speaker.seat)(said.text, "community", said.sent_at),
        )
        key = ctx.store.lines.add(
            line,
            account=account.id,
            group=None,
            district=speaker.seat.district if speaker.seat is not None else None,
            community=speaker.seat.community if speaker.seat is not None else None,
            channel=PASTED,
            chat=str(draft.sheet),
            remote=f"{draft.place}/{place}",
        )
        found.append((replace(line, id=key), account))
    return found
