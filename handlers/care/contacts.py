"""Answers to the morning list, one's own or another's: 都好, 除了201, 都好，陈奶奶血压有点高, 请假."""

from __future__ import annotations

from datetime import date, timedelta

from domain.diary import Entry, Subject
from domain.messages import Button, Outgoing
from domain.people import Action, may
from domain.visits import Visit, answered, order
from handlers.answers import here, language
from handlers.care.leave import ask_leave, come_back, end_leave
from handlers.care.remark import note_remark
from handlers.care.stood_in import cared_by, stood_in_for
from handlers.care.today import doors, due_today, today
from handlers.care.wishes import note_visit, read_as_report
from handlers.context import Context, Speaker
from handlers.texts import say
from nlu.contacts import ContactsAnswer, parse_contacts_answer

# The mark of an entry that only says that somebody was contacted.
CONTACT = "联系"


def answer_contacts(ctx: Context, speaker: Speaker, text: str) -> list[Outgoing] | None:
    """What to say to an answer to the morning list (quoted, or in private); None when it is none."""
    worker = speaker.actor.person
    on_list = (speaker.card or "").startswith(("morning:", "leave:"))
    if worker is None or not (on_list or speaker.private) or not may(speaker.actor, Action.VISIT):
        return None
    day = _day_of(ctx, speaker)
    said = parse_contacts_answer(text, cared_by(ctx, worker, day))
    if said is None:
        return None
    if said.back:
        if not ctx.store.leaves.of(worker, today(ctx)):
            return None
        return come_back(ctx, speaker, said.back_on) if said.returns else end_leave(ctx, speaker, said.back_on)
    answers: list[Outgoing] = []
    asks = said.leave is not None or said.leave_unclear
    if said.all_well or said.unclear:
        lists = _lists(ctx, speaker, worker, day)
        if not lists and not asks:
            return None
        if said.only and not answered(_due(ctx, lists, day), said.only)[1]:
            return None
        answers = _tick_off_told(ctx, speaker, worker, day, said, lists) if lists else []
    if said.leave is not None:
        answers += ask_leave(ctx, speaker, said.leave)
    elif said.leave_unclear:
        answers.append(here(speaker, say("care.leave_how", language(ctx, speaker))))
    return answers


def _lists(ctx: Context, speaker: Speaker, worker: int, day: date) -> list[int]:
    """Whose list is meant: the one quoted, his own, or where he has none those of whom he stands in for."""
    stands_in = stood_in_for(ctx, worker, day)
    kind, _, rest = (speaker.card or "").partition(":")
    if kind == "leave":
        leave = ctx.store.leaves.find(int(rest.partition(":")[0]))
        return [leave.person] if leave is not None and leave.person in stands_in else []
    if kind == "morning" or due_today(ctx, worker, day):
        return [worker]
    return stands_in or ([worker] if ctx.store.visits.done_on(worker, day) else [])


def _tick_off_told(
    ctx: Context, speaker: Speaker, worker: int, day: date, said: ContactsAnswer, lists: list[int]
) -> list[Outgoing]:
    if said.unclear:
        # Whoever was not reached must not be ticked off with the others.
        return [here(speaker, say("care.who_is_left", language(ctx, speaker)))]
    due = _due(ctx, lists, day)
    if said.only:
        # 201也联系上了: of the others who were left nothing new is said.
        return _tick_off(ctx, speaker, worker, day, answered(due, said.only)[1], [], ())
    ticked = _ticked_by_word(ctx, worker, day, said.except_for)
    there = [*due, *(visit for visit, _ in ticked)]
    unknown = [one for one in said.except_for if not answered(there, [one])[1]]
    if unknown:
        # A door misspelt would tick off somebody nobody has heard from.
        tongue = language(ctx, speaker)
        return [here(speaker, say("care.not_on_list", tongue, doors=say("care.comma", tongue).join(unknown)))]
    # Of whom more is told has an entry of his own, and whether it was a visit is seen there.
    noted = note_visit(ctx, speaker, said.told) if said.told else None
    if noted:
        due = answered(_due(ctx, lists, day), said.told_of)[0]
    taken_back = _take_back(ctx, day, ticked)
    answers = [*_tick_off(ctx, speaker, worker, day, due, taken_back, said.except_for), *(noted or [])]
    return [*answers, *([_remark(ctx, speaker, said.remark)] if said.remark else [])]


def _due(ctx: Context, lists: list[int], day: date) -> list[Visit]:
    return [visit for one in lists for visit in due_today(ctx, one, day)]


def _remark(ctx: Context, speaker: Speaker, words: str) -> Outgoing:
    """Kept in his diary; what may be a matter is registered by a press."""
    tongue = language(ctx, speaker)
    note_remark(ctx, speaker, words)
    if read_as_report(ctx, speaker, words).category is None:
        return here(speaker, say("care.remark", tongue, words=words))
    register = Button(say("care.button.register", tongue), f"#代报 {words}")
    return here(speaker, say("care.remark_register", tongue, words=words), (register,))


def _tick_off(
    ctx: Context,
    speaker: Speaker,
    worker: int,
    day: date,
    due: list[Visit],
    taken_back: list[Visit],
    exceptions: tuple[str, ...],
) -> list[Outgoing]:
    tongue = language(ctx, speaker)
    # Who takes back one says nothing new of those who were left before.
    shown = due if taken_back else _shown(ctx, worker, day, due)
    seen, left = ([], due) if taken_back else answered(shown, exceptions)
    _write(ctx, speaker, worker, day, seen)
    still = [*left, *taken_back]
    if still:
        key = "care.ticked_but" if seen else "care.ticked_none"
        text = say(key, tongue, count=len(seen), doors=doors(still, tongue))
    else:
        text = say("care.ticked" if seen else "care.ticked_before", tongue, count=len(seen))
    if len(due) > len(shown):
        more = [visit for visit in due if visit not in shown]
        named = doors(order(more, ctx.settings.morning.visits_shown), tongue)
        text = f"{text}\n{say('care.ticked_more', tongue, count=len(more), doors=named)}"
    return [here(speaker, text)]


def _shown(ctx: Context, worker: int, day: date, due: list[Visit]) -> list[Visit]:
    """Of a list that is too long to be shown those that were: whoever has not been named to him is not ticked off."""
    plans = [plan.id for plan in ctx.store.visits.of_worker(worker, day)]
    done = sum(last == day for last in ctx.store.visits.last_done(plans).values())
    limit = ctx.settings.morning.visits_shown
    return order(due, limit - done % limit) if len(due) + done > limit else due


def _write(ctx: Context, speaker: Speaker, worker: int, day: date, seen: list[Visit]) -> None:
    """A line in the diary for each door, and the tick for each plan."""
    entries: dict[int, int] = {}
    for visit in seen:
        door_id = visit.plan.household_id
        if door_id is None:
            continue
        door = ctx.store.households.get(door_id)
        if door_id not in entries:
            subjects = [Subject("household", door_id)]
            subjects += [Subject("resident", visit.plan.resident)] if visit.plan.resident is not None else []
            entry = Entry(
                worker=worker,
                at=speaker.event.sent_at,
                kind="resident",
                text=say("care.contact_entry", ctx.settings.office.language),
                household=door.key,
                area=door.area,
                person_name=visit.plan.resident_name or None,
                subjects=tuple(subjects),
                tags=(CONTACT,),
            )
            seat = ctx.store.areas.seat(ctx.store.areas.get(door.area).path)
            assert seat.district is not None, "a door lies in a district"
            entries[door_id] = ctx.store.diary.add(
                entry, district=seat.district, community=seat.community, line=speaker.line
            )
        ctx.store.visits.done(visit.plan, worker, day, ctx.now, entries[door_id])
    if seen and speaker.line is not None:
        ctx.store.lines.keep([speaker.line])


def _ticked_by_word(ctx: Context, worker: int, day: date, exceptions: tuple[str, ...]) -> list[tuple[Visit, int]]:
    """ "除了201" after "都好": those named who were ticked off a moment ago without a visit, each with its entry."""
    if not exceptions:
        return []
    ticked = {plan.id: (Visit(plan, day, day), entry) for plan, entry in ctx.store.visits.done_on(worker, day)}
    _, named = answered([visit for visit, _ in ticked.values()], exceptions)
    return [ticked[one.plan.id] for one in named if CONTACT in ctx.store.diary.get(ticked[one.plan.id][1]).tags]


def _take_back(ctx: Context, day: date, ticked: list[tuple[Visit, int]]) -> list[Visit]:
    """They are open again."""
    for visit, _ in ticked:
        ctx.store.visits.undo(visit.plan.id, day)
    ctx.store.diary.remove([entry for _, entry in ticked])
    return [visit for visit, _ in ticked]


def _day_of(ctx: Context, speaker: Speaker) -> date:
    """The day of the list that he quotes, if that is today's or yesterday's."""
    day = today(ctx)
    quoted = (speaker.card or "").rpartition(":")[2]
    return day - timedelta(days=1) if quoted == (day - timedelta(days=1)).isoformat() else day
