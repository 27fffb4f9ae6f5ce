"""Writing down a visit: the diary entry, the visit ticked off, and what to tell the worker of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from domain.archive import Household
from domain.diary import Entry, Subject
from domain.errors import Refused
from domain.listening import Notes
from domain.messages import Edited, Outgoing, Said
from domain.people import Action, may
from domain.visits import CarePlan
from handlers.answers import among_residents, here, language, quietly
from handlers.care.doors import Door, find_door, find_firm
from handlers.context import Context, Speaker
from handlers.texts import listed, say
from nlu.visit_signs import called_on
from storage.areas import Seat

# Days back to which a visit may be told: last week's Sunday.
_TOLD_LATE = 8


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it now stands; `ticked` are the plans of which it is a visit, `due` those that it leaves due.
    `before`: what was told of it when its door was not known yet. `gone`: as the Notes say."""

    entry: Entry
    door: Door
    ticked: tuple[CarePlan, ...] = ()
    due: tuple[CarePlan, ...] = ()
    goes_on: bool = False
    before: str = ""
    gone: Literal["unclear", "for_good"] | None = None


@dataclass(slots=True)
class Round:
    """What one line told, in its order: the entries by the place of their Notes, and the tickets that came of them."""

    written: dict[int, Written] = field(default_factory=dict)
    tickets: dict[int, str] = field(default_factory=dict)

    def told(self) -> list[tuple[Written, str | None]]:
        return [(one, self.tickets.get(place)) for place, one in sorted(self.written.items())]


def answer_round(ctx: Context, speaker: Speaker, round_: Round) -> list[Outgoing]:
    """Visits told in talk: one short answer for all of them. Among residents only what the worker must know is said,
    and to him alone; of a visit that goes on nothing but the ticket."""
    told = [(one, ticket) for one, ticket in round_.told() if ticket is not None or one.gone or not one.goes_on]
    if among_residents(speaker):
        told = [(one, None) for one, _ in told if _must_know(one)]
        if not told or speaker.account.chat is None:
            return []
        return [quietly(speaker, receipts(ctx, speaker, told))]
    return [here(speaker, receipts(ctx, speaker, told))] if told else []


def write(ctx: Context, speaker: Speaker, notes: Notes, line: int | None) -> Written:
    """Keep what was told. Further lines of a visit told before go to its entry."""
    worker = speaker.actor.person
    if worker is None or not may(speaker.actor, Action.VISIT):
        raise Refused("care.staff_only")
    ctx.store.lines.keep([one for one in (line, *notes.lines) if one is not None])
    if notes.corrects:
        _take_back(ctx, worker, notes.lines)
        notes = replace(notes, lines=())
    before = next((found for one in notes.lines if (found := _entry_of(ctx, one, notes.household))), None)
    day = _called_on(ctx, speaker, notes)
    if before is not None and not (notes.kind == "resident" and notes.estate and _is_unplaced(before)):
        return replace(_go_on(ctx, worker, before, line, None if notes.unmet else day), gone=notes.gone)
    if notes.kind == "enterprise":
        door = find_firm(ctx, speaker, notes.household)
    elif notes.choices:
        door = Door(choices=notes.choices)
    else:
        door = find_door(ctx, speaker, notes.household, notes.estate, notes.person)
    if before is not None and door.household is None:
        return replace(_go_on(ctx, worker, before, line, None if notes.unmet else day), gone=notes.gone)
    first = _told_unplaced(ctx, worker, notes, door, before)
    if first is not None:
        more = () if _says(first.text, notes) in _says(notes.note, notes) else (first.text,)
        lines = (*notes.lines, *(one for one in ctx.store.diary.lines_of(first.id) if one not in notes.lines))
        notes = replace(notes, note="\n".join([*more, notes.note]), lines=lines)
        ctx.store.diary.remove([first.id])
    entry = _entry(ctx, speaker, notes, door.household)
    district, community = _district_and_community(ctx, speaker, door.household)
    entry_id = ctx.store.diary.add(entry, district=district, community=community, line=line)
    ctx.store.diary.tell_more(entry_id, notes.lines)
    if notes.unmet:
        due = _plans_at(ctx, door.household.id, entry, day) if door.household is not None else ()
        return Written(ctx.store.diary.get(entry_id), door, due=due, gone=notes.gone)
    ticked = tick_off(ctx, worker, door.household, entry, entry_id, day)
    told = first.text if first is not None else ""
    return Written(ctx.store.diary.get(entry_id), door, ticked, before=told)


def _called_on(ctx: Context, speaker: Speaker, notes: Notes) -> date:
    """The day of the visit: what is told of yesterday leaves today's contact due."""
    today = speaker.event.sent_at.astimezone(ctx.settings.office.tz).date()
    whole = speaker.event.text if isinstance(speaker.event, Said | Edited) else ""
    return min(called_on(notes.note, today), called_on(whole, today))


def tick_off(
    ctx: Context, worker: int, household: Household | None, entry: Entry, entry_id: int, day: date
) -> tuple[CarePlan, ...]:
    """The visit counts for every plan at that door, unless it was to somebody else who lives there."""
    if household is None:
        return ()
    fitting = _plans_at(ctx, household.id, entry, day)
    for plan in fitting:
        ctx.store.visits.done(plan, worker, day, ctx.now, entry_id)
    return fitting


def _plans_at(ctx: Context, household: int, entry: Entry, day: date) -> tuple[CarePlan, ...]:
    seen = {subject.id for subject in entry.subjects if subject.kind == "resident"}
    plans = ctx.store.visits.at_door(household, day)
    return tuple(plan for plan in plans if not seen or plan.resident is None or plan.resident in seen)


def receipts(ctx: Context, speaker: Speaker, told: Sequence[tuple[Written, str | None]], *, waits: bool = False) -> str:
    """What the worker is told: noted, which doors, what is new or unclear, and the tickets that came of it, or `waits`
    for a door to be known. Of a round of several doors one line names them all."""
    tongue = language(ctx, speaker)
    ticked = sum(1 for one, _ in told if one.ticked)
    if len(told) == 1:
        entry = told[0][0].entry
        who = f"{entry.household} {entry.person_name or ''}".strip()
        lines = [say("care.noted_visit" if ticked else "care.noted", tongue, who=who)]
    else:
        doors = listed((one.entry.household for one, _ in told), tongue)
        lines = [say("care.noted_round", tongue, count=len(told), who=doors)]
        if ticked:
            lines[0] += say("care.noted_round_visits", tongue, count=ticked)
    shut = [one.entry.household for one, _ in told if one.due and one.gone is None]
    if shut:
        lines.append(say("care.nobody_met", tongue, doors=listed(shut, tongue)))
    for one, ticket in told:
        lines += _beside(one, tongue, ticket)
    if waits:
        lines.append(say("care.wish_waits", tongue))
    return "\n".join(lines)


def _beside(written: Written, tongue: str, ticket: str | None) -> list[str]:
    lines: list[str] = []
    if written.door.created and written.door.household is not None:
        made = written.door.household
        lines.append(say("care.door_made", tongue, estate=made.estate, door=made.key))
    elif written.door.choices:
        choices = listed(written.door.choices, tongue)
        lines.append(say("care.which_door", tongue, choices=choices, example=written.door.choices[0]))
    if written.gone is not None:
        entry = written.entry
        lines.append(say(f"care.gone.{written.gone}", tongue, who=entry.person_name or entry.household))
    if ticket is not None:
        lines.append(say("care.became_ticket", tongue, number=ticket))
    return lines


def _entry_of(ctx: Context, line: int, household: str) -> Entry | None:
    """The entry that a line told: of several that of this door, else the last."""
    found = ctx.store.diary.of_line(line)
    # 402 may stand there as 3-2-402 or 锦园3-2-402 by now, but not as 1402.
    cut = -len(household)
    same = [one for one in found if one.household.endswith(household) and not one.household[:cut][-1:].isdecimal()]
    return (same or found)[-1] if found else None


def _must_know(written: Written) -> bool:
    return written.door.created or bool(written.door.choices) or written.gone is not None


def _go_on(ctx: Context, worker: int, before: Entry, line: int | None, day: date | None) -> Written:
    """More words about a visit; on `day` its people were met, whether they were before or not."""
    told = ctx.store.lines.get(line) if line is not None else None
    if line is not None:
        ctx.store.diary.tell_more(before.id, [line])
    if told is not None and told.text:
        ctx.store.diary.rewrite(before.id, f"{before.text}\n{told.text}")
    door = next((subject.id for subject in before.subjects if subject.kind == "household"), None)
    if door is not None and day is not None and line is not None:
        for plan in _plans_at(ctx, door, before, day):
            ctx.store.visits.done(plan, worker, day, ctx.now, before.id)
    return Written(ctx.store.diary.get(before.id), Door(), goes_on=True)


def _entry(ctx: Context, speaker: Speaker, notes: Notes, household: Household | None) -> Entry:
    assert speaker.actor.person is not None, "write() has looked"
    subjects: list[Subject] = []
    tags: frozenset[str] = frozenset()
    if household is not None:
        subjects.append(Subject("firm" if notes.kind == "enterprise" else "household", household.id))
        resident = ctx.store.households.resident_called(household.id, notes.person) if notes.person else None
        if resident is not None:
            subjects.append(Subject("resident", resident.id))
        tags = resident.flags if resident is not None else household.flags
    # In words that cover several estates the door alone would not say where it is.
    estate = household.estate if household is not None and notes.estate else notes.estate or ""
    said = notes.household.removeprefix(notes.estate or "")
    return Entry(
        worker=speaker.actor.person,
        at=speaker.event.sent_at,
        kind=notes.kind,
        text=notes.note,
        household=f"{estate}{household.key if household is not None else said}",
        area=household.area if household is not None else None,
        person_name=notes.person,
        subjects=tuple(subjects),
        tags=tuple(sorted(tags)),
    )


def _take_back(ctx: Context, worker: int, lines: Sequence[int]) -> None:
    """What these lines told was put right: their entries go, and the ticks with them. What was told before them, or
    became a ticket, stays."""
    diary = ctx.store.diary
    told = {entry.id for one in lines for entry in diary.of_line(one) if entry.ticket is None}
    wrong = {one for one in told if diary.lines_of(one)[0] in lines}
    told_on = {diary.get(one).at.astimezone(ctx.settings.office.tz).date() for one in wrong}
    for day in {day - timedelta(days=back) for day in told_on for back in range(_TOLD_LATE)}:
        for plan, entry in ctx.store.visits.done_on(worker, day):
            if entry in wrong:
                ctx.store.visits.undo(plan.id, day)
    diary.remove(sorted(wrong))


def _is_unplaced(entry: Entry) -> bool:
    return entry.kind == "resident" and not entry.subjects and entry.ticket is None


def _told_unplaced(ctx: Context, worker: int, notes: Notes, door: Door, before: Entry | None) -> Entry | None:
    """He was asked which door it was and now says it with the estate: what he told of it then (`before`, or today in
    the same words, or in full where he now names the door alone)."""
    if door.household is None or notes.estate is None or notes.kind != "resident" or before is not None:
        return before
    tz = ctx.settings.office.tz
    morning = ctx.now.astimezone(tz).replace(hour=0, minute=0, second=0, microsecond=0)
    said, now = notes.household.removeprefix(notes.estate), _says(notes.note, notes)
    for entry in reversed(ctx.store.diary.of_worker(worker, min(morning, ctx.now), ctx.now)):
        then = _says(entry.text, notes)
        if _is_unplaced(entry) and entry.household in (said, notes.person) and (now in then or then in now):
            return entry
    return None


def _says(text: str, notes: Notes) -> str:
    """What is told beside the door."""
    estate = notes.estate or ""
    return text.replace(estate, "").replace(notes.household.removeprefix(estate), "").strip(" \n，,：:。")


def _district_and_community(ctx: Context, speaker: Speaker, household: Household | None) -> tuple[int, int | None]:
    seat: Seat | None = speaker.seat
    if household is not None:
        seat = ctx.store.areas.seat(ctx.store.areas.get(household.area).path)
    if seat is None or seat.district is None:
        raise Refused("care.no_area")
    return seat.district, seat.community
