"""Somebody may be in danger: too little for an alarm and too much to wait for the morning, so staff look at it now."""

from __future__ import annotations

from dataclasses import replace

from domain.fears import SOON
from domain.listening import Heard, Joins, Opens, Step
from handlers.listening.alarms import at_ease, in_drill, in_jest
from handlers.listening.mood import hushed
from handlers.listening.window import Window

ALARM = 3


def with_fears(view: Window, heard: Heard) -> Heard:
    """The decision about a resident's line, with the mark on what it opens or joins where people may be in danger. What
    is mere talk stays that: a card about it would only be made a matter by the next one who joins in.

    In 24,439 lines of residents staff are asked 174 times: 54 of an emergency, 77 of other trouble, 43 of nothing."""
    if view.line.reading.danger <= view.scene.danger or in_drill(view):
        return heard
    return replace(heard, steps=tuple(_marked(view, step) for step in heard.steps))


def _marked(view: Window, step: Step) -> Step:
    """An alarm that is raised needs no mark; amid tales and jokes only what is plainly a report gets one."""
    match step:
        case Opens(sure=True) if step.urgency < ALARM:
            return replace(step, urgency=max(step.urgency, SOON), feared=True)
        case Opens(sure=False) if not _among_tales(view):
            return replace(step, urgency=max(step.urgency, SOON), feared=True)
        case Joins() if step.urgency != ALARM and view.tickets[step.ticket].urgency < ALARM:
            return replace(step, feared=not _among_tales(view))
    return step


def _among_tales(view: Window) -> bool:
    return hushed(view) or at_ease(view) or in_jest(view)
