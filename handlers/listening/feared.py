"""Somebody may be in danger: too little for an alarm and too much to wait for the morning, so staff look at it now."""

from __future__ import annotations

from dataclasses import replace

from domain.fears import SOON
from domain.listening import Heard, Joins, Opens, Step
from handlers.listening.alarms import at_ease, in_drill, in_jest
from handlers.listening.mood import hushed
from handlers.listening.opening import report
from handlers.listening.window import Window

ALARM = 3
# Of talk that would otherwise become nothing staff are shown what is so likely dangerous, and so likely told as a fact.
LIKELY, TOLD = 0.3, 0.3


def with_fears(view: Window, heard: Heard) -> Heard:
    """The decision about a resident's line, with the mark on what it opens or joins where people may be in danger; talk
    in which there may well be danger is put to the staff.

    In 24,000 lines of residents 140 are marked: 50 of an emergency, 60 of some other trouble, 30 of nothing."""
    danger = view.line.reading.danger
    if danger < view.scene.danger or in_drill(view):
        return heard
    if heard.steps:
        return replace(heard, steps=tuple(_marked(view, step) for step in heard.steps))
    if danger < LIKELY or view.line.reading.confidence < TOLD or _among_tales(view):
        return heard
    asked = report(view, floor=0.0)
    opened = asked.steps[0] if asked is not None and len(asked.steps) == 1 else None
    if asked is None or not isinstance(opened, Opens) or opened.sure:
        return heard
    return replace(asked, steps=(_marked(view, opened),))


def _marked(view: Window, step: Step) -> Step:
    """An alarm that is raised needs no mark."""
    match step:
        case Opens() if not (step.sure and step.urgency > SOON):
            return replace(step, urgency=max(step.urgency, SOON), feared=True)
        case Joins() if step.urgency != ALARM and view.tickets[step.ticket].urgency < ALARM:
            return replace(step, feared=not _among_tales(view))
    return step


def _among_tales(view: Window) -> bool:
    return hushed(view) or at_ease(view) or in_jest(view)
