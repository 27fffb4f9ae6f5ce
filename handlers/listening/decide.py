"""The decision about one line: which tickets it opens, joins or moves, which visit it notes, or nothing."""

from __future__ import annotations

from domain.listening import Acts, Heard, Joins, Scene
from handlers.listening.judged import at_work, staff_deeds
from handlers.listening.notes import corrected, noted
from handlers.listening.opening import cried_by_staff
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
        return with_secrets_kept(heard, scene.line.text)
    return kept_by_staff(view, _hear_staff(view))


def with_cry(deeds: Heard | None, cry: Heard) -> Heard:
    """Danger told by staff comes before what else they do: the same ticket may be taken, another is not meant."""
    raised = {step.ticket for step in cry.steps if isinstance(step, Joins)}
    kept = [step for step in deeds.steps if isinstance(step, Acts) and step.ticket in raised] if deeds else []
    return Heard((*cry.steps, *kept), cry.why)


def _hear_staff(view: Window) -> Heard:
    heard = noted(view)
    if heard is not None and heard.steps and not at_work(view):
        return heard
    deeds = room_deeds(view) if view.scene.board else staff_deeds(view)
    cry = cried_by_staff(view)
    if cry is not None:
        return with_cry(deeds, cry)
    return deeds or answers_where(view) or own_report(view) or Heard()
