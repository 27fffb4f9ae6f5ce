"""The decision about one line: which tickets it opens, joins or moves, which visit it notes, or nothing."""

from __future__ import annotations

from domain.archive import room_of
from domain.listening import Acts, Heard, Joins, Notes, Scene
from handlers.listening.feared import with_fears
from handlers.listening.judged import at_work, staff_deeds
from handlers.listening.notes import corrected, noted, tells_of_people
from handlers.listening.opening import cried_by_staff, more_of_his_alarm
from handlers.listening.parts import hear_parts
from handlers.listening.secrecy import kept_by_staff, with_secrets_kept
from handlers.listening.staff_room import room_deeds
from handlers.listening.staff_words import own_report
from handlers.listening.talk import answers_where, hear_resident
from handlers.listening.window import Window, window


def decide(scene: Scene) -> Heard:
    """What the new line of a scene does. Pure; `line.reading` must be filled in."""
    view = window(scene)
    if scene.line.role != "resident" and scene.line.edits is not None:
        visits = corrected(view)
        if visits is not None:
            return visits
    if scene.line.role == "resident" or scene.line.edits is not None:
        heard = hear_parts(scene) if scene.parts else hear_resident(view)
        return with_secrets_kept(with_fears(view, heard), scene.line.text)
    return kept_by_staff(view, _hear_staff(view))


def with_cry(deeds: Heard | None, cry: Heard) -> Heard:
    """Danger told by staff comes before what else they do: the same ticket may be taken, another is not meant."""
    raised = {step.ticket for step in cry.steps if isinstance(step, Joins)}
    kept = [step for step in deeds.steps if isinstance(step, Acts) and step.ticket in raised] if deeds else []
    return Heard((*cry.steps, *kept), cry.why)


def _with_deeds(view: Window, heard: Heard, deeds: Heard | None) -> Heard:
    """A visit, and what its words do besides to a ticket of the same door (轮椅给302鲁奶奶推上去了，血压一百四)."""
    notes = [step for step in heard.steps if isinstance(step, Notes)]
    rooms = {room_of(one.household) for one in notes if one.kind == "resident"}
    told_in = {number for one in notes for number in one.lines}
    kept = [
        step
        for step in (deeds.steps if deeds is not None else ())
        if isinstance(step, Acts)
        and (view.tickets[step.ticket].where.room in rooms or told_in & set(view.tickets[step.ticket].lines))
    ]
    return Heard((*heard.steps, *kept), heard.why) if kept and len(notes) == len(heard.steps) else heard


def _hear_staff(view: Window) -> Heard:
    heard = noted(view)
    deeds = room_deeds(view) if view.scene.board else staff_deeds(view)
    if heard is not None and heard.steps and (not at_work(view) or tells_of_people(view.text)):
        return _with_deeds(view, heard, deeds)
    cry = cried_by_staff(view)
    if cry is not None:
        return with_cry(deeds, cry)
    return deeds or answers_where(view) or more_of_his_alarm(view) or own_report(view) or Heard()
