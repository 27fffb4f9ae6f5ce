"""What a worker pastes, forwards or photographs out of a group that no bot can read: shown as what it would become.

Nothing is registered before he presses (handlers/care/registering.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain import people
from domain.areas import place_of
from domain.listening import Line
from domain.messages import Button, Outgoing, Said
from domain.people import Action
from handlers.answers import here, language
from handlers.care.attached import pictures_with
from handlers.care.doors import estate_names
from handlers.context import Context, Speaker
from handlers.listening.hearing import keep_line
from handlers.listening.place import read_at
from handlers.listening.rehearsal import Draft, Paper, rehearse
from handlers.listening.scene import TICKETS_SEEN
from handlers.texts import say
from handlers.wording import place
from nlu.pasted import Pasted, PastedLine, read_pasted, said_at
from storage.drafts import DraftLine, ReportDraft

# Where no time stands beside a line, it came so long after the one before.
PACE = timedelta(seconds=20)
TITLE = 40


def hands_in(speaker: Speaker) -> bool:
    """Whether he may report for others, and speaks with us alone."""
    return speaker.private and people.may(speaker.actor, Action.REPORT_FOR)


def take_pasted(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing] | None:
    """The preview of pasted talk; None where it is none, so that he is heard like anybody."""
    if not hands_in(speaker) or speaker.card is not None:
        return None
    pasted = read_pasted(said.text)
    if not pasted.named:
        return None
    lines, drafts = _drafts(ctx, speaker, pasted)
    if not pasted.certain and not any(draft.sure for draft in drafts):
        # "小李：明天去看看" he may well have written himself.
        return None
    return show(ctx, keep_line(ctx, speaker, said), lines, drafts)


def take_forwarded(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing] | None:
    """As `take_pasted`, where the platform itself says who said what elsewhere; None where there are no words, or from
    somebody who does not report for others."""
    if not said.forwarded or not hands_in(speaker):
        return None
    tz = ctx.settings.office.tz
    lines = tuple(
        PastedLine(one.name, f"{one.at.astimezone(tz):%Y-%m-%d %H:%M:%S}", f"{one.text}{'[图片]' if one.photo else ''}")
        for one in said.forwarded
    )
    if not any(line.words for line in lines):
        return None
    # The order in which they were said, not the one in which they came.
    lines = tuple(sorted(lines, key=lambda line: line.stamp))
    drafts = rehearse(_as_lines(ctx, speaker, lines), _paper(ctx, speaker), read_at(ctx, speaker.seat))
    return show(ctx, keep_line(ctx, speaker, said), lines, drafts)


def take_photo(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing] | None:
    """A photo that nothing was made of: he is asked whether it is to be registered."""
    photographed = any(item.kind in ("photo", "video") for item in said.media)
    if not photographed or not hands_in(speaker) or speaker.card is not None:
        return None
    line = ctx.store.lines.at(said.at.channel, said.at.chat, said.id)
    if line is None or ctx.store.tickets.tickets_of_lines([line]):
        return None
    text = said.text.strip()
    summary = _title(text) or say("handed.photo", ctx.settings.office.language)
    reading = read_at(ctx, speaker.seat)(text, "community", said.sent_at)
    draft = Draft((0,), reading.category or "community_report", max(reading.urgency, 1), reading.where, summary)
    return show(ctx, replace(speaker, line=line), (PastedLine("", "", text),), [draft], photo=True)


def preview(ctx: Context, speaker: Speaker, text: str) -> list[Outgoing] | None:
    """As `take_pasted`, where 代报 stands in front: whatever has a name or two lines is shown first."""
    pasted = read_pasted(text)
    if not pasted.named and len(pasted.lines) < 2 and "\n" not in text.strip():
        return None
    lines, drafts = _drafts(ctx, speaker, pasted)
    return show(ctx, speaker, lines, drafts)


def _drafts(ctx: Context, speaker: Speaker, pasted: Pasted) -> tuple[tuple[PastedLine, ...], list[Draft]]:
    lines = pasted.lines
    heard = _as_lines(ctx, speaker, lines)
    return lines, rehearse(heard, _paper(ctx, speaker), read_at(ctx, speaker.seat))


def _as_lines(ctx: Context, speaker: Speaker, pasted: Sequence[PastedLine]) -> list[Line]:
    """As if they had been said in a group of residents, one after the other; his own words are a worker's."""
    now = speaker.event.sent_at.astimezone(ctx.settings.office.tz)
    at = now - PACE * len(pasted)
    speakers: dict[str, int] = {}
    found = []
    for one in pasted:
        at = _then(one.stamp, now, at)
        words = one.words
        found.append(
            Line(
                id=0,
                group=0,
                speaker=speakers.setdefault(one.name, -len(speakers) - 1),
                name=one.name,
                role="grid_worker" if one.name and one.name == speaker.account.name else "resident",
                text=words,
                sent_at=at,
                photo=one.photo,
                reading=read_at(ctx, speaker.seat)(words, "community", at),
            )
        )
    return found


def _then(stamp: str, now: datetime, before: datetime) -> datetime:
    """When a line was said: as it stands beside it, never before the one above it and never after now."""
    given = said_at(stamp, now) if stamp else None
    if given is not None and given.replace(second=0) != before.replace(second=0, microsecond=0):
        return given
    return min(before + PACE, now)


def _paper(ctx: Context, speaker: Speaker) -> Paper:
    listening, seat = ctx.settings.listening, speaker.seat
    if seat is None:
        return Paper(sure=listening.sure, unsure=listening.unsure)
    known = ctx.store.known.around(
        community=seat.community,
        district=seat.district,
        since=ctx.now - timedelta(days=listening.match_days),
        limit=TICKETS_SEEN,
        resident=None,
    )
    live = tuple(one for one in known if one.status not in ("done", "closed"))
    return Paper(live, place_of(seat.chain), estate_names(ctx, speaker), listening.sure, listening.unsure)


def show(
    ctx: Context, speaker: Speaker, lines: Sequence[PastedLine], drafts: Sequence[Draft], *, photo: bool = False
) -> list[Outgoing]:
    """Keeps the drafts and shows them, what is urgent first; `speaker.line` is what he handed in."""
    if speaker.line is None:
        return []
    tongue = language(ctx, speaker)
    nothing = not drafts
    if nothing:
        text = " ".join(one.words for one in lines if one.words)
        reading = read_at(ctx, speaker.seat)(text, "community", speaker.event.sent_at)
        drafts = [
            Draft(
                tuple(range(len(lines))), reading.category or "community_report", max(reading.urgency, 1),
                reading.where, _title(text) or say("handed.photo", tongue), sure=False,
            )
        ]  # fmt: skip
    ordered = sorted(drafts, key=lambda draft: (not draft.sure, -draft.urgency, draft.lines))
    pictures = pictures_with(ctx, speaker)
    kept = [
        _kept(ctx, speaker, lines, draft, place, pictures if _shows(draft, lines, len(ordered), place) else ())
        for place, draft in enumerate(ordered, start=1)
    ]
    ctx.store.drafts.put(speaker.account.id, kept, ctx.now)
    told = {one for draft in drafts for one in draft.lines}
    head = "handed.nothing" if nothing else "handed.photo_ask" if photo else "handed.head"
    rows = [say(head, tongue, count=len(kept))]
    rows += [] if nothing or photo else [_row(ctx, one, tongue) for one in kept]
    if len(lines) > len(told):
        rows.append(say("handed.rest", tongue, count=len(lines) - len(told)))
    rows.append(say("handed.press", tongue))
    return [here(speaker, "\n".join(rows), _buttons(kept, tongue))]


def _shows(draft: Draft, lines: Sequence[PastedLine], count: int, place: int) -> bool:
    """Whether attached photos belong to this draft: to those whose lines had one, else to the first."""
    marked = any(one.photo for one in lines)
    return count == 1 or (any(lines[one].photo for one in draft.lines) if marked else place == 1)


def _kept(
    ctx: Context,
    speaker: Speaker,
    lines: Sequence[PastedLine],
    draft: Draft,
    place: int,
    photos: tuple[int, ...],
) -> ReportDraft:
    heard = _as_lines(ctx, speaker, lines)
    return ReportDraft(
        sheet=speaker.line or 0,
        place=place,
        lines=tuple(
            DraftLine(lines[one].name, lines[one].text, lines[one].photo, heard[one].sent_at) for one in draft.lines
        ),
        category=draft.category,
        urgency=draft.urgency,
        where=draft.where,
        summary=draft.summary,
        sure=draft.sure,
        private=draft.private,
        joins=draft.ticket,
        photos=photos,
    )


def _row(ctx: Context, draft: ReportDraft, tongue: str) -> str:
    others = len(draft.names) - 1
    there = place(draft.where, tongue, room=True, said=draft.summary)
    parts = [
        say("staff.mark.3", tongue) if draft.urgency >= 3 else "",
        draft.summary,
        say("handed.place", tongue, place=there) if there else "",
        say("handed.by", tongue, name=draft.names[0]) if draft.names else "",
        say("handed.others", tongue, count=others) if others > 0 else "",
    ]
    if draft.joins is not None:
        parts.append(say("handed.known", tongue, number=ctx.store.tickets.get(draft.joins).number))
    elif not draft.sure:
        parts.append(say("handed.unsure", tongue))
    return say("handed.row", tongue, n=draft.place, text="".join(parts))


def _buttons(kept: Sequence[ReportDraft], tongue: str) -> tuple[Button, ...]:
    if len(kept) == 1:
        return (Button(say("handed.button.one", tongue), f"代报 {kept[0].sheet}-1"),)
    found = [Button(say("handed.button.nth", tongue, n=one.place), f"代报 {one.sheet}-{one.place}") for one in kept]
    if sum(one.sure for one in kept) > 1:
        found.append(Button(say("handed.button.all", tongue), f"代报 {kept[0].sheet}"))
    return tuple(found)


def _title(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= TITLE else words[: TITLE - 1] + "…"
